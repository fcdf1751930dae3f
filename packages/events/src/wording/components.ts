import type { ScriptEventFault } from '../ctdb/check-script-event.ts';
import type { EqualNumbers, IgnoredFor } from '../ctdb/script-names.ts';
import type { ComponentMode, ComponentRunState, EventOutcomeKind, ScriptStatus } from '../ctdb/words.ts';
import { listed } from './listed.ts';
import { quoted } from './quoted.ts';

/** What is refused of a component of event scripts. */
export type ComponentFault =
  | { code: 'no_component'; component: string }
  | { code: 'component_exists'; component: string; directory: string }
  | { code: 'component_not_declared'; component: string }
  | { code: 'component_busy'; component: string; event: string }
  | { code: 'component_observed'; component: string }
  /** `mode`: what it is set to; its shutdown is owed all the same. */
  | { code: 'component_driven'; component: string; mode: ComponentMode }
  | { code: 'component_directory_missing'; component: string; directory: string; reason: string }
  | { code: 'equal_numbers'; component: string; directory: string; equalNumbers: EqualNumbers[] }
  | { code: 'not_a_component_path'; field: string; text: string }
  | { code: 'no_such_event_script'; component: string; script: string }
  | { code: 'not_an_event_script'; component: string; script: string }
  | { code: 'not_a_file_or_link'; path: string }
  | { code: 'script_not_changed'; path: string; reason: string }
  | { code: 'script_not_readable'; path: string; reason: string }
  | { code: 'event_never_run'; component: string; event: string }
  | { code: 'no_component_run'; component: string; run: string }
  | { code: 'component_run_over'; component: string; run: string }
  | { code: 'startrecovery_failed'; component: string; event: string }
  | ScriptEventFault;

export function componentSentence(fault: ComponentFault): string {
  switch (fault.code) {
    case 'no_component':
      return `There is no component ${quoted(fault.component)} on this node. See what there is with: fallover query component`;
    case 'component_exists':
      return `The component ${fault.component} is there already, with the directory ${fault.directory}. Change it with: fallover modify component ${fault.component} …`;
    case 'component_not_declared':
      return `Nothing was declared of the component ${fault.component}: it is a directory below the base. Disable its scripts, or move the directory away.`;
    case 'component_busy':
      return `The event ${fault.event} runs or waits in the component ${fault.component}. Cancel it or wait for its end, then try again.`;
    case 'component_observed':
      return `The component ${fault.component} is observed: the ctdbd of this node runs its events, and Fallover runs none beside it. Use ctdb event run, or change the mode with: fallover modify component ${fault.component} mode=manual`;
    case 'component_driven':
      return fault.mode === 'driven'
        ? `The component ${fault.component} is driven, and what its scripts have started goes on until its shutdown has run: set it to manual first (fallover modify component ${fault.component} mode=manual), and when that shutdown is over do this again.`
        : `The shutdown of the component ${fault.component} is not over yet: what its scripts have started goes on until then. See what runs (fallover query component ${fault.component}), and when it is over do this again.`;
    case 'component_directory_missing':
      return `The directory ${fault.directory} of the component ${fault.component} cannot be read (${fault.reason}). Make it, or correct it with: fallover modify component ${fault.component} directory=…`;
    case 'equal_numbers':
      return `In ${fault.directory} ${listed(fault.equalNumbers.map(({ number, files }) => `${listed(files)} have the number ${number}`))}, and under the profile readme each number may be there once, so no event of ${fault.component} is run. Rename all but one, or use the profile ctdb.`;
    case 'not_a_component_path':
      return `${fault.field} ${quoted(fault.text)} has to be a full pathname, beginning with / and without "..".`;
    case 'no_such_event_script':
      return `There is no event script ${quoted(fault.script)} in the component ${fault.component}, nor is one of this name installed.`;
    case 'not_an_event_script':
      return `${quoted(fault.script)} is no name of an event script in the component ${fault.component}. It has to begin with two digits and a dot.`;
    case 'not_a_file_or_link':
      return `${fault.path} is not a file or a link, so it can be neither enabled nor disabled.`;
    case 'script_not_changed':
      return `${fault.path} could not be changed (${fault.reason}). Nothing was done.`;
    case 'script_not_readable':
      return `${fault.path} cannot be read (${fault.reason}).`;
    case 'event_never_run':
      return `The event ${quoted(fault.event)} has never run in the component ${fault.component}, so there is no status of it.`;
    case 'no_component_run':
      return `There is no event ${quoted(fault.run)} of the component ${fault.component}, or it is not kept any longer.`;
    case 'component_run_over':
      return `The event ${quoted(fault.run)} of the component ${fault.component} is over already. Nothing was done.`;
    case 'startrecovery_failed':
      return `The startrecovery that comes before ${fault.event} has failed in the component ${fault.component}, so ${fault.event} was not run. See what it said with: fallover ctdb event status ${fault.component} startrecovery`;
    case 'event_name_refused':
      return `${quoted(fault.event)} is no name of an event: it has 1 to 64 letters, digits, dots, underscores and hyphens, and begins with a letter or a digit.`;
    case 'argument_count':
      return `The event ${fault.event} has ${countOf(fault.expected)}${USAGE[fault.event] ?? ''}, and ${fault.given} ${fault.given === 1 ? 'was' : 'were'} given.`;
    case 'argument_refused':
      return `Argument ${fault.place} of the event ${fault.event} is empty, or has a blank or a control character in it. CTDB's event scripts cannot be given one.`;
  }
}

const USAGE: Readonly<Record<string, string>> = {
  takeip: ' (IFACE IP MASKBITS)',
  releaseip: ' (IFACE IP MASKBITS)',
  updateip: ' (OLD_IFACE NEW_IFACE IP MASKBITS)',
};

