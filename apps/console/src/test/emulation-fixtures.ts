import type { Emulation } from '@fallover/contract';

const environment = { CLUSTER_NAME: 'payroll', LOCALNODENAME: 'nodea', EVENT_NAME: 'node_down' };
const builtIn = (node: string, phase: number, event: string) => ({
  phase,
  node,
  event,
  kind: 'event' as const,
  key: 'event',
  argv: [event, 'nodec'],
  builtIn: true,
});
const pipeline = (event: string) => ({ event, timeUntilWarning: 360, failOnPrePost: false, recoveryCounter: 0 });

/** The node_down of a node that died, on the two that are left: in the first phase only one has something to do. */
export const emulation = (more: Partial<Emulation> = {}): Emulation => ({
  event: 'node_down',
  args: ['nodec'],
  participants: ['nodea', 'nodeb'],
  before: [
    { code: 'no_fence_command', severity: 'warning', sentence: 'not fenced: resources may be active twice' },
    { code: 'node_down_queued', severity: 'info', sentence: 'node_down nodec is queued.' },
  ],
  after: [],
  phases: [
    {
      index: 1,
      commands: [{ event: 'node_down', args: ['nodec'], nodes: ['nodea'], expectedStatus: 0 }],
      lanes: [
        { node: 'nodea', pipelines: [pipeline('node_down')] },
        { node: 'nodeb', pipelines: [] },
      ],
      waitsFor: ['nodea'],
    },
    {
      index: 2,
      commands: [{ event: 'node_down_complete', args: ['nodec'], nodes: ['nodea', 'nodeb'], expectedStatus: 'X' }],
      lanes: ['nodea', 'nodeb'].map((node) => ({ node, pipelines: [pipeline('node_down_complete')] })),
      waitsFor: ['nodea', 'nodeb'],
    },
  ],
  steps: [
    {
      ...builtIn('nodea', 1, 'node_down'),
      kind: 'notify_start',
      key: 'notify_start',
      builtIn: false,
      argv: ['/opt/ha/tell', 'node_down', 'start', 'nodec'],
      own: true,
      environment,
    },
    builtIn('nodea', 1, 'node_down'),
    { ...builtIn('nodea', 1, 'process_resources'), argv: ['process_resources'] },
    builtIn('nodea', 2, 'node_down_complete'),
    builtIn('nodeb', 2, 'node_down_complete'),
  ],
  notifications: [],
  hash: 'c'.repeat(64),
  destructive: false,
  warnings: [],
  ...more,
});

/** One where the steps say all there is to it. */
export const onOneNode = (more: Partial<Emulation>): Emulation =>
  emulation({ participants: ['nodea'], before: [], phases: [], steps: [], ...more });
