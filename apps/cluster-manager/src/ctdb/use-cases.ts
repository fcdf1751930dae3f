import type { ComponentView } from '@fallover/contract';
import { type ComponentFault, componentSentence, err, needsShutdown, ok, type Result, resultOf } from '@fallover/events';
import type { Refusal, UseCases } from '../http/use-cases.ts';
import type { Component } from './component-events.ts';
import { type ComponentPeer, compareNodes } from './component-peers.ts';
import type { ComponentList } from './component-list.ts';
import type { Components } from './components.ts';
import type { Declaration } from './declared-components.ts';
import type { Entered } from './node-lives.ts';
import { disableScript, enableScript } from './enable-script.ts';
import { readScript } from './read-script.ts';
import type { KeptRun, Results } from './results.ts';
import { type ComponentHealthView, componentView, notMonitored, runView, scriptResultView } from './views.ts';
import { verifyDirectory } from './verify-directory.ts';

export type ComponentUseCases = Pick<
  UseCases,
  | 'listComponents'
  | 'getComponent'
  | 'addComponent'
  | 'changeComponent'
  | 'deleteComponent'
  | 'getComponentScript'
  | 'enableComponentScript'
  | 'disableComponentScript'
  | 'runComponentEvent'
  | 'cancelComponentRun'
  | 'listComponentRuns'
  | 'getComponentRun'
  | 'getComponentStatus'
  | 'getComponentHealth'
  | 'verifyComponent'
>;

export interface ComponentUseCaseParts {
  node: string;
  list: ComponentList;
  components: Components;
  results: Results;
  now(): number;
  changed(): void;
  health(component: string): ComponentHealthView | undefined;
  others(): readonly ComponentPeer[];
  /** Waits for what has to come before the event in a component that is driven; missing: nothing has to. */
  enter?(component: string, event: string): Promise<Entered>;
  /** Of a component that is driven or was until now: its shutdown is not over yet. */
  owesShutdown(component: string): boolean;
  /** What is declared is other than before: what begins or ends by that does so at once. */
  declared(): void;
}

const STATUS = {
  no_component: 404,
  component_exists: 409,
  component_not_declared: 409,
  component_busy: 409,
  component_observed: 409,
  component_driven: 409,
  component_directory_missing: 409,
  equal_numbers: 409,
  not_a_component_path: 400,
  no_such_event_script: 404,
  not_an_event_script: 400,
  not_a_file_or_link: 409,
  script_not_changed: 409,
  script_not_readable: 409,
  event_never_run: 404,
  no_component_run: 404,
  component_run_over: 409,
  event_name_refused: 400,
  argument_count: 400,
  argument_refused: 400,
  startrecovery_failed: 409,
} as const satisfies Record<ComponentFault['code'], Refusal['status']>;

const refused = (fault: ComponentFault): { ok: false; error: Refusal } =>
  err({ code: fault.code, status: STATUS[fault.code], sentence: componentSentence(fault) });

/** In a list of components the output of every script of every event would be much. */
const withoutOutput = (view: ComponentView): ComponentView => ({
  ...view,
  scripts: view.scripts.map((script) => ({
    ...script,
    last: Object.fromEntries(
      Object.entries(script.last).map(([event, { output: _, debugOutput: __, ...result }]) => [event, result]),
    ),
  })),
});