const countOf = (count: number): string => (count === 0 ? 'no arguments' : `${count} arguments`);

/** Why a file of a component's directory is not an event script. */
export function ignoredSentence(file: string, why: IgnoredFor): string {
  const named = quoted(file);
  switch (why) {
    case 'no_number':
      return `${named} is ignored: it does not begin with two digits and a dot.`;
    case 'no_script_suffix':
      return `${named} is ignored: under the profile ctdb the name of a script ends in .script.`;
    case 'other_suffix':
      return `${named} is ignored: what stands behind its last dot is not script, as in a copy that an editor or a package leaves.`;
    case 'backup':
      return `${named} is ignored: it ends in ~, as the copy that an editor leaves.`;
    case 'no_name':
      return `${named} is ignored: it has no name behind its number.`;
    case 'not_utf8':
      return `${named} is ignored: its name is not UTF-8. Rename it.`;
  }
}

export interface ToldScript {
  script: string;
  status?: ScriptStatus | undefined;
  exitStatus?: number | undefined;
  signal?: string | undefined;
  reason?: string | undefined;
}

/** What came of an event of a component, in one sentence. */
export function componentRunSentence(run: {
  component: string;
  event: string;
  state: ComponentRunState;
  outcome?: EventOutcomeKind | undefined;
  scripts: readonly ToldScript[];
  toRun: readonly string[];
  timeoutSeconds?: number | undefined;
  /** A ctdbd has run it; Fallover has only seen it. */
  observed?: boolean;
}): string {
  const { component, event, scripts } = run;
  const last = scripts.at(-1);
  const named = `${event} in ${component}`;
  if (run.state === 'waiting') return `${named} waits until the event before it is over.`;
  if (run.state === 'running') return last ? `${named} runs: ${last.script}.` : `${named} runs.`;
  if (run.observed) {
    if (run.outcome === 'cancelled') return `${named} was cancelled: CTDB ran another event, and keeps no status of it.`;
    if (run.outcome === 'interrupted')
      return `CTDB has run ${named}. How it ended is not known: the status of it was overtaken, or ctdb event status could not be asked.`;
  }
  switch (run.outcome) {
    case undefined:
    case 'ok':
      return scripts.length === 0 ? `${named} is done: there are no scripts.` : `${named} is done.`;
    case 'failed':
      return last ? `${named} failed in ${last.script}: ${howItEnded(last)}.` : `${named} failed.`;
    case 'timed_out': {
      const after = run.timeoutSeconds === undefined ? '' : ` after ${run.timeoutSeconds} s`;
      return `${named} timed out${after}${last ? ` in ${last.script}, which was ended` : ''}.`;
    }
    case 'cancelled':
      return last
        ? `${named} was cancelled in ${last.script}; its status is that of the time before.`
        : `${named} was cancelled before a script was started.`;
    case 'no_directory':
      return `${named} was not run: the directory of the component is not there.`;
    case 'interrupted':
      return `${named} was interrupted, because the cluster manager went away${last ? ` while ${last.script} was its script` : ''}. ${run.toRun.length === 0 ? 'No script of it was run a second time.' : `${listed(run.toRun)} ${run.toRun.length === 1 ? 'was' : 'were'} not run.`} Run the event again if it is still wanted.`;
  }
}

function howItEnded({ exitStatus, signal, reason }: ToldScript): string {
  if (reason !== undefined) return reason.replace(/\.$/, '');
  return signal === undefined ? `exit status ${exitStatus ?? '?'}` : `signal ${signal}`;
}

/** What is found in the directory of a component beside what is refused. */
export type DirectoryFact =
  | { code: 'equal_numbers_allowed'; number: string; files: string[] }
  | { code: 'installed_not_enabled'; names: string[] }
  | { code: 'link_leads_nowhere'; name: string; link: string }
  | { code: 'script_not_a_file'; name: string }
  | { code: 'script_disabled'; name: string }
  | { code: 'counts_as_disabled'; name: string; isEmpty: boolean }
  | { code: 'only_on_node'; name: string; node: string; other: string }
  | { code: 'script_differs'; name: string; node: string; other: string }
  | { code: 'enabled_differs'; name: string; node: string; other: string }
  | { code: 'no_such_component'; name: string; node: string };

export function directoryFactSentence(fact: DirectoryFact): string {
  switch (fact.code) {
    case 'equal_numbers_allowed':
      return `${listed(fact.files)} have the number ${fact.number}. They run in this order; the profile readme would refuse them.`;
    case 'installed_not_enabled':
      return `Installed and not enabled: ${listed(fact.names)}.`;
    case 'link_leads_nowhere':
      return `${fact.name} is a link to ${fact.link}, where nothing is: every event of the component fails at it. Disable it, or put the script there.`;
    case 'script_not_a_file':
      return `${fact.name} is not a regular file: it counts as disabled.`;
    case 'script_disabled':
      return `${fact.name} is disabled: its owner may not execute it.`;
    case 'counts_as_disabled':
      return `${fact.name} can be executed and is ${fact.isEmpty ? 'empty' : 'neither a program nor begins with #!'}: it counts as disabled, and no event says so.`;
    case 'only_on_node':
      return `${fact.name} is on node ${fact.node} and not on node ${fact.other}.`;
    case 'script_differs':
      return `${fact.name} has other contents on node ${fact.other} than on node ${fact.node}.`;
    case 'enabled_differs':
      return `${fact.name} is enabled on node ${fact.node} and disabled on node ${fact.other}.`;
    case 'no_such_component':
      return `There is no component ${fact.name} on node ${fact.node}.`;
  }
}
