/** Where the panels of components are. */
export const COMPONENTS_PATH = '/smit/cm_components';

export const ADD_COMPONENT_PATH = '/smit/cm_add_component';

export const changeComponentPath = (component: string): string => `/smit/cm_change_component/${encodeURIComponent(component)}`;

export const componentPath = (component: string): string => `/smit/cm_component/${encodeURIComponent(component)}`;

export const componentScriptPath = (component: string, script: string): string =>
  `${componentPath(component)}/${encodeURIComponent(script)}`;

export const componentRunPath = (component: string, run: string): string =>
  `/smit/cm_component_run/${encodeURIComponent(component)}/${encodeURIComponent(run)}`;

/** The panel that runs an event, with what is known of it filled in. */
export const runComponentEventPath = (component: string, event?: string, args: readonly string[] = []): string =>
  `/smit/cm_run_component_event?${new URLSearchParams([
    ['component', component],
    ...(event === undefined ? [] : [['event', event]]),
    ...args.map((arg) => ['arg', arg]),
  ])}`;
