import { COMPONENTS_PATH } from '../smit/components/paths.ts';
import { CLASS_PANELS } from '../smit/definition/class-panels.ts';

/** The leaf of the menu that is marked while a panel is open: its own, or the one from which it is reached. */
export const leafOf = (pathname: string): string => FAMILIES.find(({ below }) => pathname.startsWith(below))?.path ?? pathname;

/** Panels that are reached from a leaf of the menu keep that leaf marked. */
const FAMILIES = [
  { below: '/smit/cm_worksheet/', path: '/smit/cm_worksheet' },
  { below: '/runs/', path: '/runs' },
  { below: '/smit/cm_config_history/', path: '/smit/cm_config_history' },
  { below: '/smit/cm_event/', path: '/smit/cm_events' },
  { below: '/smit/cm_custom_event/', path: '/smit/cm_custom_events' },
  { below: '/smit/cm_add_custom_event', path: '/smit/cm_custom_events' },
  { below: '/smit/cm_script/', path: '/smit/cm_script_library' },
  { below: '/smit/cm_add_script', path: '/smit/cm_script_library' },
  { below: '/smit/cm_notification_method/', path: '/smit/cm_remote_notification' },
  { below: '/smit/cm_add_notification_method', path: '/smit/cm_remote_notification' },
  ...['add_component', 'change_component/', 'component/', 'component_run/'].map((below) => ({
    below: `/smit/cm_${below}`,
    path: COMPONENTS_PATH,
  })),
  ...Object.values(CLASS_PANELS).flatMap(({ list, one, add }) => [
    { below: `/smit/${one}/`, path: `/smit/${list}` },
    { below: `/smit/${add}`, path: `/smit/${list}` },
  ]),
];
