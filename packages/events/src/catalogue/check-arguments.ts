import { isIpLabel, NAME } from '../names.ts';
import type { InputFault, InputWarning } from '../wording/input.ts';
import { findEvent, PREDEFINED_EVENTS } from './catalogue.ts';
import { nearestName } from './nearest-name.ts';
import type { ArgumentKind, EventArgument } from './types.ts';
import { eventUsage } from './usage.ts';

/** What the cluster knows by name. A list that is not given is empty: nothing of the kind is defined. */
export interface KnownNames {
  nodes: readonly string[];
  networks?: readonly string[];
  interfaces?: readonly string[];
  serviceLabels?: readonly string[];
  sites?: readonly string[];
  resourceGroups?: readonly string[];
  applicationServers?: readonly string[];
  userDefinedEvents?: readonly string[];
}

export interface InputCheck {
  faults: InputFault[];
  warnings: InputWarning[];
}

const LONGEST_TEXT = 1024;

/** Refuses what cannot be an argument of the event. A name that is well formed but not defined is only warned about. */
export function checkArguments(event: string, args: readonly string[], known: KnownNames): InputCheck {
  const found = findEvent(event);
  if (!found) return { faults: [unknownEvent(event)], warnings: [] };
  const usage = eventUsage(found);
  const faults: InputFault[] = [];
  const warnings: InputWarning[] = [];
  for (const [index, argument] of found.arguments.entries()) {
    const values = argument.several ? args.slice(index) : args.slice(index, index + 1);
    if (values.length === 0 && argument.required) faults.push({ code: 'argument_missing', field: argument.name, usage });
    for (const text of values) {
      const fault = formFault(argument, text);
      const warning = fault ? undefined : notDefined(argument, text, known);
      if (fault) faults.push(fault);
      if (warning) warnings.push(warning);
    }
  }
  const extra = found.arguments.at(-1)?.several ? undefined : args[found.arguments.length];
  if (extra !== undefined) faults.push({ code: 'too_many_arguments', field: 'arguments', text: extra, usage });
  return { faults, warnings };
}

export function unknownEvent(text: string): InputFault {
  const names = PREDEFINED_EVENTS.map(({ name }) => name);
  const suggestion = nearestName(text, names);
  return { code: 'unknown_event', field: 'event', text, ...(suggestion === undefined ? {} : { suggestion }) };
}

/** Text that can be passed to a command and shown: no control characters, no half characters, not too long. */
export function textFault(text: string, field: string): InputFault | undefined {
  if (text.length > LONGEST_TEXT) return { code: 'text_too_long', field, length: text.length, most: LONGEST_TEXT };
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are just what is refused here
  if (/[\u0000-\u001f\u007f-\u009f]/.test(text) || !text.isWellFormed()) return { code: 'not_plain_text', field, text };
  return undefined;
}

function formFault({ name: field, kind, choices }: EventArgument, text: string): InputFault | undefined {
  switch (kind) {
    case 'node_or_all':
      return text === '-1' ? undefined : nameFault(text, field);
    case 'node':
    case 'network':
    case 'site':
    case 'resource_group':
    case 'application_server':
    case 'event':
      return nameFault(text, field);
    case 'network_interface':
    case 'service_label':
      return isIpLabel(text) ? undefined : { code: 'not_an_ip_label', field, text };
    case 'choice':
      return choices?.includes(text) ? undefined : { code: 'not_one_of', field, text, choices: choices ?? [] };
    case 'seconds':
      return wholeNumberFault(text, field, 999_999_999);
    case 'status':
      return wholeNumberFault(text, field, 255);
    case 'text':
      return textFault(text, field);
  }
}

const nameFault = (text: string, field: string): InputFault | undefined =>
  NAME.test(text) ? undefined : { code: 'not_a_name', field, text };

function wholeNumberFault(text: string, field: string, most: number): InputFault | undefined {
  if (!/^[0-9]+$/.test(text)) return { code: 'not_a_whole_number', field, text };
  return Number(text) > most ? { code: 'out_of_range', field, text: text.slice(0, 20), least: 0, most } : undefined;
}

function notDefined({ name: field, kind }: EventArgument, text: string, known: KnownNames): InputWarning | undefined {
  if (kind === 'node_or_all' && text === '-1') return undefined;
  const list = definedNames(kind, known);
  return !list || list.names.includes(text) ? undefined : { code: 'not_defined', field, text, what: list.what };
}

function definedNames(kind: ArgumentKind, known: KnownNames): { what: string; names: readonly string[] } | undefined {
  switch (kind) {
    case 'node':
    case 'node_or_all':
      return { what: 'node', names: known.nodes };
    case 'network':
      return { what: 'network', names: known.networks ?? [] };
    case 'network_interface':
      return { what: 'network interface', names: [...(known.interfaces ?? []), ...(known.serviceLabels ?? [])] };
    case 'service_label':
      return { what: 'service IP label', names: known.serviceLabels ?? [] };
    case 'site':
      return { what: 'site', names: known.sites ?? [] };
    case 'resource_group':
      return { what: 'resource group', names: known.resourceGroups ?? [] };
    case 'application_server':
      return { what: 'application server', names: known.applicationServers ?? [] };
    case 'event':
      return { what: 'cluster event', names: [...PREDEFINED_EVENTS.map(({ name }) => name), ...(known.userDefinedEvents ?? [])] };
    case 'choice':
    case 'seconds':
    case 'status':
    case 'text':
      return undefined;
  }
}
