import { err, ok, quoted, type Result } from '@fallover/events';
import type { SettingsFault, Transport } from '../transport.ts';

/** Of a transport whose settings say where a message goes. */
export const noContact: Transport['contact'] = {
  label: 'Recipient',
  description: 'None: the settings say where the message goes.',
  placeholder: '',
  required: false,
};

export function noRecipients(contact: string): Result<string[], SettingsFault> {
  if (contact.trim() === '') return ok(['']);
  const sentence = `This kind of notification has no recipient such as ${quoted(contact)}: its settings say where it goes. Leave the recipient out.`;
  return err({ setting: 'contact', code: 'contact_not_used', sentence });
}
