import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { DefinitionDocument, Entry, StartedCommand, StepResult } from '@fallover/events';
import type { Executor, StartRequest } from './executor.ts';
import { revisionFile, stepLogFile } from './state-files.ts';

const RUN = '01994c1e-8a3f-7c11-a0b1-5f2d8e9c1234';
export const SCOPE = `${RUN}/1/nodea`;

/** A state directory, and the commands of `fixtures/` where nobody else can write to them. */
export interface Place {
  directory: string;
  state: string;
  settings: { stateDirectory: string; node: string; cluster: string; log: (sentence: string) => void };
  log: string[];
  command(name: string): string;
  /** Makes a revision of these entries; returns its hash. */
  define(entries: Entry[]): string;
  output(step: string): string;
  remove(): void;
}

export function makePlace(): Place {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'fallover-')));
  const state = join(directory, 'state');
  const commands = join(directory, 'commands');
  mkdirSync(join(state, 'revisions'), { recursive: true, mode: 0o700 });
  cpSync(fileURLToPath(new URL('./fixtures/', import.meta.url)), commands, { recursive: true });
  for (const path of [commands, directory]) chmodSync(path, 0o755);
  const log: string[] = [];
  const command = (name: string): string => {
    const path = join(commands, name);
    if (existsSync(path)) chmodSync(path, 0o755);
    return path;
  };
  return {
    directory,
    state,
    settings: { stateDirectory: state, node: 'nodea', cluster: 'shop', log: (sentence) => log.push(sentence) },
    log,
    command,
    define(entries) {
      const document: DefinitionDocument = { format: 1, cluster: 'shop', entries };
      const bytes = JSON.stringify(document);
      const hash = createHash('sha256').update(bytes).digest('hex');
      writeFileSync(revisionFile(state, hash), bytes);
      return hash;
    },
    output: (step) => readFileSync(stepLogFile(state, step), 'latin1'),
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}

/** An event `node_up` whose event command is this file. */
export const eventCommand = (path: string): Entry[] => [
  { class: 'event', name: 'node_up', fields: { eventCommand: { cluster: path } } },
];

export const eventStep = (attempt = 1): string => `${SCOPE}/event/${attempt}`;

export function request(revision: string, changes: Partial<StartRequest> = {}): StartRequest {
  return {
    step: eventStep(),
    kind: 'event',
    event: 'node_up',
    args: ['nodea'],
    status: 0,
    revision,
    membership: { before: ['nodea'], after: ['nodea'] },
    drill: false,
    ...changes,
  };
}

export interface Told {
  command: Promise<StartedCommand>;
  /** `lost` when the launcher died. */
  end: Promise<StepResult | 'lost'>;
}

export function start(executor: Executor, asked: StartRequest): Told {
  const command = Promise.withResolvers<StartedCommand>();
  const end = Promise.withResolvers<StepResult | 'lost'>();
  executor.start(asked, {
    command: command.resolve,
    finished: (result) => {
      end.resolve(result);
      executor.acknowledge(asked.step);
    },
    lost: () => end.resolve('lost'),
  });
  return { command: command.promise, end: end.promise };
}

/** Looks again until it holds; the test's own time limit ends it. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await wait(5);
}

export function isRunning(pid: number): boolean {
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return false;
  }
}
