import { err, ok, parseContact, quoted, type Result } from '@fallover/events';
import type { SettingsFault } from '../transport.ts';

/** The mail addresses of a contact, each of them once. */
export function mailRecipients(contact: string): Result<string[], SettingsFault> {
  const parsed = parseContact(contact, 'contact');
  if (!parsed.ok || parsed.value.transport !== 'smtp')
    return err({ setting: 'contact', code: 'not_mail_addresses', sentence: notMailAddressesSentence(contact) });
  return ok([...new Set(parsed.value.recipients)]);
}

const notMailAddressesSentence = (contact: string): string =>
  contact.trim() === ''
    ? 'A mail needs somebody who gets it. Type a mail address, such as operator@example.com.'
    : `${quoted(contact)} is not a list of mail addresses. Type addresses such as operator@example.com with blanks between them.`;
