import { GROUP } from './common-arguments.ts';
import type { EventArgument, PredefinedEvent } from './types.ts';

const MOVED: readonly EventArgument[] = [
  { name: 'NODE', kind: 'node', required: true, help: 'The node that acquires or releases the resource group.' },
  GROUP,
  {
    name: 'ACTION',
    kind: 'choice',
    required: true,
    choices: ['ACQUIRE', 'RELEASE'],
    help: 'ACQUIRE: the node takes the resource group. RELEASE: it gives it up.',
  },
];

const NODE_OF_THE_CHANGE: EventArgument = {
  name: 'NODE',
  kind: 'node',
  required: false,
  help: 'The node where the state changed or is to change, where it is one node.',
};

export const RESOURCE_GROUP_EVENTS: readonly PredefinedEvent[] = [
  {
    name: 'rg_move',
    eventClass: 'resource_group',
    slow: true,
    arguments: MOVED,
    meaning: 'A resource group moves from one node to another: one node releases it, another acquires it.',
    occurs: 'When a person moves a resource group, or as a recovery action of another event.',
    underParallelProcessing: 'once',
  },
  {
    name: 'rg_move_complete',
    eventClass: 'resource_group',
    slow: false,
    arguments: MOVED,
    meaning: 'The resource group has moved.',
    occurs: 'After rg_move has succeeded.',
    underParallelProcessing: 'once',
  },
  {
    name: 'resource_state_change',
    eventClass: 'resource_group',
    slow: false,
    arguments: [NODE_OF_THE_CHANGE],
    meaning: 'The state of a resource has changed, so that resource groups need recovery. Meanwhile their state is TEMP_ERROR.',
    occurs:
      'In a cluster with dependencies between resource groups or with sites: after an application monitor, a volume group, a local network, a WAN or an acquisition failed, an interface came back, or a settling or fallback timer ran out.',
    underParallelProcessing: 'once',
  },
  {
    name: 'resource_state_change_complete',
    eventClass: 'resource_group',
    slow: false,
    arguments: [NODE_OF_THE_CHANGE],
    meaning: 'The change of state has been dealt with. A good place to be told about changes of resource state.',
    occurs: 'After resource_state_change has succeeded.',
    underParallelProcessing: 'once',
  },
  {
    name: 'external_resource_state_change',
    eventClass: 'resource_group',
    slow: false,
    arguments: [NODE_OF_THE_CHANGE],
    meaning: 'A person asks for another state or place of a resource group, and dependencies or sites have to be respected.',
    occurs: 'When a person moves a resource group in a cluster with dependencies between resource groups or with sites.',
    underParallelProcessing: 'once',
  },
  {
    name: 'external_resource_state_change_complete',
    eventClass: 'resource_group',
    slow: false,
    arguments: [NODE_OF_THE_CHANGE],
    meaning: 'The state that a person asked for is reached.',
    occurs: 'After external_resource_state_change has succeeded.',
    underParallelProcessing: 'once',
  },
];
