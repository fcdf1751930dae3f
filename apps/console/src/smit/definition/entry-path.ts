import type { EntryClass } from '@fallover/events';

/** The panel of each class of entries. What holds for the cluster has one panel, whatever the cluster's name is. */
const PANELS: Record<Exclude<EntryClass, 'cluster'>, string> = {
  node: 'cm_node',
  site: 'cm_site',
  network: 'cm_network',
  interface: 'cm_interface',
  service_label: 'cm_service_label',
  event: 'cm_event',
  custom_event: 'cm_custom_event',
  script: 'cm_script',
  notification_method: 'cm_notification_method',
};

/** The other settings of the cluster are those of automatic verification. */
const CLUSTER_PANELS: Record<string, string> = {
  mailRelay: 'cm_notification_settings',
  consoleUrl: 'cm_notification_settings',
  allowedTargets: 'cm_notification_settings',
  fenceCommand: 'cm_fencing',
};

interface Place {
  class: EntryClass;
  name: string;
  field?: string | undefined;
  node?: string | undefined;
}

/** Where an entry is changed: its panel, on the sheet of this node, with the cursor in this field. */
export function entryPath({ class: entryClass, name, field, node }: Place): string {
  const panel = entryClass === 'cluster' ? clusterPanel(field) : `${PANELS[entryClass]}/${encodeURIComponent(name)}`;
  const sheet = node === undefined ? '' : `?node=${encodeURIComponent(node)}`;
  return `/smit/${panel}${sheet}${field === undefined ? '' : `#entry-${field}`}`;
}

const clusterPanel = (field = ''): string =>
  Object.hasOwn(CLUSTER_PANELS, field) ? (CLUSTER_PANELS[field] as string) : 'cm_auto_verification';
