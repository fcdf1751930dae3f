import { argumentsOf, environmentOf, err, ok, type Result, type StartFault, type StepResult } from '@fallover/events';
import type { LauncherSettings, StartRequest } from '../executor.ts';
import type { BootTime } from '../boot-time.ts';
import { keptDeadline } from '../kept-deadline.ts';
import { type FromLauncher, parseToLauncher } from '../messages.ts';
import { commandDirectoryOf } from '../state-files.ts';
import { createEventScripts } from './event-script.ts';
import { createFencing } from './fence.ts';
import { createFileFacts } from './file-facts.ts';
import { type Libc, readWaitStatus } from './libc.ts';
import { type CommandFile, fileOf, inspectFile } from './library-script.ts';
import { type Output, recordOutput } from './output.ts';
import { ownDeadline } from './own-deadline.ts';
import type { OwnRecord } from './own-record.ts';
import { resolveCommand } from './resolve-command.ts';
import { createRevisions } from './revisions.ts';
import { slowOrphans } from './slow-orphans.ts';
import { startCommand } from './start-command.ts';
import { createStepLog, type StepLog } from './step-log.ts';
import { statusOf } from './trust.ts';

export interface Launcher {
  /** One line from the daemon. Whatever it holds, it is answered and nothing breaks. */
  receive(line: string): void;
  tooLong(): void;
  /** Some child has ended. */
  childEnded(): void;
  /** The daemon is gone: nothing more is started; calls back when nothing runs and every result is on disk. */
  close(ended: () => void): void;
}

export interface LauncherParts {
  settings: LauncherSettings;
  libc: Libc;
  record: OwnRecord;
  send(message: FromLauncher): void;
  /** One sentence for the daemon's log. */
  say(sentence: string): void;
  /** Milliseconds of a clock that does not jump. */
  clock(): number;
  /** Milliseconds of the wall clock, as the file system's times count them. */
  now(): number;
  bootTime: BootTime;
}

/** A step from its start until the daemon has its result. */
interface OpenStep {
  running?: { pid: number; startedAt: number; log: StepLog; output: Output; slow: boolean; expelled?: true };
  kill?: NodeJS.Timeout;
  result?: StepResult;
}

const TRY_AGAIN_MS = 1000;

