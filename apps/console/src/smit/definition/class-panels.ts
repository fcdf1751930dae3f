import type { ClusterClass } from './specs.ts';

/** What the cluster is made of: each class has a list, and a form for one of its entries. */
export type TopologyClass = Exclude<ClusterClass, 'cluster'>;

interface ClassPanel {
  /** The fast path of the list, the first part of that of an entry, and the one that adds. */
  list: string;
  one: string;
  add: string;
  /** What the name of an entry is called. */
  nameLabel: string;
  lead: string;
  /** What is said while there is none. */
  none: string;
}

export const CLASS_PANELS: Record<TopologyClass, ClassPanel> = {
  node: {
    list: 'cm_nodes',
    one: 'cm_node',
    add: 'cm_add_node',
    nameLabel: 'Node Name',
    lead: 'The nodes of the cluster. Events are given for them, and a command can differ on one of them.',
    none: 'No node is defined yet.',
  },
  site: {
    list: 'cm_sites',
    one: 'cm_site',
    add: 'cm_add_site',
    nameLabel: 'Site Name',
    lead: 'Where the nodes stand, when they stand in several places.',
    none: 'No site is defined. A cluster in one place needs none.',
  },
  network: {
    list: 'cm_networks',
    one: 'cm_network',
    add: 'cm_add_network',
    nameLabel: 'Network Name',
    lead: 'The networks that connect the nodes. Network events are given for them.',
    none: 'No network is defined yet. Add one to choose it from a list where an event is run.',
  },
  interface: {
    list: 'cm_interfaces',
    one: 'cm_interface',
    add: 'cm_add_interface',
    nameLabel: 'IP Label',
    lead: 'What connects a node to a network: a network interface, or a device on a serial network.',
    none: 'No network interface is defined yet.',
  },
  service_label: {
    list: 'cm_service_labels',
    one: 'cm_service_label',
    add: 'cm_add_service_label',
    nameLabel: 'IP Label',
    lead: 'The addresses under which clients reach an application, on whichever node it runs.',
    none: 'No service IP label is defined yet.',
  },
};

export const entryPathOf = (entryClass: TopologyClass, name: string): string =>
  `/smit/${CLASS_PANELS[entryClass].one}/${encodeURIComponent(name)}`;
