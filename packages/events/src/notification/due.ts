import { hasSucceeded, isOver } from '../runs/pipeline.ts';
import type { PipelineState, RunState } from '../runs/types.ts';
import type { EffectiveMethod } from './methods.ts';
import type { NotificationMoment } from './transports.ts';

/** What a method has to tell of a run: one thing for each moment. */
export interface DueNotification {
  method: EffectiveMethod;
  moment: NotificationMoment;
  /** The run that it is about: of `event_error` and `config_too_long` the one that raised them. */
  run: string;
  event: string;
  args: readonly string[];
  /** Where it happened. */
  node: string;
  /** The status that the event ended with, where that is known. */
  status?: number;
}

/** One notification of one run, method and moment for the whole cluster: whoever makes it, it is the same (DOMAIN.md section 7). */
export const notificationId = ({ run, method, moment }: Pick<DueNotification, 'run' | 'method' | 'moment'>): string =>
  `${run}.${moment}.${method.name}`;

/**
 * All that has to be told of a run as it is now; what was told before is among it. `event_error` and `config_too_long` run
 * beside the run that raised them and are told as its failure and its warning, so that a method which has both tells it once.
 */
export function dueNotifications(run: RunState, methods: readonly EffectiveMethod[]): DueNotification[] {
  return methods.flatMap((method) => {
    const found = method.events.length === 0 ? [] : run.plan.parent === undefined ? ofRun(run, method) : ofChild(run, method);
    return found.filter(({ moment }) => method.when.includes(moment));
  });
}

function ofChild({ plan, pipelines }: RunState, method: EffectiveMethod): DueNotification[] {
  if (plan.parent === undefined || !method.events.includes(plan.event)) return [];
  const moment: NotificationMoment = plan.event === 'config_too_long' ? 'warning' : 'failure';
  const [first] = Object.values(pipelines);
  const node = plan.failedNode ?? first?.planned.node ?? plan.membership.after[0] ?? '';
  return [{ method, moment, run: plan.parent, event: plan.event, args: plan.args, node }];
}

function ofRun(run: RunState, method: EffectiveMethod): DueNotification[] {
  const { plan } = run;
  const isBound = (event: string): boolean => method.events.includes(event);
  const root = isBound(plan.event);
  const subEvents = Object.values(run.pipelines).filter(({ caller, planned }) => caller !== undefined && isBound(planned.event));
  const roots = Object.values(run.pipelines).filter(({ caller }) => caller === undefined);
  // Its program may have other events too, such as the one that completes it.
  const ofProgram = roots.filter(({ planned, lost }) => !lost && planned.event !== plan.event && isBound(planned.event));
  const called = [...ofProgram, ...subEvents];
  const [firstRoot] = roots;
  const about = (
    moment: NotificationMoment,
    { planned, status }: Pick<PipelineState, 'planned' | 'status'>,
  ): DueNotification => ({
    method,
    moment,
    run: plan.id,
    // Whatever its program names first: what is told of the whole run is its event.
    ...(root && !called.some((pipeline) => pipeline.planned === planned)
      ? { event: plan.event, args: plan.args }
      : { event: planned.event, args: planned.args }),
    node: planned.node,
    ...(moment === 'failure' ? { status } : {}),
  });
  const due: DueNotification[] = [];
  const first = root ? firstRoot : called[0];
  if (first) due.push(about('start', first));

  const failed = [...(root ? roots.filter(hasFailed) : []), ...called.filter(hasFailed)][0];
  // A decision is asked for only after a failure: told later than it was made, the failure is still news.
  const rootFailed = root && (run.decisions.length > 0 || (run.outcome !== undefined && run.outcome !== 'succeeded'));
  if (failed) due.push(about('failure', failed));
  else if (rootFailed && firstRoot) due.push(about('failure', firstRoot));

  const done = ofProgram.every(isDone) ? called.find(isDone) : subEvents.find(isDone);
  const succeeded = root ? (run.state === 'ended' && run.outcome === 'succeeded' ? firstRoot : undefined) : done;
  if (succeeded) due.push(about('success', succeeded));

  const warned = run.warnings
    .map(({ scope }) => run.pipelines[scope])
    .find((pipeline) => pipeline && (isBound(pipeline.planned.event) || (root && pipeline.caller === undefined)));
  if (warned) due.push(about('warning', warned));
  return due;
}

/** It is over, or waits for a decision, without success. An event that may still be recovered has not failed yet. */
const hasFailed = (pipeline: PipelineState): boolean => pipeline.interrupted || (isOver(pipeline) && !hasSucceeded(pipeline));
const isDone = (pipeline: PipelineState): boolean => isOver(pipeline) && !pipeline.interrupted && hasSucceeded(pipeline);
