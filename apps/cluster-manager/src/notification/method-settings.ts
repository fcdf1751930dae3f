import {
  type EffectiveMethod,
  err,
  type InputFault,
  type NotificationTransport,
  ok,
  parseSetting,
  type Result,
  settingsOn,
  writeSetting,
} from '@fallover/events';
import { TRANSPORTS, type Transport } from '@fallover/notify';
import { isSealed, type Secrets } from './secrets.ts';

/** What a method sends with, on one node. */
export interface ReadyMethod {
  transport: Transport;
  settings: Record<string, unknown>;
  recipients: string[];
  /** What no screen and no log may show. */
  secrets: string[];
}

export const transportOf = (kind: NotificationTransport | undefined): Transport | undefined =>
  TRANSPORTS.find((transport) => transport.kind === kind);

const shapeOf = (transport: Transport): Record<string, { meta(): Record<string, unknown> | undefined }> =>
  transport.settings.shape as never;
const isSecret = (transport: Transport, name: string): boolean => shapeOf(transport)[name]?.meta()?.secret === true;

/** The names that are secret in one transport or another, for whatever does not know which one is meant. */
const SECRET_NAMES: ReadonlySet<string> = new Set(
  TRANSPORTS.flatMap((transport) => Object.keys(shapeOf(transport)).filter((name) => isSecret(transport, name))),
);

/** The settings as they are kept: each secret sealed, and what was sealed before as it is. */
export function sealedSettings(list: readonly string[], secrets: Pick<Secrets, 'seal'>, kind?: NotificationTransport): string[] {
  const transport = transportOf(kind);
  const secret = (name: string): boolean => (transport ? isSecret(transport, name) : SECRET_NAMES.has(name));
  return list.map((text) => {
    const parsed = parseSetting(text, 'settings');
    if (!parsed.ok || parsed.value.value === '' || isSealed(parsed.value.value) || !secret(parsed.value.name)) return text;
    return writeSetting({ ...parsed.value, value: secrets.seal(parsed.value.name, parsed.value.value) });
  });
}

/** A text of settings for a log: what looks like a secret in clear is not in it. */
export const withoutSecrets = (text: string): string =>
  text.replace(new RegExp(`\\b(${[...SECRET_NAMES].join('|')})(@[A-Za-z0-9_.-]+)?=(?!sealed:v1:)[^\\s"',;]+`, 'g'), '$1$2=••••');

/** What a method sends with on this node; or every fault of it, `settings.NAME` being the field of a setting. */
export function readMethod(
  method: Pick<EffectiveMethod, 'transport' | 'contact' | 'settings' | 'text' | 'file'>,
  node: string,
  secrets: Pick<Secrets, 'open'>,
): Result<ReadyMethod, InputFault[]> {
  const transport = transportOf(method.transport);
  if (!transport) return err([{ code: 'contact_not_understood', field: 'contact', text: method.contact }]);
  const faults: InputFault[] = [];
  const refuse = (setting: string, sentence: string): void => {
    faults.push({ code: 'transport_refuses', field: setting === 'contact' ? setting : `settings.${setting}`, sentence });
  };
  const clear: Record<string, string> = {};
  const opened: string[] = [];
  for (const [name, value] of Object.entries(settingsOn(method.settings, node))) {
    const secret = isSealed(value) ? secrets.open(name, value) : value;
    if (secret === undefined)
      refuse(name, `${titleOf(transport, name)} was sealed by another cluster, or for another setting. Type it again.`);
    else if (secret !== '') clear[name] = secret;
    if (secret !== undefined && (isSealed(value) || isSecret(transport, name))) opened.push(secret);
  }
  const parsed = transport.settings.safeParse(clear);
  if (!parsed.success)
    for (const issue of parsed.error.issues) {
      if (issue.code === 'unrecognized_keys') for (const key of issue.keys) refuse(key, unknownSetting(transport, key));
      else {
        const name = String(issue.path[0] ?? '');
        const missing = issue.code === 'invalid_type' && clear[name] === undefined;
        refuse(
          name,
          missing
            ? `${titleOf(transport, name)} is missing. ${transport.title} needs it.`
            : `${titleOf(transport, name)}: ${issue.message}`,
        );
      }
    }
  const recipients = transport.recipients(method.contact);
  if (!recipients.ok) refuse(recipients.error.setting, recipients.error.sentence);
  if (transport.kind === 'numeric_pager' && method.text === undefined && method.file === undefined)
    faults.push({ code: 'value_missing', field: 'methodText' });
  if (faults.length > 0 || !parsed.success || !recipients.ok) return err(faults);
  return ok({ transport, settings: parsed.data, recipients: recipients.value, secrets: opened });
}

function unknownSetting(transport: Transport, name: string): string {
  const known = Object.keys(shapeOf(transport));
  return `${transport.title} has no setting ${name}. ${known.length === 0 ? 'It has none.' : `Its settings are: ${known.join(', ')}.`}`;
}

const titleOf = (transport: Transport, name: string): string => String(shapeOf(transport)[name]?.meta()?.title ?? name);
