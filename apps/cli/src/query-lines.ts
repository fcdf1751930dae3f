import type { RunSummary, RunView } from '@fallover/contract';
import { expectedWords, onNodeWords } from '@fallover/events';
import type { getAuditTrail, getCluster, getLogLines, listLogs } from './addresses.ts';
import { attribute, attributes, table } from './print.ts';
import { seconds, withoutWords } from './run-progress.ts';
import { shellTime } from './shell-time.ts';
import { shortStep } from './steps.ts';
import { visible } from './visible.ts';

type Cluster = NonNullable<(typeof getCluster)['types']>['reply'];
type Logs = NonNullable<(typeof listLogs)['types']>['reply'];
type LogLines = NonNullable<(typeof getLogLines)['types']>['reply'];
type AuditTrail = NonNullable<(typeof getAuditTrail)['types']>['reply'];

export function runsLines({ runs, more }: { runs: readonly RunSummary[]; more: boolean }): string[] {
  if (runs.length === 0) return ['No event has been run.'];
  const rows = runs.map((run) => [
    run.id,
    shellTime(run.acceptedAt),
    run.state,
    `${run.outcome ?? ''}${withoutWords(run)}`.trim(),
    run.status === undefined ? '' : String(run.status),
    `${eventOf(run)}${reportOf(run)}`,
  ]);
  return [...table(['RUN', 'ACCEPTED', 'STATE', 'OUTCOME', 'STATUS', 'EVENT'], rows), ...(more ? ['There are older ones.'] : [])];
}

const eventOf = (run: Pick<RunSummary, 'event' | 'args' | 'drill' | 'node'>): string =>
  `${[run.event, ...run.args].join(' ')}${onNodeWords(run)}${run.drill ? ' (drill)' : ''}`;

/** Of the runs of a cluster only what other software has reported stands out: somebody may look for it. */
const reportOf = ({ origin }: RunSummary): string =>
  origin.kind === 'report' ? ` (reported by ${origin.name}, ${origin.id ?? 'without an id'})` : '';

export function runLines(run: RunView): string[] {
  return [
    ...attributes({
      RUN: run.id,
      EVENT: run.event,
      ARGS: run.args.length === 0 ? undefined : run.args.join(' '),
      CLASS: run.eventClass,
      ORIGIN: [run.origin.kind, run.origin.name, run.origin.id, run.origin.by].filter((word) => word !== undefined).join(' '),
      PARENT: run.parent,
      DRILL: run.drill,
      REVISION: run.revision,
      STATE: run.state,
      OUTCOME: run.outcome,
      STATUS: run.status,
      ACCEPTED: run.acceptedAt,
      STARTED: run.startedAt,
      ENDED: run.endedAt,
      FAILURE: run.failure && `${run.failure.node}: ${run.failure.sentence}`,
    }),
    ...(run.rolledUp ? [attribute('ROLLED_UP', `${run.rolledUp.by}: ${run.rolledUp.sentence}`)] : []),
    ...run.lost.map(({ node, at }) => attribute('LOST', `${node} at ${at}`)),
    ...(run.participants.length > 1 ? run.waitingFor.map((waited) => attribute('WAITS_FOR', waitedText(waited))) : []),
    ...run.steps.map((step) => attribute('STEP', stepText(step))),
    ...run.toRun.map((step) => attribute('TO_RUN', plannedText(step))),
    ...run.skipped.map((step) => attribute('SKIPPED', plannedText(step))),
    ...run.warnedAt.map(({ scope, seconds: after, at }) => attribute('WARNED', `${shortStep(scope)} after ${after} s at ${at}`)),
    ...run.children.map((child) => attribute('CHILD', `${child.run} ${child.event}`)),
    ...run.decisions.map(({ as, by, at }) => attribute('DECISION', `${as} by ${by} at ${at}`)),
  ];
}

