import {
  applyAttributes,
  type CustomEvent,
  type EventCustomization,
  type InputFault,
  parseCustomEventAttributes,
  parseEventAttributes,
  type Result,
} from '@fallover/events';
import { changeCustomEvent, changeEventCustomization, getEvent, listCustomEvents } from './addresses.ts';
import type { Answer, Daemon } from './control-socket.ts';

interface Entry {
  revision: number;
  fields: object;
}

/** What both classes of events have in common for `add` and `modify`: an entry of the draft, read, changed and written. */
export interface EntryAccess {
  kind: 'event' | 'custom_event';
  name: string;
  /** Revision 0 where there is no such entry. */
  read(): Promise<Answer<Entry>>;
  write(entry: Entry): Promise<Answer<{ warnings: { field?: string | undefined; sentence: string }[] }>>;
  /** The change that the words ask for. */
  changeBy(words: readonly string[]): Result<(fields: object) => object, InputFault[]>;
}

const NOTHING: Entry = { revision: 0, fields: {} };

export const predefinedEvent = (daemon: Daemon, name: string): EntryAccess => ({
  kind: 'event',
  name,
  async read() {
    const answer = await daemon.ask(getEvent, { parameters: { event: name } });
    return answer.ok ? { ...answer, reply: answer.reply.draft ?? NOTHING } : answer;
  },
  write: ({ revision, fields }) =>
    daemon.ask(changeEventCustomization, { parameters: { event: name }, body: { revision, fields: fields as never } }),
  changeBy(words) {
    const parsed = parseEventAttributes(words);
    return parsed.ok ? { ok: true, value: (fields) => applyAttributes(fields as EventCustomization, parsed.value) } : parsed;
  },
});

export const customEvent = (daemon: Daemon, name: string): EntryAccess => ({
  kind: 'custom_event',
  name,
  async read() {
    const answer = await daemon.ask(listCustomEvents);
    if (!answer.ok) return answer;
    return { ...answer, reply: answer.reply.customEvents.find((event) => event.name === name)?.draft ?? NOTHING };
  },
  write: ({ revision, fields }) =>
    daemon.ask(changeCustomEvent, { parameters: { name }, body: { revision, fields: fields as never } }),
  changeBy(words) {
    const parsed = parseCustomEventAttributes(words);
    return parsed.ok ? { ok: true, value: (fields) => applyAttributes(fields as CustomEvent, parsed.value) } : parsed;
  },
});
