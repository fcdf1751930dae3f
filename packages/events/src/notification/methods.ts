import { FIELD_DEFAULTS } from '../definition/fields.ts';
import type { DefinitionDocument, Entry, RemoteNotificationMethod } from '../definition/types.ts';
import { parseContact } from './contact.ts';
import type { NotificationMoment, NotificationSeverity, NotificationTransport } from './transports.ts';

/** A remote notification method with what holds where nothing is given. */
export interface EffectiveMethod {
  name: string;
  /** Missing when neither it nor the form of the contact says. */
  transport?: NotificationTransport;
  contact: string;
  settings: readonly string[];
  /** Empty: every node. */
  nodes: readonly string[];
  events: readonly string[];
  when: readonly NotificationMoment[];
  severity: NotificationSeverity;
  text?: string;
  file?: string;
  retryCounter: number;
  timeoutMs: number;
  holdMs: number;
  hourlyLimit: number;
  /** Methods, and after how long without an acknowledgement of the run each is used, counted from the first notification. */
  escalation: readonly { method: string; afterMs: number }[];
  proveWithinMs: number;
  selfTest: boolean;
}

export const WHEN_DEFAULT: readonly NotificationMoment[] = ['success', 'failure', 'warning'];
const ESCALATE_AFTER_SECONDS = 300;
const DAY_MS = 86_400_000;

export function effectiveMethod(name: string, fields: RemoteNotificationMethod): EffectiveMethod {
  const number = (field: 'retryCounter' | 'timeout' | 'holdTime' | 'hourlyLimit' | 'proveWithin'): number =>
    fields[field]?.cluster ?? (FIELD_DEFAULTS[field] as number);
  const contact = fields.contact?.cluster ?? '';
  const parsed = parseContact(contact, 'contact');
  const transport =
    (fields.transport?.cluster as NotificationTransport | undefined) ?? (parsed.ok ? parsed.value.transport : undefined);
  const text = fields.methodText?.cluster;
  const file = fields.methodFile?.cluster;
  return {
    name,
    ...(transport === undefined ? {} : { transport }),
    contact,
    settings: fields.settings?.cluster ?? [],
    nodes: fields.methodNodes?.cluster ?? [],
    events: fields.methodEvents?.cluster ?? [],
    when: (fields.when?.cluster as NotificationMoment[] | undefined) ?? WHEN_DEFAULT,
    severity: (fields.severity?.cluster ?? FIELD_DEFAULTS.severity) as NotificationSeverity,
    ...(text === undefined ? {} : { text }),
    ...(file === undefined ? {} : { file }),
    retryCounter: number('retryCounter'),
    timeoutMs: number('timeout') * 1000,
    holdMs: number('holdTime') * 1000,
    hourlyLimit: number('hourlyLimit'),
    escalation: escalationOf(fields),
    proveWithinMs: number('proveWithin') * DAY_MS,
    selfTest: fields.selfTest?.cluster ?? false,
  };
}

function escalationOf({ escalateTo, escalateAfter }: RemoteNotificationMethod): EffectiveMethod['escalation'] {
  const delays = (escalateAfter?.cluster ?? []).map(Number);
  let afterMs = 0;
  return (escalateTo?.cluster ?? []).map((method, index) => {
    afterMs += (delays[index] ?? delays.at(-1) ?? ESCALATE_AFTER_SECONDS) * 1000;
    return { method, afterMs };
  });
}

type MethodEntry = Extract<Entry, { class: 'notification_method' }>;

/** The methods of a definition, by name. */
export const methodsOf = ({ entries }: Pick<DefinitionDocument, 'entries'>): EffectiveMethod[] =>
  entries
    .filter((entry): entry is MethodEntry => entry.class === 'notification_method')
    .map(({ name, fields }) => effectiveMethod(name, fields));