/** Everything about the components of this node. */
export function componentUseCases(parts: ComponentUseCaseParts): ComponentUseCases {
  const { node, list, components, results, now, changed } = parts;
  const at = (): string => new Date(now()).toISOString();
  const viewOf = (component: Component) => componentView(component, parts);
  const changing = (done: Result<Component, ComponentFault>) => {
    if (!done.ok) return refused(done.error);
    parts.declared();
    changed();
    return ok(viewOf(done.value));
  };
  /** What is declared is not changed under an event that runs by it. */
  const busy = (name: string): ComponentFault | undefined => {
    const { running } = components.queueOf(name);
    return running && { code: 'component_busy', component: name, event: running.event };
  };
  /** What its scripts have started would go on for good if nobody could run their shutdown any more. */
  const driven = ({ name, mode }: Component): ComponentFault | undefined =>
    mode === 'driven' || parts.owesShutdown(name) ? { code: 'component_driven', component: name, mode } : undefined;
  /** A running event does not go by the mode; shutdown waits for its end, and ends a monitor. */
  const changesModeAlone = (kept: Component, { directory, profile, debugScript, mode }: Partial<Declaration>): boolean =>
    (directory ?? kept.directory) === kept.directory &&
    (profile ?? kept.profile) === kept.profile &&
    (debugScript ?? kept.debugScript ?? '') === (kept.debugScript ?? '') &&
    mode !== 'observed';
  const keptRun = (component: string, run: string): Result<KeptRun, ComponentFault> => {
    const kept = results.run(run);
    return kept?.component === component ? ok(kept) : err({ code: 'no_component_run', component, run });
  };
  const enabling = (name: string, script: string, enable: boolean) => {
    const found = list.find(name);
    if (!found.ok) return refused(found.error);
    const done = enable ? enableScript(found.value, script) : disableScript(found.value, script);
    if (!done.ok) return refused(done.error);
    if (done.value.changed) changed();
    return ok({ component: name, script, enabled: enable, ...done.value });
  };

  return {
    async listComponents() {
      const { base } = list;
      return ok({
        node,
        ...(base === undefined ? {} : { base }),
        components: list.all().map(viewOf).map(withoutOutput),
        at: at(),
      });
    },
    async getComponent({ parameters: { component } }) {
      const found = list.find(component);
      return found.ok ? ok(viewOf(found.value)) : refused(found.error);
    },
    async addComponent({ parameters: { component }, body: { directory, profile, mode, debugScript } }) {
      return changing(list.add(component, { directory, profile, mode, ...(debugScript ? { debugScript } : {}) }));
    },
    async changeComponent({ parameters: { component }, body: { directory, profile, mode, debugScript } }) {
      const found = list.find(component);
      if (!found.ok) return refused(found.error);
      const kept = found.value;
      const change: Declaration = {
        ...(directory === undefined ? {} : { directory }),
        ...(profile === undefined ? {} : { profile }),
        ...(mode === undefined ? {} : { mode }),
        ...(debugScript === undefined ? {} : { debugScript }),
      };
      const fault =
        (needsShutdown(kept, change) ? driven(kept) : undefined) ??
        (changesModeAlone(kept, change) ? undefined : busy(component));
      return fault ? refused(fault) : changing(list.change(component, change));
    },
    async deleteComponent({ parameters: { component } }) {
      const found = list.find(component);
      const fault = (found.ok ? driven(found.value) : undefined) ?? busy(component);
      const done = fault ? err(fault) : list.remove(component);
      if (!done.ok) return refused(done.error);
      parts.declared();
      changed();
      const sentence = list.find(component).ok
        ? `The component ${component} is again as it was found below the base.`
        : `The component ${component} is not declared any more. Its directory was not touched.`;
      return ok({ component, sentence });
    },
    async getComponentScript({ parameters: { component, script } }) {
      const found = list.find(component);
      const read = found.ok ? readScript(found.value, script) : found;
      return read.ok ? read : refused(read.error);
    },
    enableComponentScript: async ({ parameters: { component, script } }) => enabling(component, script, true),
    disableComponentScript: async ({ parameters: { component, script } }) => enabling(component, script, false),
    async runComponentEvent(
      { parameters: { component }, body: { event, args, timeoutSeconds, wait } },
      { principal, signal, request },
    ) {
      // Whoever asks again after this daemon was started anew is told of the event that was asked for: it is not run twice.
      const before = results.askedBy(request.id);
      if (before) return ok(runView(before, false));
      const entered = (await parts.enter?.(component, event)) ?? { ok: true, leave() {} };
      if (!entered.ok) return refused({ code: 'startrecovery_failed', component, event });
      const asked = components.ask(component, event, args, {
        origin: { kind: 'person', name: principal.name },
        request: request.id,
        ...(timeoutSeconds === undefined ? {} : { timeoutMs: timeoutSeconds * 1000 }),
        // Without `wait` whoever asks goes away at once; only the end of the daemon is left, and that is the launcher's to outlive.
        ...(wait ? { signal } : {}),
      });
      if (!asked.ok) {
        entered.leave('cancelled');
        return refused(asked.error);
      }
      const { run, done } = asked.value;
      void done.then(({ outcome }) => entered.leave(outcome));
      if (wait) await done;
      const kept = keptRun(component, run);
      return kept.ok ? ok(runView(kept.value, false)) : refused(kept.error);
    },
    async cancelComponentRun({ parameters: { component, run } }) {
      const kept = keptRun(component, run);
      if (!kept.ok) return refused(kept.error);
      if (!components.cancel(run)) return refused({ code: 'component_run_over', component, run });
      return ok(runView(results.run(run) ?? kept.value, false));
    },
    async listComponentRuns({ parameters: { component }, query: { event, before, limit } }) {
      const runs = results.runs(component, {
        limit: limit + 1,
        ...(event === undefined ? {} : { event }),
        ...(before === undefined ? {} : { before }),
      });
      return ok({ runs: runs.slice(0, limit).map((kept) => runView(kept, false)), more: runs.length > limit });
    },
    async getComponentRun({ parameters: { component, run } }) {
      const kept = keptRun(component, run);
      return kept.ok ? ok(runView(kept.value)) : refused(kept.error);
    },
    async getComponentStatus({ parameters: { component, event } }) {
      const found = list.find(component);
      if (!found.ok) return refused(found.error);
      const kept = results.status(component, event);
      if (!kept) return refused({ code: 'event_never_run', component, event });
      const failed = kept.scripts.find(({ status }) => status !== undefined && status !== 'OK' && status !== 'DISABLED');
      const summary = failed?.summary ?? failed?.exitStatus;
      const result = summary === undefined ? resultOf(kept.outcome ?? 'ok') : Math.abs(summary);
      return ok({ component, event, result, scripts: kept.scripts.map((script) => scriptResultView(script, true)) });
    },
    async getComponentHealth({ parameters: { component }, query: { limit } }) {
      const found = list.find(component);
      if (!found.ok) return refused(found.error);
      const monitor = results.monitors(component, limit).flatMap(({ id, endedAt, acceptedAt, outcome, scripts }) => {
        if (endedAt === undefined || outcome === undefined) return [];
        const script = outcome === 'ok' ? undefined : scripts.at(-1)?.script;
        return [
          {
            ...{ run: id, at: new Date(acceptedAt).toISOString(), outcome, durationMs: Math.max(0, endedAt - acceptedAt) },
            ...(script === undefined ? {} : { script }),
          },
        ];
      });
      return ok({ health: parts.health(component) ?? notMonitored(node, found.value), monitor });
    },
    async verifyComponent({ parameters: { component } }) {
      const found = list.find(component);
      if (!found.ok) return refused(found.error);
      const own = verifyDirectory(found.value).map((finding) => ({ ...finding, node }));
      const { findings, compared, unanswered } = await compareNodes(node, found.value, parts.others());
      return ok({
        ...{ component, directory: found.value.directory, compared, unanswered, at: at() },
        findings: [...own, ...findings],
      });
    },
  };
}
