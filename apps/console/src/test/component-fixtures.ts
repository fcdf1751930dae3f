import type { ComponentRunView, ComponentScriptView, ComponentView, ScriptResultView } from '@fallover/contract';

const AT = '2026-11-23T14:22:10.000Z';

export const scriptResult = (more: Partial<ScriptResultView> = {}): ScriptResultView => ({
  ...{ script: '10.interface', status: 'OK', exitStatus: 0, startedAt: AT, durationMs: 40, output: '' },
  ...more,
});

export const componentScript = (more: Partial<ComponentScriptView> = {}): ComponentScriptView => ({
  ...{ name: '10.interface', file: '10.interface.script', enabled: true, installed: false, last: {} },
  ...more,
});

export const componentRun = (more: Partial<ComponentRunView> = {}): ComponentRunView => ({
  ...{ id: '019aaf00-0000-7000-8000-000000000001', component: 'legacy', event: 'monitor', args: [] },
  ...{ origin: { kind: 'person', name: 'ada' }, state: 'ended', outcome: 'ok', result: 0 },
  ...{ sentence: 'monitor in legacy is done.', acceptedAt: AT, startedAt: AT, endedAt: AT, durationMs: 90 },
  ...{ timeoutSeconds: 30, scripts: [scriptResult()], toRun: [] },
  ...more,
});

/** Two scripts of which the second one failed in the last monitor. */
export function componentView(more: Partial<ComponentView> = {}): ComponentView {
  const failed = scriptResult({ script: '50.samba', status: 'ERROR', exitStatus: 1, output: 'smbd is not running\n' });
  const {
    scripts: _,
    toRun: __,
    ...monitor
  } = componentRun({
    ...{ outcome: 'failed', result: 8, sentence: 'monitor in legacy failed in 50.samba: exit status 1.' },
  });
  return {
    ...{ name: 'legacy', node: 'nodea', directory: '/etc/ctdb/events/legacy', source: 'base', profile: 'ctdb', mode: 'driven' },
    base: '/etc/ctdb',
    scripts: [
      componentScript({ last: { monitor: scriptResult() } }),
      componentScript({ name: '50.samba', file: '50.samba.script', last: { monitor: failed } }),
    ],
    installed: [],
    events: [monitor],
    waiting: [],
    health: { state: 'unhealthy', since: AT, sentence: 'Node nodea is UNHEALTHY in component legacy.' },
    ...more,
  };
}
