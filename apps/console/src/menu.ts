import { CLASS_WORDS } from '@fallover/events';
import type { ComponentType } from 'react';
import { type Later, LOG_VIEWING, REMOTE_NOTIFICATION, USER_DEFINED_EVENTS } from './later.ts';
import { CLASS_PANELS, type TopologyClass } from './smit/definition/class-panels.ts';

type Loaded = Promise<{ default: ComponentType }>;

export interface Leaf {
  title: string;
  /** What is typed after `smit`; missing where SMIT has no such panel. */
  fastPath?: string;
  path: string;
  /** Other names that `/smit/…` knows it by: those of HACMP's own panels. */
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

const comesLater = ({ title, fastPath }: Later, aliases: readonly string[]): Leaf => ({
  ...smit(title, fastPath, () => import('./panels/comes-later/Panel.tsx'), aliases),
  later: true,
});

const topology = (entryClass: TopologyClass, aliases: readonly string[]): Leaf =>
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
    title: 'Cluster Nodes and Networks',
    items: [
      topology('node', ['cm_config_nodes', 'cm_manage_nodes']),
      topology('site', ['cm_config_sites', 'cm_manage_sites']),
      topology('network', ['cm_config_networks', 'cm_manage_networks']),
      topology('interface', ['cm_config_interfaces', 'cm_manage_interfaces', 'cm_communication_interfaces']),
      topology('service_label', ['cm_config_service_labels', 'cm_service_ip', 'cm_service_addresses']),
    ],
  },
  {
    title: 'Extended Event Configuration',
    items: [
      smit('Cluster Event Worksheet', 'cm_worksheet', () => import('./panels/worksheet/Panel.tsx'), ['cm_event_worksheet']),
      smit('Configure Pre/Post-Event Commands', 'cm_custom_events', () => import('./panels/custom-events/Panel.tsx'), [
        'cm_pre_post_events',
        'cm_config_custom_events',
        'cm_cust_events',
      ]),
      smit('Script Library', 'cm_script_library', () => import('./panels/script-library/Panel.tsx'), ['cm_scripts']),
      smit('Change/Show Pre-Defined Events', 'cm_events', () => import('./panels/events/Panel.tsx'), [
        'cm_predefined_events',
        'cm_change_show_events',
        'cm_chg_events',
      ]),
      comesLater(USER_DEFINED_EVENTS, ['cm_user_events', 'cm_ude']),
      comesLater(REMOTE_NOTIFICATION, ['cm_notify_methods', 'cm_pager', 'cm_add_notify_method']),
      smit('Change/Show Time Until Warning', 'cm_time_until_warning', () => import('./panels/time-until-warning/Panel.tsx'), [
        'cm_time_before_warning',
        'cm_config_too_long',
        'cm_event_duration',
      ]),
      smit('Verify and Synchronise', 'cm_synchronise', () => import('./panels/synchronise/Panel.tsx'), [
        'cm_synchronize',
        'cm_ver_and_sync',
        'cm_verify_and_sync',
        'cm_verify',
      ]),
      smit('Configuration History', 'cm_config_history', () => import('./panels/config-history/Panel.tsx'), [
        'cm_snapshots',
        'cm_cfg_snap_menu',
        'cm_revisions',
      ]),
      smit('Import and Export', 'cm_import_export', () => import('./panels/import-export/Panel.tsx'), [
        'cm_import',
        'cm_export',
        'cm_convert_snapshot',
      ]),
    ],
  },
  {
    title: 'Problem Determination Tools',
    items: [
      smit('View Event Summaries', 'cm_event_summaries', () => import('./panels/event-summaries/Panel.tsx'), [
        'cm_view_event_summaries',
        'cm_show_event_summaries',
      ]),
      smit('Automatic Verification', 'cm_auto_verification', () => import('./panels/auto-verification/Panel.tsx'), [
        'cm_automatic_verification',
        'cm_daily_verification',
        'cm_auto_cluster_monitoring',
      ]),
      smit('Event Emulation', 'cm_event_emulation', () => import('./panels/emulation/Panel.tsx'), [
        'cm_emulation',
        'cm_emulate_events',
      ]),
      smit('Recover From Script Failure', 'cm_recover', () => import('./panels/recover/Panel.tsx'), [
        'cm_recover_from_script_failure',
        'cm_script_failure',
      ]),
      comesLater(LOG_VIEWING, ['cm_view_logs', 'cm_log_management']),
      smit('SMIT Log and Script', 'cm_smit_log', () => import('./panels/smit-log/Panel.tsx'), ['cm_smit_script']),
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
  { title: 'Run', path: '/runs/:run', load: () => import('./panels/run/Panel.tsx') },
];

/** Where another name of a panel leads: `/smit/cm_predefined_events` is `/smit/cm_events`. */
export function pathOfAlias(path: string): string | undefined {
  const [, first, alias, ...rest] = path.split('/');
  if (first !== 'smit' || alias === undefined || rest.length > 0) return undefined;
  return MENU.flatMap(({ items }) => items).find(({ aliases }) => aliases?.includes(alias.toLowerCase()))?.path;
}