export function createLauncher({ settings, libc, record, send, say, clock, now, bootTime }: LauncherParts): Launcher {
  const revisions = createRevisions(settings.stateDirectory, settings.node);
  const factsOf = createFileFacts(now);
  const commandDirectory = commandDirectoryOf(settings.stateDirectory);
  const open = new Map<string, OpenStep>();
  /** What is done when a child has ended. */
  const children = new Map<number, (waitStatus: number) => void>();
  let ended: (() => void) | undefined;

  const orphans = slowOrphans(settings.stateDirectory);
  const slowSteps = () => [...open.values()].flatMap(({ running }) => (running?.slow && !running.expelled ? [running] : []));
  const deadline = ownDeadline({
    bootTime,
    renewed(lease) {
      // Only of a later daemon: one that hangs has not been answered, whatever it has written before.
      const kept = ended ? keptDeadline(settings.stateDirectory) : undefined;
      return kept?.lease === lease ? kept.at : undefined;
    },
    isWatched: () => fencing.isRunning() || slowSteps().length > 0 || orphans.areAny(),
    over() {
      for (const running of slowSteps()) {
        running.expelled = true;
        signalGroup(running.pid, 'SIGKILL');
      }
      for (const step of orphans.end()) say(`Step ${step}, whose launcher had died, was ended at the deadline of this node.`);
      fencing.expel();
    },
  });
  orphans.look();
  const fencing = createFencing({
    ...{ settings, libc, revisions, factsOf, clock },
    isOver: deadline.isOver,
    onEnd: (pid, told) => children.set(pid, told),
    kill: (pid) => signalGroup(pid, 'SIGKILL'),
  });
  const scripts = createEventScripts({
    ...{ settings, libc, factsOf, clock, now },
    onEnd: (pid, told) => children.set(pid, told),
    signal: signalGroup,
    send: (id, end) => send({ type: 'script_ended', id, end }),
  });
  const endWhenIdle = (): void => {
    if (ended && open.size === 0 && !fencing.isRunning() && !scripts.isRunning()) ended();
  };

  const finish = (step: string, result: StepResult): void => {
    const found = open.get(step);
    if (found) found.result = result;
    if (ended) leave(step, result);
    else send({ type: 'finished', step, result });
  };

  /** Leaves a result on disk. Tried until it is there: the next daemon takes this launcher for running until then. */
  const leave = (step: string, result: StepResult): void => {
    try {
      record.finished(step, result);
    } catch (error) {
      // Without its directory nobody can ever ask for the result.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
        setTimeout(() => leave(step, result), TRY_AGAIN_MS);
        return;
      }
    }
    open.delete(step);
    endWhenIdle();
  };

  const begin = (request: StartRequest, opened: OpenStep): StartFault | undefined => {
    const command = commandOf(request);
    if (!command.ok) return command.error;
    const path = command.value.file;
    const inspected = inspectFile(command.value, factsOf);
    if ('fault' in inspected) return inspected.fault;
    const log = openLog(settings.stateDirectory, request.step, now);
    if (!log.ok) return { ...log.error, path };
    const argv: [string, ...string[]] = [path, ...argumentsOf(request)];
    const environment = {
      ...environmentOf({ ...request, ...settings, commandDirectory }),
      ...(request.token === undefined ? {} : { FALLOVER_TOKEN: request.token }),
    };
    // The last look before it starts: reading the command may have taken long.
    if (deadline.isOver()) {
      log.value.close();
      return { code: 'not_a_member', path };
    }
    record.started({ step: request.step, slow: request.slow === true });
    const startedAt = clock();
    const started = startCommand(libc, argv, environment);
    if (!started.ok) {
      log.value.close();
      return started.error;
    }
    const { pid } = started.value;
    const output = recordOutput(libc, started.value.output, log.value);
    opened.running = { pid, startedAt, log: log.value, output, slow: request.slow === true };
    children.set(pid, (waitStatus) => childIsOver(request.step, opened, waitStatus));
    if (opened.running.slow) deadline.watch();
    const { sha256 } = inspected.facts;
    send({
      type: 'command',
      step: request.step,
      command: { argv, environment, pid, ...(sha256 === undefined ? {} : { sha256 }) },
    });
    return undefined;
  };

  const commandOf = (request: StartRequest): Result<CommandFile, StartFault> => {
    const revision = revisions(request.revision);
    if (!revision.ok) {
      const path = request.customEvent ?? request.event;
      return err({ code: 'not_in_active_configuration', path, reason: revision.error });
    }
    const command = resolveCommand(revision.value, request, settings.node);
    return command.ok ? fileOf(command.value, revision.value, settings.scriptLibrary) : command;
  };

  const start = (request: StartRequest): void => {
    if (open.has(request.step)) {
      send({ type: 'malformed', code: 'already_started', step: request.step });
      return;
    }
    const opened: OpenStep = {};
    open.set(request.step, opened);
    let fault: StartFault | undefined;
    try {
      fault = begin(request, opened);
    } catch (error) {
      // Without a file descriptor or a pipe, say. What runs already is not refused any more.
      if (!opened.running) fault = { code: 'cannot_start', path: request.event, reason: reasonOf(error) };
    }
    if (fault) finish(request.step, { status: statusOf(fault), fault, durationMs: 0, outputBytes: 0 });
  };

  const abort = (step: string, graceMs: number): void => {
    const found = open.get(step);
    if (!found?.running) return;
    // The leader is our child and not yet waited for: its number cannot belong to anything else.
    const { pid } = found.running;
    signalGroup(pid, 'SIGTERM');
    clearTimeout(found.kill);
    found.kill = setTimeout(() => signalGroup(pid, 'SIGKILL'), graceMs);
  };

  const childIsOver = (step: string, opened: OpenStep, waitStatus: number): void => {
    const { running } = opened;
    if (!running) return;
    const durationMs = Math.round((clock() - running.startedAt) * 1000) / 1000;
    delete opened.running;
    clearTimeout(opened.kill);
    running.output.settle(() => {
      const lostFrom = running.log.lostFrom();
      const how = readWaitStatus(waitStatus);
      finish(step, {
        ...how,
        // It may have ended by itself at the last moment.
        ...(running.expelled && how.signal === 'SIGKILL' ? { expelled: true } : {}),
        durationMs,
        outputBytes: running.log.written(),
        ...(lostFrom === undefined ? {} : { outputLostFrom: lostFrom }),
      });
    });
  };

  return {
    receive(line) {
      if (ended) return;
      const message = parseToLauncher(line);
      switch (message.type) {
        case 'start':
          return start(message);
        case 'abort':
          return abort(message.step, message.graceMs);
        case 'deadline':
          orphans.look();
          return deadline.set(message.deadline && { ...message.deadline, at: BigInt(message.deadline.at) });
        case 'fence':
          fencing.start(message, (end) => {
            send({ type: 'fence_ended', id: message.id, end });
            endWhenIdle();
          });
          return deadline.watch();
        case 'script':
          return scripts.start(message);
        case 'end_script':
          return scripts.end(message.id);
        case 'acknowledge_script':
          return scripts.acknowledge(message.id);
        case 'acknowledge':
          if (open.get(message.step)?.result) open.delete(message.step);
          if (open.size === 0) record.forgetStarted();
          return;
        case 'malformed':
          return send(message);
      }
    },
    tooLong() {
      send({ type: 'malformed', code: 'line_too_long' });
    },
    childEnded() {
      for (const [pid, isOver] of children) {
        const waitStatus = libc.endedStatus(pid);
        if (waitStatus === undefined) continue;
        children.delete(pid);
        isOver(waitStatus);
      }
    },
    close(whenEnded) {
      if (ended) return;
      ended = whenEnded;
      const finished = [...open].flatMap(([step, { result }]) => (result ? [{ step, result }] : []));
      try {
        record.closed();
      } catch {
        // The next daemon then waits for this launcher, and in the end without it.
      }
      scripts.close(endWhenIdle);
      endWhenIdle();
      for (const { step, result } of finished) leave(step, result);
    },
  };
}

function openLog(
  stateDirectory: string,
  step: string,
  now: () => number,
): Result<StepLog, { code: StartFault['code']; reason: string }> {
  try {
    return ok(createStepLog(stateDirectory, step, now));
  } catch (error) {
    const started = (error as NodeJS.ErrnoException).syscall === 'open' && reasonOf(error) === 'EEXIST';
    return err(
      started ? { code: 'cannot_start', reason: 'already_started' } : { code: 'log_not_writable', reason: reasonOf(error) },
    );
  }
}

function signalGroup(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-group, signal);
  } catch {
    // The group has just ended.
  }
}

const reasonOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? String((error as Error).message);
