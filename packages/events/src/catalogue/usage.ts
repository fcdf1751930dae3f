import type { EventArgument, PredefinedEvent } from './types.ts';

/** An event and its arguments as the manual writes them: `node_down NODE [graceful|takeover|forced]`. */
export const eventUsage = ({ name, arguments: list }: Pick<PredefinedEvent, 'name' | 'arguments'>): string =>
  [name, ...list.map(argumentUsage)].join(' ');

function argumentUsage({ name, kind, choices, required, several }: EventArgument): string {
  const value = choices?.join('|') ?? (kind === 'node_or_all' ? `${name}|-1` : name);
  const text = several ? `${value}…` : value;
  return required ? text : `[${text}]`;
}
