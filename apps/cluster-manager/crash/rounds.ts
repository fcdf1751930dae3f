import { mkdirSync, mkdtempSync, rmSync, statSync, watch } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { listProcesses, ReplyOf, RunView } from '@fallover/contract';
import { livingLaunchers } from '../src/executor/leftovers.ts';
import { type Chance, chance, deck } from './chance.ts';
import { check } from './check.ts';
import { ask, type Client, client } from './client.ts';
import { type DaemonProcess, startDaemon } from './daemon.ts';
import type { Evidence, ShownRun, Violation } from './evidence.ts';
import { stepProcesses, stillRuns } from './processes.ts';
import { readEvidence } from './read-evidence.ts';
import { type Configuration, writeScripts } from './scripts.ts';

export interface CrashTest {
  rounds: number;
  seed: number;
  /** The name of a bug to plant in the daemon. */
  plant?: string;
  /** One sentence about what goes on. */
  say?: (sentence: string) => void;
  /** How long the cluster may take, once nobody asks for more, until all is over. */
  settlesWithinMs?: number;
  /** Leaves the state directory and the witness where they are. */
  keep?: boolean;
}

export interface CrashReport {
  violations: Violation[];
  directory: string;
  rounds: number;
  kills: { daemon: number; launcher: number; both: number };
  runs: number;
  steps: number;
  interrupted: number;
  requests: number;
  repeats: number;
  unanswered: number;
  seconds: number;
}

/** Whom a round kills, as often as it stands here. */
const TARGETS = ['daemon', 'daemon', 'daemon', 'daemon', 'launcher', 'launcher', 'both', 'both', 'both'] as const;
type Target = (typeof TARGETS)[number];

const LEFTOVERS_END_WITHIN_MS = 20_000;

/** What the rounds work on: one state directory through all of them. */
interface Scene {
  directory: string;
  state: string;
  witness: string;
  socket: string;
  start(): DaemonProcess;
  troubles: Set<string>;
  unaccounted: Evidence['unaccounted'];
}

export async function crashTest({
  rounds,
  seed,
  plant,
  settlesWithinMs = 90_000,
  keep = false,
  say = () => {},
}: CrashTest): Promise<CrashReport> {
  const began = performance.now();
  const directory = mkdtempSync(join(tmpdir(), 'fallover-crash-'));
  const state = join(directory, 'state');
  const scene: Scene = {
    directory,
    state,
    witness: join(directory, 'witness'),
    socket: join(state, 'control.sock'),
    start: () => startDaemon({ state, ...(plant === undefined ? {} : { plant }) }),
    troubles: new Set(),
    unaccounted: [],
  };
  mkdirSync(state, { mode: 0o700 });
  const choices = chance(seed);
  const configuration = writeScripts(join(directory, 'scripts'), scene.witness);
  let daemon = scene.start();
  const asking = client(scene.socket, choices.fork());
  const kills = { daemon: 0, launcher: 0, both: 0 };
  try {
    await configure(scene, daemon, configuration);
    asking.begin();
    const killing = choices.fork();
    const target = deck(killing, TARGETS);
    for (let round = 1; round <= rounds; round += 1) {
      if (!daemon.isAlive()) daemon = scene.start();
      const killed = await oneRound(scene, daemon, asking, killing, target());
      if (killed === undefined) break;
      kills[killed] += 1;
      if (round % 25 === 0) say(`${round} rounds, ${asking.requests.length} requests`);
    }
    asking.settle();
    if (!daemon.isAlive()) daemon = scene.start();
    const views = await settle(scene, daemon, asking, settlesWithinMs);
    await asking.stop();
    await daemon.stop();
    const onDisk = await readEvidence(state, scene.witness);
    const { unaccounted } = scene;
    const evidence: Evidence = { ...onDisk, requests: asking.requests, views, unaccounted, troubles: [...scene.troubles] };
    return {
      violations: check(evidence),
      directory,
      rounds,
      kills,
      ...figures(evidence),
      seconds: Math.round((performance.now() - began) / 100) / 10,
    };
  } finally {
    await asking.stop();
    if (daemon.isAlive()) await daemon.kill();
    await endLeftovers(state);
    if (!keep) rmSync(directory, { recursive: true, force: true });
  }
}

/** Kills at a moment of chance. Undefined when the daemon ended by itself: then there is no going on. */
async function oneRound(
  scene: Scene,
  daemon: DaemonProcess,
  asking: Client,
  chance: Chance,
  target: Target,
): Promise<Target | undefined> {
  const early = target !== 'launcher' && chance.part() < 0.15;
  const ms = chance.part() * (early ? 900 : 500);
  const moment = chance.pick(['time', 'witness', 'witness', 'answer'] as const);
  const wait = chance.pick([0, 0, 1, 2, 5]);
  if (!early) {
    if (!(await daemon.ready)) return ended(scene, daemon);
    await accountForProcesses(scene);
  }
  if (early || moment === 'time') await delay(ms);
  else if (moment === 'witness') await grows(scene.witness, 1 + Math.floor(ms / 60));
  else await Promise.race([asking.answered(1 + Math.floor(ms / 120)), delay(2_000)]);
  if (!early && wait > 0) await delay(wait);
  if (!daemon.isAlive()) return ended(scene, daemon);
  const launchers = livingLaunchers(scene.state);
  if (target !== 'daemon') for (const pid of launchers) killIfThere(pid);
  if (target !== 'launcher') await daemon.kill();
  return target;
}

