import { CLASS_WORDS } from '@fallover/events';
import type { ComponentType } from 'react';
import { type Later, USER_DEFINED_EVENTS } from './later.ts';
import { CLASS_PANELS, type TopologyClass } from './smit/definition/class-panels.ts';

type Loaded = Promise<{ default: ComponentType }>;

export interface Leaf {
  title: string;
  /** What is typed after `smit`; missing where SMIT has no such panel. */
  fastPath?: string;
  path: string;
  /** Other names that `/smit/…` knows it by: fast paths of HACMP that are seen in use, and none that is guessed. */
  aliases?: readonly string[];
  /** It comes in a later release; the panel says so. */
  later?: true;
  load: () => Loaded;
}

export interface Branch {
  title: string;
  items: Leaf[];
}

const smit = (title: string, fastPath: string, load: () => Loaded, aliases: readonly string[] = []): Leaf => ({
  title,
  fastPath,
  path: `/smit/${fastPath}`,
  aliases,
  load,
});

const comesLater = ({ title, fastPath }: Later): Leaf => ({
  ...smit(title, fastPath, () => import('./panels/comes-later/Panel.tsx')),
  later: true,
});

const topology = (entryClass: TopologyClass, aliases: readonly string[] = []): Leaf =>
  smit(
    CLASS_WORDS[entryClass].several,
    CLASS_PANELS[entryClass].list,
    async () => ({ default: (await import('./panels/entries/Panel.tsx')).entriesPanel(entryClass) }),
    aliases,
  );

/** The menu tree: what stands in the navigation, in SMIT's words. A panel is loaded when it is opened. */
export const MENU: Branch[] = [
  {
    title: 'Cluster',
    items: [
      { title: 'Home', path: '/', aliases: ['hacmp', 'sysmirror', 'cm_home'], load: () => import('./panels/home/Panel.tsx') },
      { title: 'Runs', path: '/runs', aliases: ['cm_runs'], load: () => import('./panels/runs/Panel.tsx') },
      smit('Run an Event', 'cm_run_event', () => import('./panels/run-event/Panel.tsx')),
    ],
  },
  {
    title: 'Manage Cluster Services',
    items: [
      smit('Show Cluster Services', 'cm_cluster_services', () => import('./panels/cluster-services/Panel.tsx')),
      smit('Start Cluster Services', 'clstart', () => import('./panels/cluster-services/StartPanel.tsx')),
      smit('Stop Cluster Services', 'clstop', () => import('./panels/cluster-services/StopPanel.tsx')),
    ],
  },
  {
    title: 'Cluster Nodes and Networks',
    items: [
      topology('node'),
      topology('site'),
      topology('network'),
      topology('interface'),
      topology('service_label', ['cm_service_ip']),
      smit('Fencing', 'cm_fencing', () => import('./panels/fencing/Panel.tsx')),
    ],
  },
  {
    title: 'Extended Event Configuration',
    items: [
      smit('Cluster Event Worksheet', 'cm_worksheet', () => import('./panels/worksheet/Panel.tsx')),
      smit('Configure Pre/Post-Event Commands', 'cm_custom_events', () => import('./panels/custom-events/Panel.tsx')),
      smit('Script Library', 'cm_script_library', () => import('./panels/script-library/Panel.tsx')),
      smit('Change/Show Pre-Defined Events', 'cm_events', () => import('./panels/events/Panel.tsx')),
      comesLater(USER_DEFINED_EVENTS),
      smit('Remote Notification Methods', 'cm_remote_notification', () => import('./panels/remote-notification/Panel.tsx')),
      smit('Remote Notification Settings', 'cm_notification_settings', () => import('./panels/notification-settings/Panel.tsx')),
      smit('Change/Show Time Until Warning', 'cm_time_until_warning', () => import('./panels/time-until-warning/Panel.tsx')),
      smit('Verify and Synchronise', 'cm_synchronise', () => import('./panels/synchronise/Panel.tsx'), ['cm_synchronize']),
      smit('Configuration History', 'cm_config_history', () => import('./panels/config-history/Panel.tsx')),
      smit('Import and Export', 'cm_import_export', () => import('./panels/import-export/Panel.tsx')),
    ],
  },
  {
    title: 'CTDB Event Scripts',
    items: [
      smit('Components', 'cm_components', () => import('./panels/components/Panel.tsx'), ['ctdb']),
      smit('Run an Event in a Component', 'cm_run_component_event', () => import('./panels/run-component-event/Panel.tsx')),
    ],
  },
  {
    title: 'Problem Determination Tools',
    items: [
      smit('View Event Summaries', 'cm_event_summaries', () => import('./panels/event-summaries/Panel.tsx')),
      smit('Automatic Verification', 'cm_auto_verification', () => import('./panels/auto-verification/Panel.tsx')),
      smit('Event Emulation', 'cm_event_emulation', () => import('./panels/emulation/Panel.tsx')),
      smit('Notifications', 'cm_notifications', () => import('./panels/notifications/Panel.tsx')),
      smit('Silences', 'cm_silences', () => import('./panels/silences/Panel.tsx')),
      smit('Recover From Script Failure', 'cm_recover', () => import('./panels/recover/Panel.tsx')),
      smit('Log Viewing', 'cm_log_viewing', () => import('./panels/log-viewing/Panel.tsx')),
      smit('SMIT Log and Script', 'cm_smit_log', () => import('./panels/smit-log/Panel.tsx')),
    ],
  },
];