function stepText(step: RunView['steps'][number]): string {
  const ended = step.status === undefined ? '' : ` ${step.status}${step.signal === undefined ? '' : ` by ${step.signal}`}`;
  const took = step.durationMs === undefined ? '' : ` after ${seconds(step.durationMs)}`;
  const fault = step.fault === undefined ? '' : `: ${step.fault.sentence}`;
  const late = step.late ? ' (after it was lost with its node)' : '';
  const expelled = step.expelled ? ' (its node was no member any more)' : '';
  return `${shortStep(step.id)} ${step.state}${ended}${expectedWords(step)}${took}${late}${expelled}, ${step.command ?? 'built-in command'}${fault}`;
}

const waitedText = ({ node, key, event, customEvent, since }: RunView['waitingFor'][number]): string =>
  [
    `${node}: ${event} ${key}`,
    ...(customEvent === undefined ? [] : [customEvent]),
    ...(since === undefined ? [] : [`since ${since}`]),
  ].join(' ');

const plannedText = (step: RunView['toRun'][number]): string =>
  `${step.node} ${step.event} ${step.key}, ${step.command ?? step.customEvent ?? 'built-in command'}`;

export function clusterLines(cluster: Cluster): string[] {
  const named = (name: string, runs: readonly RunSummary[]) =>
    runs.map((run) => attribute(name, `${run.id} ${eventOf(run)}${reportOf(run)}`));
  return [
    ...attributes({
      CLUSTERNAME: cluster.cluster,
      STATE: cluster.state,
      CLUSTER_STATE: `${cluster.clusterState} ${cluster.substate}`,
      NODES: cluster.nodes.join(' '),
      LOCAL_NODE: cluster.node,
      COORDINATOR: cluster.coordinator,
      VERSION: cluster.version,
    }),
    ...cluster.members.map(({ node, state, since }) =>
      attribute('MEMBER', [node, state, ...(since === undefined ? [] : ['since', since])].join(' ')),
    ),
    ...(cluster.store.state === 'connected'
      ? []
      : [attribute('STORE', `${cluster.store.state} since ${cluster.store.since}: ${cluster.store.sentence}`)]),
    ...cluster.fencing.map(({ sentence }) => attribute('FENCING', sentence)),
    ...cluster.health.map(({ state, since, sentence }) =>
      attribute('HEALTH', `${state}${since === undefined ? '' : ` since ${since}`}: ${sentence}`),
    ),
    ...named('RUNNING', cluster.running ? [cluster.running] : []),
    ...named('BESIDE', cluster.beside),
    ...named('QUEUED', cluster.queue),
    ...cluster.troubles.map(({ sentence }) => attribute('TROUBLE', sentence)),
  ];
}

export const nodeLines = (cluster: Cluster, name: string): string[] =>
  attributes({ NAME: name, CLUSTERNAME: cluster.cluster, ...(name === cluster.node ? { STATE: cluster.state } : {}) });

export function logsLines({ logs }: Logs): string[] {
  if (logs.length === 0) return ['There is no log yet: hacmp.out comes with the first event.'];
  return table(
    ['LOG', 'BYTES', 'CHANGED'],
    logs.map(({ name, size, changedAt }) => [name, String(size), shellTime(changedAt)]),
  );
}

/** As they stand in the log; tabs too, for they are how a table is written. */
export const logLines = ({ lines }: LogLines): string[] =>
  lines.map(({ text, cut }) => `${visible(text)}${cut === undefined ? '' : ` … ${cut} more bytes`}`);

export function auditLines({ entries, whole }: AuditTrail): string[] {
  const rows = entries.map((entry) => [
    String(entry.number),
    shellTime(entry.at),
    `${entry.principal} (${entry.via})`,
    entry.phase,
    entry.outcome ?? '',
    [entry.action, entry.target, beginningOf(entry.detail)].filter((part) => part !== undefined && part !== '').join(' '),
  ]);
  return [
    ...table(['NUMBER', 'AT', 'WHO', 'PHASE', 'OUTCOME', 'WHAT'], rows),
    ...(whole ? ['The chain of hashes is whole.'] : []),
  ];
}

/** Of a detail that is long, such as a file that was read in, only how it begins. */
const beginningOf = (detail = ''): string =>
  detail.length > LONGEST_DETAIL ? `${detail.slice(0, LONGEST_DETAIL)}… (${detail.length} characters)` : detail;

const LONGEST_DETAIL = 300;
