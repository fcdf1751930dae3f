import { valueOn } from '../definition/effective.ts';
import { CLASS_FIELDS, commandsIn, type FieldName } from '../definition/fields.ts';
import type { Entry, Field } from '../definition/types.ts';

/** A command that an entry has on a node. */
export interface CommandPlace {
  entry: Entry;
  field: FieldName;
  path: string;
}

/** Every command that holds on a node, in the order of the entries. */
export const commandPlaces = (entries: readonly Entry[], node: string): CommandPlace[] =>
  entries.flatMap((entry) =>
    CLASS_FIELDS[entry.class].flatMap((field): CommandPlace[] => {
      const value = valueOn((entry.fields as { [Name in FieldName]?: Field<unknown> })[field], node);
      return commandsIn(field, value).map((path) => ({ entry, field, path }));
    }),
  );

/** The full pathnames of these, each once. */
export const commandsOn = (entries: readonly Entry[], node: string): string[] => [
  ...new Set(commandPlaces(entries, node).map(({ path }) => path)),
];
