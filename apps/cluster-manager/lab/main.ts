import { lstatSync, mkdirSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { listenForCommands, tellLaboratory } from './from-elsewhere.ts';
import { laboratory } from './laboratory.ts';
import { oneProcess } from './one-process.ts';
import { LAB_NODES, readCommand, wordSentence } from './words.ts';

const USAGE = `npm run lab -- [--store etcd] [--port N] [--lease-seconds N] [--directory DIR]
while it runs, in another terminal: npm run lab -- [--directory DIR] kill|start|pause|resume|cut|heal NODE | report EVENT ARG… | nodes | help | quit`;
/** By which a directory of a laboratory is known. */
const LAB_MARK = 'fallover-laboratory';
const OPTIONS = {
  store: { type: 'string', default: 'embedded' },
  port: { type: 'string', default: '8771' },
  'lease-seconds': { type: 'string', default: '3' },
  directory: { type: 'string', default: join(tmpdir(), `fallover-lab-${userInfo().uid}`) },
} as const;

function refuse(sentence: string, status = 2): never {
  console.error(sentence);
  process.exit(status);
}

/** Options come first: an argument of an event may begin with a hyphen. */
function readArguments(given: string[]) {
  const first = given.findIndex((word, index) => !word.startsWith('--') && !isValue(given, index));
  const words = first === -1 ? [] : given.slice(first);
  try {
    const { values } = parseArgs({ args: first === -1 ? given : given.slice(0, first), options: OPTIONS });
    return { ...values, words, directory: resolve(values.directory) };
  } catch (error) {
    return refuse(`${(error as Error).message}\nUsage: ${USAGE}`);
  }
}
const isValue = (given: string[], index: number): boolean =>
  Object.keys(OPTIONS).some((name) => given[index - 1] === `--${name}`);

const { words, directory, store, ...given } = readArguments(process.argv.slice(2));
const [port, leaseSeconds] = [Number(given.port), Number(given['lease-seconds'])];

if (words.length > 0) {
  const read = readCommand(words);
  if (!read.ok) refuse(`${wordSentence(read.error)}\nUsage: ${USAGE}`);
  const answer = await tellLaboratory(directory, words);
  if (!answer) refuse('No laboratory runs here. Start one in another terminal: npm run lab', 3);
  if (!answer.ok) refuse(answer.error, 1);
  console.log(answer.value);
  process.exit(0);
}

if (!['embedded', 'etcd'].includes(store)) refuse(`--store ${store}: the laboratory has "embedded" and "etcd".\nUsage: ${USAGE}`);
if (!Number.isInteger(port) || port < 0 || port > 64_000)
  refuse(`--port ${given.port}: give a port up to 64000, or 0 for free ones.`);
if (!Number.isInteger(leaseSeconds) || leaseSeconds < 2 || leaseSeconds > 60)
  refuse(`--lease-seconds ${given['lease-seconds']}: give 2 to 60 seconds.`);
if (await tellLaboratory(directory, ['nodes']))
  refuse(`A laboratory runs already, in ${directory}. Tell it what to do: npm run lab -- help; or end it: npm run lab -- quit`);
makeDirectory();

const ending = Promise.withResolvers<void>();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => ending.resolve());

console.log('The laboratory starts its three nodes …');
const settings = {
  directory,
  leaseSeconds,
  // An address for each, since cookies know no ports: one browser can be logged in to all three.
  listenAt: (node: string) => `127.0.0.${LAB_NODES.findIndex((name) => name === node) + 1}:${port}`,
};
const made = store === 'etcd' ? await (await import('./processes.ts')).processes(settings) : await oneProcess(settings);
if (!made.ok) {
  rmSync(directory, { recursive: true, force: true });
  refuse(made.error);
}
const hosts = made.value;
const prompt = createInterface({ input: process.stdin, output: process.stdout, prompt: 'lab> ', terminal: process.stdout.isTTY });
const say = (line: string): void => {
  if (process.stdout.isTTY) process.stdout.write('\r\u001b[K');
  console.log(line);
  if (process.stdout.isTTY) prompt.prompt(true);
};
const opened = await Promise.race([
  laboratory(hosts, { ...settings, tell: (line) => say(`  ${new Date().toTimeString().slice(0, 8)}  ${line}`) }),
  ending.promise,
]);
let status = 0;
if (opened?.ok) {
  const lab = opened.value;
  const carryOut = async (asked: string[]) => {
    const command = readCommand(asked);
    if (!command.ok) return { ok: false, error: wordSentence(command.error) } as const;
    if (command.value.kind !== 'quit') return lab.carryOut(command.value);
    ending.resolve();
    return { ok: true, value: 'The laboratory ends.' } as const;
  };
  const commands = await listenForCommands(directory, carryOut);
  console.log(lab.welcome());
  prompt.on('line', (line) => {
    const asked = line.split(/\s+/).filter((word) => word !== '');
    if (asked.length === 0) return prompt.prompt();
    void carryOut(asked).then((answer) => say(answer.ok ? answer.value : answer.error));
  });
  prompt.on('SIGINT', () => ending.resolve());
  // Ctrl-D ends it; without a terminal it is told from elsewhere.
  prompt.on('close', () => process.stdin.isTTY && ending.resolve());
  if (process.stdout.isTTY) prompt.prompt();
  await ending.promise;
  commands.close();
  await lab.end();
} else if (opened) {
  console.error(opened.error);
  status = 1;
}
prompt.close();
console.log('\nThe laboratory ends its nodes …');
await hosts.end();
rmSync(directory, { recursive: true, force: true });
process.exit(status);

/** Whatever an earlier one has left is removed: nothing is kept from one laboratory to the next. */
function makeDirectory(): void {
  const there = lstatSync(directory, { throwIfNoEntry: false });
  const isOurs = there?.isDirectory() && there.uid === userInfo().uid;
  if (there && !isOurs) refuse(`${directory} belongs to somebody else; name another directory with --directory.`);
  if (there && !lstatSync(join(directory, LAB_MARK), { throwIfNoEntry: false }))
    refuse(`${directory} is there and is no laboratory; name another directory with --directory.`);
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(join(directory, LAB_MARK), { recursive: true, mode: 0o700 });
}
