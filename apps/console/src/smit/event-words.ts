const CLASSES: Record<string, string> = {
  site: 'site',
  node: 'node',
  network: 'network',
  network_interface: 'network interface',
  cluster_wide: 'cluster-wide',
  resource_group: 'resource group',
  sub_event: 'sub-event',
  user_defined: 'user-defined',
};

export const classWords = (eventClass: string): string => CLASSES[eventClass] ?? eventClass;
