import {
  effectiveMethod,
  type NotificationTransport,
  parseSetting,
  type RemoteNotificationMethod,
  writeSetting,
} from '@fallover/events';
import { TRANSPORTS } from '@fallover/notify';
import type { Parts } from '../http/read-input.ts';
import { transportOf } from './method-settings.ts';
import { isSealed, type Secrets } from './secrets.ts';
import { isSecret, settingNames } from './setting-schemas.ts';

/** The names that are secret in one transport or another, for whatever does not know which one is meant. */
const SECRET_NAMES: ReadonlySet<string> = new Set(
  TRANSPORTS.flatMap((transport) => settingNames(transport).filter((name) => isSecret(transport, name))),
);

/** The settings as they are kept: each secret sealed, and what was sealed before as it is. */
export function sealedSettings(
  list: readonly string[],
  secrets: Pick<Secrets, 'seal'>,
  kind?: NotificationTransport | undefined,
): string[] {
  const transport = transportOf(kind);
  // What the transport does not know is refused later, and until then it may be a secret that was typed for another one.
  const secret = (name: string): boolean =>
    transport && settingNames(transport).includes(name) ? isSecret(transport, name) : SECRET_NAMES.has(name);
  return list.map((text) => {
    const parsed = parseSetting(text, 'settings');
    if (!parsed.ok) return stillRefused(text);
    if (parsed.value.value === '' || isSealed(parsed.value.value) || !secret(parsed.value.name)) return text;
    return writeSetting({ ...parsed.value, value: secrets.seal(parsed.value.name, parsed.value.value) });
  });
}

/** The input of an endpoint with the secrets of a method sealed: audit trail, answers and store never have them in clear. */
export function sealedInput(endpoint: string, input: Parts, secrets: Pick<Secrets, 'seal'>): Parts {
  const body = input.body as { fields?: RemoteNotificationMethod; method?: { fields: RemoteNotificationMethod } } | undefined;
  if (endpoint === 'changeEntry' && (input.parameters as { class?: string }).class === 'notification_method' && body?.fields)
    return { ...input, body: { ...body, fields: sealedFields(body.fields, secrets) } };
  if ((endpoint === 'testNotification' || endpoint === 'previewNotification') && body?.method)
    return { ...input, body: { ...body, method: { ...body.method, fields: sealedFields(body.method.fields, secrets) } } };
  return input;
}

function sealedFields(fields: RemoteNotificationMethod, secrets: Pick<Secrets, 'seal'>): RemoteNotificationMethod {
  const list = fields.settings?.cluster;
  // What is not a list its schema refuses, where that is said.
  if (!Array.isArray(list) || !list.every((one) => typeof one === 'string')) return fields;
  return { ...fields, settings: { ...fields.settings, cluster: sealedSettings(list, secrets, kindOf(fields)) } };
}

/** Nothing has looked at the fields yet: of those that make no method, every name is kept that is secret anywhere. */
function kindOf(fields: RemoteNotificationMethod): NotificationTransport | undefined {
  try {
    return effectiveMethod('', fields).transport;
  } catch {
    return undefined;
  }
}

/**
 * A text of settings for a log: what looks like a secret in clear is not in it. It ends at a blank or a line end, also one
 * that is written as `\\n`; quotes, commas and semicolons can be part of it. Rather too much is left out than too little.
 */
export const withoutSecrets = (text: string): string => text.replace(SECRET_IN_CLEAR, (_, name: string) => `${name}=••••`);

const SECRET_IN_CLEAR = new RegExp(
  `\\b((?:${[...SECRET_NAMES].join('|')})(?:@[A-Za-z0-9_.-]+)?)=(?!sealed:v1:[A-Za-z0-9_-]+(?![^\\s"',;\\\\]))(?:(?!(?<!\\\\)\\\\[rn])\\S)+`,
  'g',
);

/** What is not understood stays refused, and is said without its secret. */
const stillRefused = (text: string): string => withoutSecrets(text).replace('=••••', '=%••••');
