import {
  type CustomEvent,
  checkCustomEvent,
  checkEventCustomization,
  type Entry,
  type EventCustomization,
  type InputCheck,
  type StartFault,
  valueOn,
} from '@fallover/events';
import { capital, entryWords, inputWarning, trustWarning, type Warning } from './faults.ts';
import { customEventNames } from './state.ts';

/** Whether the daemon's user may run this file; a fault says why not. */
export type CheckTrust = (path: string) => StartFault | undefined | Promise<StartFault | undefined>;

/** The rules for one entry, among the others. */
export function checkEntry(entry: Entry, among: readonly Entry[], nodes: readonly string[]): InputCheck {
  return entry.class === 'event'
    ? checkEventCustomization(entry.name, entry.fields, { customEvents: customEventNames(among), nodes })
    : checkCustomEvent(entry.name, entry.fields, { nodes });
}

const EVENT_COMMANDS = ['eventCommand', 'notifyCommand', 'recoveryCommand'] as const;

/** The commands of an entry on this node that could not be started now. Other nodes look at their own files. */
export async function trustWarnings(entry: Entry, node: string, checkTrust: CheckTrust): Promise<Warning[]> {
  const commands =
    entry.class === 'event'
      ? EVENT_COMMANDS.map((field) => ({ field, path: valueOn((entry.fields as EventCustomization)[field], node) }))
      : [{ field: 'script' as const, path: valueOn((entry.fields as CustomEvent).script, node) }];
  const warnings: Warning[] = [];
  for (const { field, path } of commands) {
    const fault = path === undefined ? undefined : await checkTrust(path);
    if (fault) warnings.push(trustWarning(field, fault));
  }
  return warnings;
}

/** Every warning about one entry, for whoever is changing it. */
export const warningsAbout = async (entry: Entry, { warnings }: InputCheck, node: string, checkTrust: CheckTrust) => [
  ...warnings.map(inputWarning),
  ...(await trustWarnings(entry, node, checkTrust)),
];

/** The same warning where several entries are looked at together. */
export const namingEntry = (entry: Entry, warning: Warning): Warning => ({
  ...warning,
  sentence: `${capital(entryWords(entry))}: ${warning.sentence}`,
});