const formOf = (entryClass: TopologyClass) => async () => ({
  default: (await import('./panels/entry/Panel.tsx')).entryPanel(entryClass),
});
const topologyForms = (Object.keys(CLASS_PANELS) as TopologyClass[]).flatMap((entryClass): Leaf[] => [
  {
    title: `Add a ${CLASS_WORDS[entryClass].title}`,
    path: `/smit/${CLASS_PANELS[entryClass].add}`,
    load: formOf(entryClass),
  },
  { title: CLASS_WORDS[entryClass].title, path: `/smit/${CLASS_PANELS[entryClass].one}/:name`, load: formOf(entryClass) },
]);

/** Panels that are reached from another one. */
export const FURTHER: Leaf[] = [
  ...topologyForms,
  {
    title: 'Worksheet of an Event',
    path: '/smit/cm_worksheet/:event',
    load: () => import('./panels/worksheet/EventPanel.tsx'),
  },
  { title: 'Event Customization', path: '/smit/cm_event/:event', load: () => import('./panels/event/Panel.tsx') },
  { title: 'Add a Custom Event', path: '/smit/cm_add_custom_event', load: () => import('./panels/custom-event/Panel.tsx') },
  { title: 'Custom Event', path: '/smit/cm_custom_event/:name', load: () => import('./panels/custom-event/Panel.tsx') },
  {
    title: 'Revision of the Configuration',
    path: '/smit/cm_config_history/:number',
    load: () => import('./panels/config-history/RevisionPanel.tsx'),
  },
  { title: 'Add a Library Script', path: '/smit/cm_add_script', load: () => import('./panels/script/Panel.tsx') },
  { title: 'Library Script', path: '/smit/cm_script/:name', load: () => import('./panels/script/Panel.tsx') },
  {
    title: 'Add a Remote Notification Method',
    path: '/smit/cm_add_notification_method',
    load: () => import('./panels/notification-method/Panel.tsx'),
  },
  {
    title: 'Remote Notification Method',
    path: '/smit/cm_notification_method/:name',
    load: () => import('./panels/notification-method/Panel.tsx'),
  },
  {
    title: 'Add a Component',
    path: '/smit/cm_add_component',
    load: () => import('./panels/component-settings/Panel.tsx'),
  },
  {
    title: 'Change/Show a Component',
    path: '/smit/cm_change_component/:component',
    load: () => import('./panels/component-settings/Panel.tsx'),
  },
  { title: 'Component', path: '/smit/cm_component/:component', load: () => import('./panels/component/Panel.tsx') },
  {
    title: 'Event Script',
    path: '/smit/cm_component/:component/:script',
    load: () => import('./panels/component-script/Panel.tsx'),
  },
  {
    title: 'Event of a Component',
    path: '/smit/cm_component_run/:component/:run',
    load: () => import('./panels/component-run/Panel.tsx'),
  },
  { title: 'Run', path: '/runs/:run', load: () => import('./panels/run/Panel.tsx') },
];

/** Where another name of a panel leads: `/smit/hacmp` is `/`. */
export function pathOfAlias(path: string): string | undefined {
  const [, first, alias, ...rest] = path.split('/');
  if (first !== 'smit' || alias === undefined || rest.length > 0) return undefined;
  return MENU.flatMap(({ items }) => items).find(({ aliases }) => aliases?.includes(alias.toLowerCase()))?.path;
}
