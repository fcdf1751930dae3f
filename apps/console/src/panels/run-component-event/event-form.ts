import type { ComponentView } from '@fallover/contract';
import { checkScriptEvent, componentSentence, SCRIPT_EVENTS, type ScriptEvent } from '@fallover/events';

/** What each argument of an event is, in the words of CTDB. */
const ARGUMENT_NAMES: Partial<Record<ScriptEvent, readonly string[]>> = {
  takeip: ['IFACE', 'IP', 'MASKBITS'],
  releaseip: ['IFACE', 'IP', 'MASKBITS'],
  updateip: ['OLD_IFACE', 'NEW_IFACE', 'IP', 'MASKBITS'],
};

export const ARGUMENT_WORDS: Readonly<Record<string, string>> = {
  IFACE: 'The network interface, such as eth0.',
  OLD_IFACE: 'The network interface that has the address now.',
  NEW_IFACE: 'The network interface that gets it.',
  IP: 'The public address that is moved.',
  MASKBITS: 'How many bits of the address are its network.',
};

const MEANINGS: Record<ScriptEvent, string> = {
  startup: 'starts the services, once the node is ready',
  shutdown: 'stops the services: the node goes away',
  monitor: 'asks whether the services are well',
  takeip: 'takes a public address',
  releaseip: 'gives a public address up',
  startrecovery: 'before addresses are moved',
  recovered: 'after addresses were moved',
  stopped: 'the node was stopped, and takes part in nothing',
  init: 'first of all at the start of the node',
  setup: 'after init, before startup',
  updateip: 'moves a public address to another interface of this node',
  startipreallocate: 'before addresses are given to nodes anew',
  ipreallocated: 'after addresses were given to nodes anew',
};

/** Who uses what the node serves is without it afterwards. */
const TAKES_AWAY: readonly string[] = ['shutdown', 'releaseip', 'stopped'] satisfies ScriptEvent[];
export const takesAway = (event: string): boolean => TAKES_AWAY.includes(event);

const isScriptEvent = (event: string): event is ScriptEvent => Object.hasOwn(SCRIPT_EVENTS, event);

/** The arguments of an event that CTDB knows; undefined: an event of the administrator's own, which may have any. */
export const argumentNames = (event: string): readonly string[] | undefined =>
  isScriptEvent(event) ? (ARGUMENT_NAMES[event] ?? []) : undefined;

export const meaningOf = (event: string): string | undefined => (isScriptEvent(event) ? MEANINGS[event] : undefined);

export interface EventForm {
  component: string;
  event: string;
  /** In their order; for an event of the administrator's own as many as there are. */
  args: readonly string[];
  timeout: string;
}

const LONGEST_SECONDS = 86_400;

/** What is wrong with a form, by field; `args.N` is an argument. */
export type FormFaults = Readonly<Record<string, string>>;

export function formFaults({ component, event, args, timeout }: EventForm): FormFaults {
  const faults: Record<string, string> = {};
  if (component === '') faults.component = 'Choose the component.';
  if (event === '') faults.event = 'Choose the event, or type it.';
  const names = argumentNames(event);
  for (const [index, name] of (names ?? []).entries()) {
    const value = args[index] ?? '';
    if (value === '') faults[`args.${index}`] = `${name} is missing.`;
    else if (/\s/.test(value)) faults[`args.${index}`] = `${name} has a blank in it, which CTDB's event scripts cannot be given.`;
    else if (name === 'MASKBITS' && !(/^\d{1,3}$/.test(value) && Number(value) <= 128))
      faults[`args.${index}`] = 'MASKBITS is a number from 0 to 128.';
  }
  const fault =
    event === '' || Object.keys(faults).some((field) => field.startsWith('args.')) ? undefined : checkScriptEvent(event, args);
  if (fault) faults[fault.code === 'event_name_refused' ? 'event' : 'args'] = componentSentence(fault);
  if (!/^\d+$/.test(timeout) || Number(timeout) > LONGEST_SECONDS || Number(timeout) === 0)
    faults.timeout = `The time is a whole number of seconds from 1 to ${LONGEST_SECONDS}.`;
  return faults;
}

/** Why no event can be run in a component, whichever it is. */
export function whyNot({ name, mode, fault }: ComponentView): string | undefined {
  return mode === 'observed' ? componentSentence({ code: 'component_observed', component: name }) : fault;
}

/** Values that the arguments of this name had when their events ran last, in any component. */
export function valuesUsed(components: readonly ComponentView[], name: string): string[] {
  const kind = name.endsWith('IFACE') ? 'IFACE' : name;
  const values = components.flatMap(({ events }) =>
    events.flatMap(({ event, args }) =>
      (argumentNames(event) ?? []).flatMap((one, index) => {
        const value = args[index];
        return value !== undefined && (one.endsWith('IFACE') ? 'IFACE' : one) === kind ? [value] : [];
      }),
    ),
  );
  return [...new Set(values)];
}
