import { spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DefinitionDocument, type Entry, PREDEFINED_EVENTS } from '@fallover/events';
import { openStore } from '@fallover/store';
import { hashed } from '../src/definition/documents.ts';
import { openJournal } from '../src/journal/journal.ts';
import { systemClock } from '../src/runs/clock.ts';
import { clusterVerification } from '../src/verification/cluster-verification.ts';

/**
 * What verification costs: a draft with N commands, each a file of its own of KB kilobytes, all rules, the hashes, and the
 * result recorded; beside `sha256sum` over the same files in the same run. Both in turns, and the medians are told. Also the
 * longest time for which the daemon could do nothing else meanwhile.
 *
 *     node bench/verification.bench.ts [N] [KB] [ROUNDS]
 */
const [commands = 1000, kilobytes = 8, rounds = 7] = process.argv.slice(2).map(Number);

const directory = realpathSync(mkdtempSync(join(tmpdir(), 'fallover-bench-')));
const paths = Array.from({ length: commands }, (_, number) => join(directory, `command.${number}`));
for (const [number, path] of paths.entries())
  writeFileSync(path, `#!/bin/sh\n# ${number}\n`.padEnd(kilobytes * 1024, '#'), { mode: 0o755 });
const custom = paths.map(
  (path, number): Entry => ({ class: 'custom_event', name: `e${number}`, fields: { script: { cluster: path } } }),
);
const occurring = PREDEFINED_EVENTS.filter(({ underParallelProcessing }) => underParallelProcessing !== 'never');
// Every custom event is a pre-event of one event.
const document: DefinitionDocument = {
  format: 1,
  cluster: 'bench',
  entries: [
    ...custom,
    ...occurring.map(({ name }, place): Entry => {
      const own = custom.filter((_, number) => number % occurring.length === place);
      return { class: 'event', name, fields: { preEventCommand: { cluster: own.map((entry) => entry.name) } } };
    }),
  ],
};

const [store, journal] = [await openStore(`sqlite:${join(directory, 'store.db')}`), openJournal(join(directory, 'journal.db'))];
if (!store.ok || !journal.ok) throw new Error('The store or the journal could not be opened.');
const numbered = async () => ({ number: 1, hash: hashed(document).hash, document });
const { verifyDraft } = clusterVerification({
  node: 'nodea',
  store: store.value,
  journal: journal.value,
  clock: systemClock(),
  active: numbered,
  draft: numbered,
  managed: () => ['nodea'],
  failed: (_, error) => {
    throw error;
  },
  changed: () => {},
  queued: () => {},
});

let longestMs = 0;
let turn = performance.now();
const turning = setInterval(() => {
  longestMs = Math.max(longestMs, performance.now() - turn);
  turn = performance.now();
}, 1);

async function verify(): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 20)); // the time that sha256sum took is none of its own
  longestMs = 0;
  const began = performance.now();
  const { findings } = await verifyDraft(document, [], 'bench');
  const took = performance.now() - began;
  if (findings.length > 0) throw new Error(JSON.stringify(findings[0]));
  await new Promise((resolve) => setTimeout(resolve, 5));
  return took;
}

function sha256sum(): number {
  const began = performance.now();
  const { status } = spawnSync('sha256sum', ['--', ...paths], { stdio: 'ignore' });
  if (status !== 0) throw new Error(`sha256sum ended with ${status}.`);
  return performance.now() - began;
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number;

await verify();
sha256sum();
const [verified, summed, blocked]: [number[], number[], number[]] = [[], [], []];
for (let round = 0; round < rounds; round += 1) {
  summed.push(sha256sum());
  verified.push(await verify());
  blocked.push(longestMs);
}
clearInterval(turning);
await store.value.close();
journal.value.close();
rmSync(directory, { recursive: true, force: true });

const tell = (values: number[]): string =>
  `median ${median(values).toFixed(1)} ms, least ${Math.min(...values).toFixed(1)} ms (${values.map((ms) => ms.toFixed(1)).join(' ')})`;
console.log(`${commands} commands of ${kilobytes} KB, ${rounds} rounds`);
console.log(`  sha256sum      ${tell(summed)}`);
console.log(`  verification   ${tell(verified)}`);
console.log(
  `  ratio          ${(median(verified) / median(summed)).toFixed(2)} of the medians, ${(Math.min(...verified) / Math.min(...summed)).toFixed(2)} of the least`,
);
console.log(`  the daemon did nothing else for ${tell(blocked)} at the longest`);