async function ended(scene: Scene, daemon: DaemonProcess): Promise<undefined> {
  if (daemon.isAlive()) scene.troubles.add('The daemon did not serve in time.');
  else scene.troubles.add(`The daemon ended by itself: ${await daemon.ended}`);
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has just ended.
  }
}

/** Until the witness has about so many lines more; two seconds at most. */
async function grows(witness: string, lines: number): Promise<void> {
  const BYTES_A_LINE = 70;
  const enough = statSync(witness).size + (lines - 1) * BYTES_A_LINE;
  await new Promise<void>((resolve) => {
    const watcher = watch(witness, () => {
      if (statSync(witness).size > enough) end();
    });
    const late = setTimeout(() => end(), 2_000);
    const end = (): void => {
      clearTimeout(late);
      watcher.close();
      resolve();
    };
  });
}

/** P10: each process of a step that runs now is one of a running step, or shown with its interrupted step. */
async function accountForProcesses({ state, socket, unaccounted }: Scene): Promise<void> {
  for (const found of stepProcesses(state)) {
    const [run = ''] = found.step.split('/');
    const answer = await ask(socket, { method: 'GET', path: `/api/v1/runs/${run}` });
    if (!answer) return;
    const step = (answer.body as RunView).steps?.find(({ id }) => id === found.step);
    if (step?.state === 'running') continue;
    const path = `/api/v1/runs/${run}/processes?step=${encodeURIComponent(found.step)}`;
    const left = step?.state === 'interrupted' ? await ask(socket, { method: 'GET', path }) : undefined;
    const { processes } = (left?.body ?? { processes: [] }) as ReplyOf<typeof listProcesses>;
    if (processes?.some(({ pid }) => pid === found.pid)) continue;
    await delay(200); // a process may outlive its step's end by a moment
    if (stillRuns(found)) unaccounted.push({ step: found.step, pid: found.pid });
  }
}

async function configure({ socket }: Scene, daemon: DaemonProcess, { events, customEvents }: Configuration): Promise<void> {
  if (!(await daemon.ready)) throw new Error(`The daemon did not start: ${await daemon.ended}`);
  let number = 0;
  const put = async (method: string, path: string, body: unknown): Promise<void> => {
    number += 1;
    const id = `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
    const answer = await ask(socket, { method, path, body, id });
    if (answer === undefined || answer.status >= 300)
      throw new Error(`${path} was answered ${answer?.status} ${JSON.stringify(answer?.body)}`);
  };
  for (const [name, script] of Object.entries(customEvents))
    await put('PUT', `/api/v1/custom-events/${name}`, { revision: 0, fields: { script: { cluster: script } } });
  for (const [event, fields] of Object.entries(events))
    await put('PUT', `/api/v1/events/${event}/customization`, { revision: 0, fields });
  await put('POST', '/api/v1/configuration/synchronise', {});
}

/** Until all that was asked for is over; then every run as screens show it. */
async function settle(scene: Scene, daemon: DaemonProcess, asking: Client, withinMs: number): Promise<ShownRun[]> {
  const { socket, troubles } = scene;
  if (!(await daemon.ready)) {
    await ended(scene, daemon);
    return [];
  }
  const until = performance.now() + withinMs;
  let cluster = await ask(socket, { method: 'GET', path: '/api/v1/cluster' });
  const isSettled = (): boolean =>
    cluster?.status === 200 &&
    cluster.body.state === 'ST_STABLE' &&
    cluster.body.queue.length + cluster.body.beside.length === 0 &&
    asking.isSettled() &&
    stepProcesses(scene.state).length === 0;
  while (!isSettled() && daemon.isAlive() && performance.now() < until) {
    await delay(50);
    cluster = await ask(socket, { method: 'GET', path: '/api/v1/cluster' });
  }
  for (const { sentence } of cluster?.body.troubles ?? []) troubles.add(sentence);
  if (!daemon.isAlive()) await ended(scene, daemon);
  else if (!isSettled()) {
    const { state, running, beside, queue } = cluster?.body ?? {};
    troubles.add(`The cluster did not settle: ${JSON.stringify({ state, running, beside, queue })}`);
  }
  const views: ShownRun[] = [];
  for (let before = ''; ; ) {
    const page = await ask(socket, { method: 'GET', path: `/api/v1/runs?limit=100${before && `&before=${before}`}` });
    for (const { id } of page?.body.runs ?? []) {
      const answer = await ask(socket, { method: 'GET', path: `/api/v1/runs/${id}` });
      if (answer?.status === 200) views.push({ run: id, state: answer.body.state, steps: answer.body.steps });
      before = id;
    }
    if (!page?.body.more) return views;
  }
}

async function endLeftovers(state: string): Promise<void> {
  for (const pid of livingLaunchers(state)) killIfThere(pid);
  const until = performance.now() + LEFTOVERS_END_WITHIN_MS;
  for (let left = stepProcesses(state); left.length > 0; left = stepProcesses(state)) {
    for (const { pid } of left) killIfThere(pid);
    if (performance.now() > until) throw new Error(`Processes ${left.map(({ pid }) => pid).join(', ')} do not end.`);
    await delay(20);
  }
}

function figures({ runs, requests }: Evidence) {
  const records = runs.flatMap((run) => run.records);
  const count = (kind: string): number => records.filter((record) => record.kind === kind).length;
  return {
    runs: runs.length,
    steps: count('started'),
    interrupted: count('interrupted'),
    requests: requests.length,
    repeats: requests.reduce((sum, { answers }) => sum + Math.max(0, answers.length - 1), 0),
    unanswered: requests.filter(({ answers }) => answers.length === 0).length,
  };
}
