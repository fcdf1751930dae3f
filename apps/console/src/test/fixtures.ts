import {
  type CustomEventView,
  type EntryView,
  type EventView,
  type FindingView,
  getChanges,
  getCluster,
  getConfiguration,
  getEventHistory,
  getSession,
  getVerification,
  listCustomEvents,
  listEntries,
  listEvents,
  listNodes,
  listRevisions,
  listRunNotifications,
  listScripts,
  listSilences,
  type NodeView,
  type RevisionView,
  type RunSummary,
  type RunView,
  type StepView,
  type VerificationResult,
} from '@fallover/contract';
import type { Reply } from '../api.ts';
import type { Server } from './server.ts';

export const RUN = '019aaf00-0000-7000-8000-000000000001';

export const cluster = (more: Partial<Reply<typeof getCluster>> = {}): Reply<typeof getCluster> => ({
  cluster: 'payroll',
  node: 'nodea',
  nodes: ['nodea'],
  state: 'ST_STABLE',
  version: '0.1.0',
  clusterState: 'up',
  substate: 'stable',
  members: [{ node: 'nodea', state: 'member', since: '2026-11-23T08:00:00.000Z' }],
  coordinator: 'nodea',
  store: { state: 'connected' },
  fencing: [],
  health: [],
  beside: [],
  queue: [],
  last: [],
  troubles: [],
  at: '2026-11-23T14:22:10.000Z',
  ...more,
});

export const nodeView = (more: Partial<NodeView> = {}): NodeView => ({
  node: 'nodea',
  state: 'member',
  since: '2026-11-23T08:00:00.000Z',
  coordinator: true,
  here: true,
  release: '0.1.0',
  lostSteps: [],
  ...more,
});

/** This node, another member, and one that was lost. */
export const threeNodes = (): NodeView[] => [
  nodeView(),
  nodeView({ node: 'nodeb', here: false, coordinator: false }),
  nodeView({ node: 'nodec', here: false, coordinator: false, state: 'lost' }),
];

export const nodeDown = (more: Partial<EventView> = {}): EventView => ({
  name: 'node_down',
  eventClass: 'node',
  slow: true,
  arguments: [
    { name: 'NODE', kind: 'node', required: true, help: 'The node that leaves.' },
    { name: 'HOW', kind: 'choice', required: false, choices: ['graceful', 'takeover', 'forced'], help: 'How it leaves.' },
  ],
  meaning: 'A node has left the cluster.',
  occurs: 'When cluster services are stopped, or the node fails.',
  underParallelProcessing: 'per_list',
  defaultTimeUntilWarning: 360,
  synchronised: true,
  ...more,
});

export const stopApp = (more: Partial<CustomEventView> = {}): CustomEventView => ({
  name: 'stop_app',
  draft: { revision: 4, fields: { description: { cluster: 'Stops the application' }, script: { cluster: '/opt/ha/stop_app' } } },
  active: { description: { cluster: 'Stops the application' }, script: { cluster: '/opt/ha/stop_app' } },
  synchronised: true,
  usedBy: ['node_down'],
  ...more,
});

export const runSummary = (more: Partial<RunSummary> = {}): RunSummary => ({
  id: RUN,
  event: 'node_down',
  args: ['nodea'],
  eventClass: 'node',
  origin: { kind: 'person', name: 'admin' },
  drill: false,
  revision: 3,
  state: 'ended',
  outcome: 'succeeded',
  status: 0,
  acceptedAt: '2026-11-23T14:22:10.000Z',
  startedAt: '2026-11-23T14:22:10.000Z',
  endedAt: '2026-11-23T14:22:12.000Z',
  warnings: 0,
  ...more,
});

export const step = (path: string, more: Partial<StepView> = {}): StepView => {
  const parts = path.split('/');
  return {
    id: `${RUN}/${path}`,
    scope: `${RUN}/${parts.slice(0, -2).join('/')}`,
    node: parts[1] ?? 'nodea',
    event: 'node_down',
    kind: 'event',
    key: parts.at(-2) ?? 'event',
    attempt: Number(parts.at(-1)),
    state: 'finished',
    status: 0,
    startedAt: '2026-11-23T14:22:10.000Z',
    endedAt: '2026-11-23T14:22:11.000Z',
    durationMs: 1000,
    ...more,
  };
};

export const runView = (more: Partial<RunView> = {}): RunView => ({
  ...runSummary(),
  phases: [],
  participants: [],
  lost: [],
  waitingFor: [],
  steps: [],
  toRun: [],
  skipped: [],
  warnedAt: [],
  timeUntilWarning: 360,
  decisions: [],
  children: [],
  membership: { before: ['nodea'], after: ['nodea'] },
  ...more,
});

