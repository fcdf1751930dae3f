import type { ComponentRunView, ComponentScriptView, ComponentView, ScriptResultView } from '@fallover/contract';
import {
  type AskedEvent,
  componentRunSentence,
  componentSentence,
  notMonitoredSentence,
  resultOf,
  startFaultSentence,
} from '@fallover/events';
import { checkTrust } from '../executor/launcher/trust.ts';
import type { Component } from './component-events.ts';
import type { Components } from './components.ts';
import { type FoundScript, installedScripts, readComponentDirectory } from './read-directory.ts';
import type { KeptRun, KeptScript, Results } from './results.ts';

export type ComponentHealthView = ComponentView['health'];

export interface ViewParts {
  node: string;
  components: Components;
  results: Results;
  /** As whoever drives or observes the component sees it; undefined: it is manual. */
  health(component: string): ComponentHealthView | undefined;
}

const iso = (at: number): string => new Date(at).toISOString();

/** Everything but the output, which lists leave out. */
export function scriptResultView(kept: KeptScript, withOutput: boolean): ScriptResultView {
  const { script, status, exitStatus, signal, reason, startedAt, durationMs, output, outputCut, debugOutput, summary } = kept;
  return {
    script,
    ...(status === undefined ? {} : { status }),
    ...(exitStatus === undefined ? {} : { exitStatus }),
    ...(signal === undefined ? {} : { signal }),
    ...(reason === undefined ? {} : { reason }),
    ...(status === 'CANNOT RUN' && summary !== undefined ? { errno: -summary } : {}),
    ...(startedAt === undefined ? {} : { startedAt: iso(startedAt) }),
    ...(durationMs === undefined ? {} : { durationMs }),
    ...(withOutput && status !== undefined ? { output } : {}),
    ...(outputCut === undefined ? {} : { outputCut }),
    ...(withOutput && debugOutput !== undefined ? { debugOutput } : {}),
  };
}

export function runView(kept: KeptRun, withOutput = true): ComponentRunView {
  const { id, component, event, args, origin, acceptedAt, startedAt, endedAt, outcome, timeoutMs, planned } = kept;
  const state = endedAt !== undefined ? 'ended' : startedAt === undefined ? 'waiting' : 'running';
  const scripts = kept.scripts.map((script) => scriptResultView(script, withOutput));
  const toRun = state === 'waiting' || outcome === 'failed' || outcome === 'timed_out' ? [] : planned.slice(scripts.length);
  const timeoutSeconds = timeoutMs === undefined ? undefined : timeoutMs / 1000;
  return {
    ...{ id, component, event, args, origin, state, scripts },
    ...(outcome === undefined ? {} : { outcome, result: resultOf(outcome) }),
    sentence: componentRunSentence({
      observed: origin.kind === 'ctdbd',
      component,
      event,
      state,
      outcome,
      scripts,
      toRun,
      timeoutSeconds,
    }),
    acceptedAt: iso(acceptedAt),
    ...(startedAt === undefined ? {} : { startedAt: iso(startedAt) }),
    ...(endedAt === undefined ? {} : { endedAt: iso(endedAt), durationMs: endedAt - acceptedAt }),
    ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }),
    toRun: state === 'running' ? toRun : [],
  };
}

export function componentView(component: Component, parts: ViewParts): ComponentView {
  const { node, components, results } = parts;
  const { name, directory, source, profile, mode, base, debugScript } = component;
  const read = readComponentDirectory(component);
  const last = results.lastOfEach(name);
  const installed = installedScripts(component);
  const runOf = (asked: AskedEvent | undefined): ComponentRunView | undefined => {
    const kept = asked && results.run(asked.run);
    return kept && runView(kept);
  };
  const queue = components.queueOf(name);
  const running = runOf(queue.running);
  const fault = read.ok
    ? profile === 'readme' && read.value.equalNumbers.length > 0
      ? componentSentence({ code: 'equal_numbers', component: name, directory, equalNumbers: read.value.equalNumbers })
      : undefined
    : componentSentence(read.error);
  const scripts = read.ok ? read.value.scripts : [];
  return {
    ...{ name, node, directory, source, profile, mode },
    ...(base === undefined ? {} : { base }),
    ...(debugScript === undefined ? {} : { debugScript }),
    ...(fault === undefined ? {} : { fault }),
    scripts: scripts.map((script) => scriptView(script, installed, lastOf(results, name, last))),
    installed: installed.map(({ name: script, path }) => ({ name: script, path })),
    events: last.map((kept) => {
      const { scripts: _, toRun: __, ...run } = runView(kept, false);
      return run;
    }),
    ...(running === undefined ? {} : { running }),
    waiting: queue.waiting.flatMap((asked) => runOf(asked) ?? []),
    health: parts.health(name) ?? notMonitored(node, component),
  };
}

/** The runs that say the status of each event. */
const lastOf = (results: Results, component: string, last: readonly KeptRun[]): KeptRun[] =>
  last.flatMap(({ event }) => results.status(component, event) ?? []);

function scriptView(
  { name, file, path, enabled, link }: FoundScript,
  installed: readonly { name: string; path: string }[],
  statuses: readonly KeptRun[],
): ComponentScriptView {
  const fault = enabled ? checkTrust(path) : undefined;
  const last = statuses.flatMap(({ event, scripts }) => {
    const found = scripts.find(({ script }) => script === name);
    return found ? [[event, scriptResultView(found, true)] as const] : [];
  });
  return {
    ...{ name, file, enabled },
    ...(link === undefined ? {} : { link }),
    installed: installed.some((one) => one.name === name && one.path === link),
    ...(fault === undefined ? {} : { fault: startFaultSentence(fault) }),
    last: Object.fromEntries(last),
  };
}

/** Nobody drives or observes it. */
export const notMonitored = (node: string, { name }: Component): ComponentHealthView => ({
  state: 'not_monitored',
  sentence: notMonitoredSentence({ node, component: name }),
});
