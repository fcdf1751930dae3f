import type { CustomEventView, EventView } from '@fallover/contract';
import { eventUsage, PREDEFINED_EVENTS } from '@fallover/events';
import { listCustomEvents } from './addresses.ts';
import type { Daemon } from './control-socket.ts';
import { attributes } from './print.ts';

/** What a predefined event is, behind what is customised on it. */
export const eventLines = (event: EventView): string[] =>
  attributes({
    CLASS: event.eventClass,
    SLOW: event.slow,
    USAGE: eventUsage({ name: event.name, arguments: event.arguments as Parameters<typeof eventUsage>[0]['arguments'] }),
    MEANING: event.meaning,
    OCCURS: event.occurs,
    UNDERPARALLELPROCESSING: event.underParallelProcessing,
    DEFAULTTIMEUNTILWARNING: event.defaultTimeUntilWarning,
    SYNCHRONISED: event.synchronised,
  });

export const customEventLines = (event: CustomEventView): string[] =>
  attributes({
    USEDBY: event.usedBy.join(' '),
    SYNCHRONISED: event.synchronised,
    DELETED: event.draft ? undefined : true,
  });

/** The names of all events, for those who meant another. */
export async function eventNames(daemon: Daemon): Promise<string[]> {
  const custom = await daemon.ask(listCustomEvents);
  return [
    ...PREDEFINED_EVENTS.map((event) => event.name),
    ...(custom.ok ? custom.reply.customEvents.map((event) => event.name) : []),
  ];
}
