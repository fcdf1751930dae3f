import { ROOT } from './stages/command.ts';
import { ALL_STAGES, STAGES } from './stages/stages.ts';
import { ONE_FAILED, type Tally, sentence, sum } from './stages/tally.ts';

// Runs the stages of the test, or those that are named, each to its end; --write formats instead of checking the format.
// The last line counts what passed, failed and was skipped; the exit status is 1 when something failed.
const write = process.argv.includes('--write');
const names = process.argv.slice(2).filter((argument) => argument !== '--write');
const unknown = names.filter((name) => !STAGES.some((stage) => stage.name === name));
if (unknown.length > 0) {
  console.error(`There is no stage ${unknown.join(', ')}; the stages are ${STAGES.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}

const tallies: Tally[] = [];
const times: string[] = [];
for (const stage of names.length > 0 ? STAGES.filter(({ name }) => names.includes(name)) : ALL_STAGES) {
  console.log(`\n== ${stage.name}`);
  const began = performance.now();
  const tally = await stage.run({ write }).catch((error: unknown) => {
    console.error(error);
    return ONE_FAILED;
  });
  tallies.push(tally);
  times.push(`${stage.name.padEnd(8)}${((performance.now() - began) / 1000).toFixed(1).padStart(7)} s  ${sentence(tally)}`);
}

const total = sum(tallies);
// Once more at the end, because a long log is often read from there.
if (total.failures.length > 0)
  console.log(`\nFailed:\n${total.failures.map((failure) => `  ${failure.replaceAll(`${ROOT}/`, '')}`).join('\n')}`);
console.log(`\n${times.join('\n')}\n`);
console.log(sentence(total));
process.exitCode = total.failed > 0 ? 1 : 0;
