import { realpathSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { Socket } from 'node:net';
import { parseArgs } from 'node:util';
import { bootTime } from '../boot-time.ts';
import { LONGEST_REQUEST, splitLines } from '../channel-lines.ts';
import { livingLaunchers } from '../leftovers.ts';
import { adoptOutput } from './adopt-output.ts';
import { createLauncher } from './launcher.ts';
import { loadLibc } from './libc.ts';
import { createOwnRecord } from './own-record.ts';

/**
 * The process that starts commands. It is small and stays so, it takes its orders from descriptor 3, and it ends by itself
 * once its daemon is gone and nothing runs any more.
 */
const { values } = parseArgs({
  options: {
    state: { type: 'string' },
    node: { type: 'string' },
    cluster: { type: 'string' },
    id: { type: 'string' },
    'script-library': { type: 'string' },
  },
});
const { state = '', node = '', cluster = '', id = '', 'script-library': scriptLibrary } = values;
const CHANNEL = 3;
/** What the system's programs are started with; some close every descriptor up to the limit. */
const OPEN_FILES = 1024;
const LOOK_FOR_PIPES_MS = 1000;

process.title = 'fallover-launcher';
process.umask(0o022);
process.chdir('/');
// Whoever ends the daemon's process group or its session must not end what runs: this process ends with its daemon.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR2'] as const) process.on(signal, () => {});
process.stderr.on('error', () => {});

const now = (): number => Date.now();
const libc = loadLibc();
libc.keepOpenFiles();
libc.limitOpenFiles(OPEN_FILES);

const stateDirectory = realpathSync(state);
const record = createOwnRecord(stateDirectory, id, process.ppid);
const channel = new Socket({ fd: CHANNEL, readable: true, writable: true, allowHalfOpen: true });
const launcher = createLauncher({
  settings: { stateDirectory: state, node, cluster, ...(scriptLibrary === undefined ? {} : { scriptLibrary }) },
  libc,
  record,
  send: (message) => {
    if (!channel.destroyed) channel.write(`${JSON.stringify(message)}\n`);
  },
  say: (sentence) => void process.stderr.write(`${sentence}\n`),
  clock: () => performance.now(),
  now,
  bootTime: bootTime(),
});

process.on('SIGCHLD', () => launcher.childEnded());
// Waiting for a child does not count as work that is left; without this the process would end before it.
setInterval(() => {}, 3_600_000);
const close = (): void => {
  launcher.close(() => process.exit(0));
  channel.end();
};
channel.on('data', splitLines(LONGEST_REQUEST, { line: launcher.receive, tooLong: launcher.tooLong }));
channel.on('end', close).on('close', close);
channel.on('error', () => channel.destroy());
lookForPipes();
channel.write(`${JSON.stringify({ type: 'ready', pid: process.pid, id })}\n`);

/** Until every earlier launcher has ended, and the last time after that. */
function lookForPipes(): void {
  const others = livingLaunchers(stateDirectory).filter((pid) => pid !== process.pid);
  adoptOutput(libc, stateDirectory, [...others, process.pid], now);
  if (others.length > 0) setTimeout(lookForPipes, LOOK_FOR_PIPES_MS).unref();
}
// Not left to the end, which may be a kill.
flushCompileCache();
