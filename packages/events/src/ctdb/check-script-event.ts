import { NAME } from '../names.ts';
import { SCRIPT_EVENTS, type ScriptEvent } from './words.ts';

export type ScriptEventFault =
  | { code: 'event_name_refused'; event: string }
  | { code: 'argument_count'; event: ScriptEvent; expected: number; given: number }
  | { code: 'argument_refused'; event: string; place: number };

const isScriptEvent = (event: string): event is ScriptEvent => Object.hasOwn(SCRIPT_EVENTS, event);

/** An event that CTDB does not know may have any arguments: scripts of an administrator's own may. */
export function checkScriptEvent(event: string, args: readonly string[]): ScriptEventFault | undefined {
  if (!NAME.test(event)) return { code: 'event_name_refused', event };
  if (isScriptEvent(event) && args.length !== SCRIPT_EVENTS[event])
    return { code: 'argument_count', event, expected: SCRIPT_EVENTS[event], given: args.length };
  // A blank would be two arguments to CTDB, which hands them on as one text.
  const place = args.findIndex((arg) => arg === '' || /[\s\0]/.test(arg) || !arg.isWellFormed());
  return place === -1 ? undefined : { code: 'argument_refused', event, place: place + 1 };
}

/** The arguments as CTDB reads them: a blank parts two, wherever it stands, and none is empty. */
export const wordsOfArguments = (args: readonly string[]): string[] => args.flatMap((arg) => arg.split(' ')).filter(Boolean);
