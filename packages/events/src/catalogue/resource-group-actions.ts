import { GROUP } from './common-arguments.ts';
import type { PredefinedEvent } from './types.ts';

const CALLED_BY = ['process_resources', 'rg_move', 'resource_state_change'];

const action = (name: string, meaning: string, occurs: string): PredefinedEvent => ({
  name,
  eventClass: 'sub_event',
  slow: false,
  arguments: [GROUP],
  meaning,
  occurs,
  underParallelProcessing: 'once',
  calledBy: CALLED_BY,
});

/** Resource group sub-events: what becomes of one resource group while an event is processed. */
export const RESOURCE_GROUP_ACTIONS: readonly PredefinedEvent[] = [
  action(
    'releasing',
    'The resource group is being released, to be brought offline or to be acquired on another node.',
    'When a node begins to release a resource group.',
  ),
  action('acquiring', 'The resource group is being acquired on a node.', 'When a node begins to acquire a resource group.'),
  action('rg_up', 'The resource group is online.', 'When all resources of a resource group have been acquired.'),
  action('rg_down', 'The resource group is offline.', 'When all resources of a resource group have been released.'),
  action(
    'rg_error',
    'The resource group is in error state. If it still is when the event has ended, it needs manual intervention.',
    'When a resource group could be neither acquired nor recovered.',
  ),
  action(
    'rg_temp_error_state',
    'The resource group is in a temporary error state, from which an rg_move recovers it. No group is in it when the cluster is stable.',
    'When, for example, a local network or an application of the resource group has failed.',
  ),
  action(
    'rg_acquiring_secondary',
    'The resource group is coming online at the target site: only its replicated resources.',
    'When a site begins to receive the mirror data of a resource group.',
  ),
  action(
    'rg_up_secondary',
    'The resource group is online in the secondary role at the target site: only its replicated resources.',
    'When a site receives the mirror data of a resource group.',
  ),
  action(
    'rg_error_secondary',
    'The resource group is in error state at the site that receives its mirror data.',
    'When the secondary instance of a resource group could be neither acquired nor recovered.',
  ),
  action(
    'rg_temp_error_secondary',
    'The resource group is in a temporary error state at the site that receives its mirror data.',
    'When the secondary instance of a resource group has failed and is about to be recovered.',
  ),
];
