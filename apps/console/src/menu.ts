import type { ComponentType } from 'react';

type Loaded = Promise<{ default: ComponentType }>;

export interface Leaf {
  title: string;
  /** What is typed after `smit`; missing where SMIT has no such panel. */
  fastPath?: string;
  path: string;
  load: () => Loaded;
}

export interface Branch {
  title: string;
  items: Leaf[];
}

const smit = (title: string, fastPath: string, load: () => Loaded): Leaf => ({
  title,
  fastPath,
  path: `/smit/${fastPath}`,
  load,
});

/** The menu tree: what stands in the navigation, in SMIT's words. A panel is loaded when it is opened. */
export const MENU: Branch[] = [
  {
    title: 'Cluster',
    items: [
      { title: 'Home', path: '/', load: () => import('./panels/home/Panel.tsx') },
      { title: 'Runs', path: '/runs', load: () => import('./panels/runs/Panel.tsx') },
      smit('Run an Event', 'cm_run_event', () => import('./panels/run-event/Panel.tsx')),
    ],
  },
  {
    title: 'Extended Event Configuration',
    items: [
      smit('Change/Show Pre-Defined Events', 'cm_events', () => import('./panels/events/Panel.tsx')),
      smit('Configure Pre/Post-Event Commands', 'cm_custom_events', () => import('./panels/custom-events/Panel.tsx')),
      smit('Synchronise', 'cm_synchronise', () => import('./panels/synchronise/Panel.tsx')),
    ],
  },
  {
    title: 'Problem Determination Tools',
    items: [
      smit('View Event Summaries', 'cm_event_summaries', () => import('./panels/event-summaries/Panel.tsx')),
      smit('Event Emulation', 'cm_event_emulation', () => import('./panels/emulation/Panel.tsx')),
      smit('Recover From Script Failure', 'cm_recover', () => import('./panels/recover/Panel.tsx')),
    ],
  },
];

/** Panels that are reached from another one. */
export const FURTHER: Leaf[] = [
  { title: 'Event Customization', path: '/smit/cm_event/:event', load: () => import('./panels/event/Panel.tsx') },
  { title: 'Add a Custom Event', path: '/smit/cm_add_custom_event', load: () => import('./panels/custom-event/Panel.tsx') },
  { title: 'Custom Event', path: '/smit/cm_custom_event/:name', load: () => import('./panels/custom-event/Panel.tsx') },
  { title: 'Run', path: '/runs/:run', load: () => import('./panels/run/Panel.tsx') },
];
