import {
  CLASS_FIELDS,
  commandsIn,
  type Entry,
  type Field,
  type FieldName,
  type InputCheck,
  type StartFault,
  valueOn,
} from '@fallover/events';
import { inputWarning, trustWarning, type Warning } from './faults.ts';

/** Whether the daemon's user may run this file; a fault says why not. */
export type CheckTrust = (path: string) => StartFault | undefined | Promise<StartFault | undefined>;

/** The commands of an entry on this node that could not be started now. Other nodes look at their own files. */
async function trustWarnings(entry: Entry, node: string, checkTrust: CheckTrust): Promise<Warning[]> {
  const fields = entry.fields as { [Name in FieldName]?: Field<unknown> };
  const commands = CLASS_FIELDS[entry.class].flatMap((field) =>
    commandsIn(field, valueOn(fields[field], node)).map((path) => ({ field, path })),
  );
  const warnings: Warning[] = [];
  for (const { field, path } of commands) {
    const fault = await checkTrust(path);
    if (fault) warnings.push(trustWarning(field, fault));
  }
  return warnings;
}

/** Every warning about one entry, for whoever is changing it. */
export const warningsAbout = async (entry: Entry, { warnings }: InputCheck, node: string, checkTrust: CheckTrust) => [
  ...warnings.map(inputWarning),
  ...(await trustWarnings(entry, node, checkTrust)),
];
