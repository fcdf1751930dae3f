import { attributeOf } from '@fallover/events';
import type { getConfiguration } from './addresses.ts';
import { attributes } from './print.ts';
import { visibleLine } from './visible.ts';

type Configuration = NonNullable<(typeof getConfiguration)['types']>['reply'];

/** One line for each entry in which draft and active revision differ. */
export const changeLines = (changes: Configuration['changes']): string[] =>
  changes.map(({ kind, class: entryClass, name, fields }) =>
    visibleLine(`${kind} ${entryClass} ${name}${fields.length === 0 ? '' : `: ${fields.map(attributeOf).join(', ')}`}`),
  );

export const configurationLines = ({ active, changes }: Configuration): string[] => [
  ...(active
    ? attributes({ REVISION: active.number, HASH: active.hash, ACTIVE_SINCE: active.at, BY: active.by, COMMENT: active.comment })
    : attributes({ REVISION: 0 })),
  ...attributes({ SYNCHRONISED: changes.length === 0 }),
  ...changeLines(changes).map((line) => `CHANGE="${line}"`),
];