/** A node_up of three nodes behind its first barrier: the others have done their part, the node that joins is at work. */
export const manyNodes = (more: Partial<RunView> = {}): RunView => {
  const names = ['nodea', 'nodeb', 'nodec'];
  const lanes = (phase: number, at: readonly string[], states: readonly RunView['phases'][number]['lanes'][number]['state'][]) =>
    names.map((node, index) => ({
      node,
      state: states[index] ?? 'not_reached',
      scopes: at.includes(node) ? [`${RUN}/${phase}/${node}`] : [],
    }));
  const command = (event: string, nodes: string[]) => ({ event, args: ['nodec'], nodes });
  const since = '2026-11-23T14:22:12.000Z';
  const running = { event: 'node_up', state: 'running' as const, status: undefined, endedAt: undefined, durationMs: undefined };
  return runView({
    event: 'node_up',
    args: ['nodec'],
    origin: { kind: 'cluster_manager', name: 'membership' },
    state: 'running',
    outcome: undefined,
    status: undefined,
    endedAt: undefined,
    participants: names.map((node, index) => ({ node, membership: index + 10 })),
    membership: { before: ['nodea', 'nodeb'], after: names },
    phases: [
      {
        index: 1,
        commands: [command('node_up', ['nodea', 'nodeb'])],
        lanes: lanes(1, ['nodea', 'nodeb'], ['passed', 'passed', 'passed']),
        barrier: 'passed',
      },
      {
        index: 2,
        commands: [command('node_up', ['nodec'])],
        lanes: lanes(2, ['nodec'], ['waits', 'waits', 'runs']),
        barrier: 'waits',
      },
      { index: 3, commands: [command('node_up_complete', names)], lanes: lanes(3, names, []), barrier: 'not_reached' },
    ],
    steps: [
      step('1/nodea/event/1', { event: 'node_up' }),
      step('1/nodeb/event/1', { event: 'node_up', status: 0 }),
      step('2/nodec/pre_event.1/1', { ...running, kind: 'pre_event', customEvent: 'check_disks', startedAt: since }),
    ],
    waitingFor: [
      {
        node: 'nodec',
        key: 'pre_event.1',
        event: 'node_up',
        customEvent: 'check_disks',
        step: `${RUN}/2/nodec/pre_event.1/1`,
        since,
      },
    ],
    ...more,
  });
};

export const ACTIVE = { number: 3, hash: 'a'.repeat(64), at: '2026-11-23T09:00:00.000Z', by: 'admin' };

export const revisionView = (number: number, more: Partial<RevisionView> = {}): RevisionView => ({
  ...ACTIVE,
  number,
  active: number === ACTIVE.number,
  snapshots: [],
  ...more,
});

/** A change of the draft that is not synchronised. */
export const nodeDownChange = (more: Partial<Reply<typeof getChanges>['changes'][number]> = {}) => ({
  class: 'event' as const,
  name: 'node_down',
  kind: 'changed' as const,
  revision: 7,
  values: [
    { field: 'notifyCommand', before: '/opt/ha/tell', after: '/opt/ha/page' },
    { field: 'timeUntilWarning', node: 'nodeb', after: 90 },
  ],
  ...more,
});

export const notExecutable = (more: Partial<FindingView> = {}): FindingView => ({
  id: 'not_executable:event/node_down/notifyCommand@nodea',
  severity: 'error',
  code: 'not_executable',
  class: 'event',
  name: 'node_down',
  field: 'notifyCommand',
  node: 'nodea',
  sentence: '/opt/ha/page is not executable on nodea. Make it so with chmod.',
  overridable: true,
  ...more,
});

export const verificationResult = (more: Partial<VerificationResult> = {}): VerificationResult & { upToDate: boolean } => {
  const findings = more.findings ?? [];
  return {
    of: 'draft',
    hash: 'c'.repeat(64),
    at: '2026-11-23T10:00:00.000Z',
    by: 'admin',
    automatic: false,
    durationMs: 120,
    nodes: [{ node: 'nodea', looked: true }],
    commands: 4,
    errors: findings.filter(({ severity }) => severity === 'error').length,
    warnings: findings.filter(({ severity }) => severity === 'warning').length,
    findings,
    upToDate: true,
    ...more,
  };
};

export const network = (more: Partial<EntryView> = {}): EntryView => {
  const fields = { networkType: { cluster: 'ether' }, netmask: { cluster: '255.255.255.0' } };
  return {
    class: 'network',
    name: 'net1',
    draft: { revision: 2, fields },
    active: fields,
    synchronised: true,
    usedBy: [],
    ...more,
  };
};

type ScriptView = Reply<typeof listScripts>['scripts'][number];

export const libraryScript = (more: Partial<ScriptView> = {}): ScriptView => {
  const fields = { content: { cluster: 'a'.repeat(64) }, remark: { cluster: 'Stops it' } };
  return {
    class: 'script',
    name: 'stop',
    path: '/var/lib/fallover-scripts/current/stop',
    laidDown: 'as_configured',
    draft: { revision: 4, fields },
    active: fields,
    synchronised: true,
    usedBy: [],
    ...more,
  };
};

/** What every panel asks for, with the administrator signed in. */
export function answersAsUsual(server: Server): void {
  server.answers(getSession, () => ({
    principal: { name: 'admin', role: 'admin' as const, via: 'session' as const },
    setUpNeeded: false,
    cluster: 'payroll',
    node: 'nodea',
  }));
  server.answers(getCluster, () => cluster());
  server.answers(listNodes, () => ({ nodes: [nodeView()], at: '2026-11-23T14:22:10.000Z' }));
  server.answers(getConfiguration, () => ({
    active: ACTIVE,
    changes: [],
    changeCount: 0,
    exampleLoadable: false,
  }));
  server.answers(getChanges, () => ({ active: ACTIVE, draft: 'd'.repeat(64), count: 0, changes: [] }));
  server.answers(getVerification, () => ({}));
  server.answers(listRevisions, () => ({ revisions: [revisionView(3)], more: false, snapshots: [] }));
  server.answers(listEvents, () => ({ events: [nodeDown()] }));
  server.answers(getEventHistory, () => ({ runs: [], more: false, count: 0, ended: 0, timeUntilWarning: 360 }));
  server.answers(listEntries, ({ parameters }) => ({ entries: parameters.class === 'network' ? [network()] : [] }));
  server.answers(listScripts, () => ({ enabled: false, scripts: [] }));
  server.answers(listSilences, () => ({ silences: [] }));
  server.answers(listRunNotifications, () => ({ notifications: [], escalations: [] }));
  server.answers(listCustomEvents, () => ({ customEvents: [stopApp()] }));
}
