import {
  type EffectiveMethod,
  err,
  type InputFault,
  type NotificationTransport,
  ok,
  type Result,
  settingsOn,
} from '@fallover/events';
import { TRANSPORTS, type Transport } from '@fallover/notify';
import { isSealed, type Secrets } from './secrets.ts';
import { isSecret, settingNames, titleOf } from './setting-schemas.ts';

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

/** Each of its messages is paid for. */
export const isPaid = (kind: NotificationTransport | undefined): boolean => transportOf(kind)?.costs === true;
/** Nothing may be added to the text that it shows. */
export const isVerbatim = (kind: NotificationTransport | undefined): boolean => transportOf(kind)?.verbatim === true;

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
  const lost = new Set<string>();
  for (const [name, value] of Object.entries(settingsOn(method.settings, node))) {
    const secret = isSealed(value) ? secrets.open(name, value) : value;
    if (secret === undefined) {
      lost.add(name);
      refuse(name, `${titleOf(transport, name)} was sealed by another cluster, or for another setting. Type it again.`);
    } else if (secret !== '') clear[name] = secret;
    if (secret !== undefined && (isSealed(value) || isSecret(transport, name))) opened.push(secret);
  }
  const parsed = transport.settings.safeParse(clear);
  if (!parsed.success)
    for (const issue of parsed.error.issues) {
      if (issue.code === 'unrecognized_keys') for (const key of issue.keys) refuse(key, unknownSetting(transport, key));
      else {
        const name = String(issue.path[0] ?? '');
        if (lost.has(name)) continue; // that it is missing would lead astray
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
  const unfit = parsed.success && method.text !== undefined ? transport.checkText?.(method.text, parsed.data) : undefined;
  if (unfit) faults.push({ code: 'transport_refuses', field: 'methodText', sentence: unfit.sentence });
  // What is said where nobody has written a text has letters in it.
  if (transport.checkText && method.text === undefined && method.file === undefined)
    faults.push({ code: 'value_missing', field: 'methodText' });
  if (faults.length > 0 || !parsed.success || !recipients.ok) return err(faults);
  return ok({ transport, settings: parsed.data, recipients: recipients.value, secrets: opened });
}

function unknownSetting(transport: Transport, name: string): string {
  const known = settingNames(transport);
  return `${transport.title} has no setting ${name}. ${known.length === 0 ? 'It has none.' : `Its settings are: ${known.join(', ')}.`}`;
}

/** Whom a method tells; of one whose contact is not understood the contact itself, so that it is recorded as failed. */
export function recipientsOf({ transport, contact }: Pick<EffectiveMethod, 'transport' | 'contact'>): string[] {
  const found = transportOf(transport)?.recipients(contact);
  return found?.ok ? found.value : [contact];
}
