import type { EventArgument } from './types.ts';

/** Arguments that several events have in common, with the same help everywhere. */
export const NODE_JOINING: EventArgument = {
  name: 'NODE',
  kind: 'node',
  required: true,
  help: 'The node that joins or rejoins the cluster.',
};

export const NODE_LEAVING: EventArgument = {
  name: 'NODE',
  kind: 'node',
  required: true,
  help: 'The node that leaves the cluster or has failed.',
};

export const HOW_A_NODE_LEAVES: EventArgument = {
  name: 'HOW',
  kind: 'choice',
  required: false,
  choices: ['graceful', 'takeover', 'forced'],
  help: 'graceful: resource groups are brought offline. takeover: they move to another node. forced: they are left as they are, UNMANAGED. Left out for a node that failed.',
};

export const NODE_OF_A_COMPONENT: EventArgument = {
  name: 'NODE',
  kind: 'node',
  required: true,
  help: 'The node that the component is on.',
};

export const COMPONENT: EventArgument = {
  name: 'COMPONENT',
  kind: 'text',
  required: true,
  help: 'The component: a directory of event scripts, such as legacy.',
};

export const NODE_OF_AN_INTERFACE: EventArgument = {
  name: 'NODE',
  kind: 'node',
  required: true,
  help: 'The node that the network interface belongs to.',
};

export const NODE_OR_ALL: EventArgument = {
  name: 'NODE',
  kind: 'node_or_all',
  required: true,
  help: 'The node that the network event is local to, or -1 when it is global: it concerns every node connected to the network.',
};

export const NETWORK: EventArgument = { name: 'NETWORK', kind: 'network', required: true, help: 'The network.' };

export const SITE: EventArgument = { name: 'SITE', kind: 'site', required: true, help: 'The site.' };

export const SERVICE_LABELS: EventArgument = {
  name: 'LABEL',
  kind: 'service_label',
  required: false,
  several: true,
  help: 'Service IP labels, one after the other.',
};

export const SERVERS: EventArgument = {
  name: 'SERVER',
  kind: 'application_server',
  required: false,
  several: true,
  help: 'Application servers, one after the other.',
};

export const GROUP: EventArgument = { name: 'GROUP', kind: 'resource_group', required: true, help: 'The resource group.' };
