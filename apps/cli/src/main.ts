import { controlSocket } from './control-socket.ts';
import { invocationSentence, readInvocation } from './invocation.ts';
import { EXIT, type Io } from './io.ts';
import { refuse } from './report.ts';
import { socketIn, stateDirectory } from './state-directory.ts';

/** Carries out a command line; returns the exit status. */
export async function fallover(given: readonly string[], io: Io): Promise<number> {
  const read = readInvocation(given);
  if (!read.ok) {
    refuse(io, invocationSentence(read.error));
    return (read.error.code === 'state_needs_value' && read.error.verb?.notRun) || EXIT.refused;
  }
  const asked = read.value;
  if (asked.kind === 'version') {
    const { version } = await import('./version.ts');
    io.out(`fallover ${version()}\n`);
    return EXIT.done;
  }
  if (asked.kind === 'help') {
    const { generalHelp, verbHelp } = await import('./help.ts');
    io.out(`${(asked.verb ? verbHelp(asked.verb) : generalHelp()).join('\n')}\n`);
    return EXIT.done;
  }
  const state = stateDirectory(asked.state, io.env);
  const run = await asked.verb.load();
  let storeIsAway = false;
  const status = await run(asked.args, {
    io,
    daemon: controlSocket(socketIn(state), {
      storeIsAway: () => {
        storeIsAway = true;
      },
    }),
    state,
    usage: usageLine(asked.verb.usage),
  });
  // Who was refused because of it has been told.
  if (storeIsAway && status === EXIT.done) io.err(`${AS_KNOWN_LAST}\n`);
  return status;
}

const AS_KNOWN_LAST =
  'The store does not answer now: what stands here is as this node knew it last, and no event is started. See "fallover query cluster".';

/** A line of the usage that does not begin anew goes on with the one before. */
const usageLine = (lines: readonly string[]): string =>
  lines.map((line, index) => (index > 0 && line.startsWith('fallover') ? `| ${line}` : line.trim())).join(' ');

function terminal(): Io {
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    input: () => process.stdin,
    ask: process.stdin.isTTY ? async (prompt) => (await import('./hidden-input.ts')).askHidden(prompt) : undefined,
    env: process.env,
    onInterrupt(listener) {
      process.on('SIGINT', listener);
      process.on('SIGTERM', listener);
      return () => {
        process.off('SIGINT', listener);
        process.off('SIGTERM', listener);
      };
    },
  };
}

if (import.meta.main) {
  // Who reads the output may stop reading, as `head` does; that is no failure of ours.
  process.stdout.on('error', () => {});
  const status = await fallover(process.argv.slice(2), terminal()).catch((error: unknown) => {
    process.stderr.write(`fallover ended on a defect of its own: ${error instanceof Error ? error.message : String(error)}\n`);
    return EXIT.failed;
  });
  // Said outright: a daemon that could not start may have left something open that would hold the process.
  process.exit(status);
}
