import { createHash } from 'node:crypto';
import type { EntryClass } from '@fallover/events';
import {
  changeCustomEvent,
  changeEntry,
  changeEventCustomization,
  changeScript,
  deleteCustomEvent,
  deleteEntry,
  getEvent,
  listCustomEvents,
  listEntries,
} from './addresses.ts';
import type { Answer, Daemon } from './control-socket.ts';

export interface DraftEntry {
  revision: number;
  fields: object;
}

type Written = Answer<{ warnings: { field?: string | undefined; sentence: string }[] }>;

/** An entry of the draft, of any class, read, written and deleted. */
export interface EntryAccess {
  class: EntryClass;
  name: string;
  /** Revision 0 where there is no such entry. */
  read(): Promise<Answer<DraftEntry>>;
  write(entry: DraftEntry): Promise<Written>;
  remove(revision: number): Promise<Answer<unknown>>;
}

const NOTHING: DraftEntry = { revision: 0, fields: {} };

export function entryAccess(daemon: Daemon, entryClass: EntryClass, name: string): EntryAccess {
  switch (entryClass) {
    case 'event':
      return { ...anyEntry(daemon, entryClass, name), ...predefinedEvent(daemon, name) };
    case 'custom_event':
      return { ...anyEntry(daemon, entryClass, name), ...customEvent(daemon, name) };
    default:
      return anyEntry(daemon, entryClass, name);
  }
}

const anyEntry = (daemon: Daemon, entryClass: EntryClass, name: string): EntryAccess => ({
  class: entryClass,
  name,
  async read() {
    const answer = await daemon.ask(listEntries, { parameters: { class: entryClass } });
    if (!answer.ok) return answer;
    return { ...answer, reply: answer.reply.entries.find((entry) => entry.name === name)?.draft ?? NOTHING };
  },
  write: ({ revision, fields }) =>
    daemon.ask(changeEntry, { parameters: { class: entryClass, name }, body: { revision, fields: fields as never } }),
  remove: (revision) => daemon.ask(deleteEntry, { parameters: { class: entryClass, name }, query: { revision } }),
});

const predefinedEvent = (daemon: Daemon, name: string): Pick<EntryAccess, 'read' | 'write'> => ({
  async read() {
    const answer = await daemon.ask(getEvent, { parameters: { event: name } });
    return answer.ok ? { ...answer, reply: answer.reply.draft ?? NOTHING } : answer;
  },
  write: ({ revision, fields }) =>
    daemon.ask(changeEventCustomization, { parameters: { event: name }, body: { revision, fields: fields as never } }),
});

const customEvent = (daemon: Daemon, name: string): Pick<EntryAccess, 'read' | 'write' | 'remove'> => ({
  async read() {
    const answer = await daemon.ask(listCustomEvents);
    if (!answer.ok) return answer;
    return { ...answer, reply: answer.reply.customEvents.find((event) => event.name === name)?.draft ?? NOTHING };
  },
  write: ({ revision, fields }) =>
    daemon.ask(changeCustomEvent, { parameters: { name }, body: { revision, fields: fields as never } }),
  remove: (revision) => daemon.ask(deleteCustomEvent, { parameters: { name }, query: { revision } }),
});

interface ScriptFields {
  content?: { cluster?: string };
  remark?: { cluster?: string };
}

/**
 * A script of the library with this text: in its entry the text stands by its SHA-256, so that it is changed and merged as any
 * other value. An entry with other content, or none, is written without a text.
 */
export const scriptAccess = (daemon: Daemon, name: string, text: string): EntryAccess => ({
  ...anyEntry(daemon, 'script', name),
  async write({ revision, fields }) {
    const { content, remark } = fields as ScriptFields;
    if (content?.cluster !== digestOf(text)) return anyEntry(daemon, 'script', name).write({ revision, fields });
    const body = { revision, text, remark: remark?.cluster ?? '' };
    return daemon.ask(changeScript, { parameters: { name }, body });
  },
});

export const digestOf = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
