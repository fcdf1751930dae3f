import { err, ok, quoted, type Result } from '@fallover/events';
import type { z } from 'zod';
import { oneLine, secret } from '../schema.ts';

/** Why a text is no address that a message can be sent to. */
export type UrlFault =
  | { code: 'not_an_http_url'; text: string }
  | { code: 'url_with_password' }
  | { code: 'url_too_long'; most: number };

const LONGEST = 2000;

export function urlFaultSentence(fault: UrlFault): string {
  switch (fault.code) {
    case 'not_an_http_url':
      return `${quoted(fault.text)} is not an HTTP address. Type one that begins with https:// or http://, without blanks, such as https://hooks.example.com/fallover.`;
    case 'url_with_password':
      return 'The address has a user or a password before its host, where everybody can read it. Leave that out.';
    case 'url_too_long':
      return `The address is too long. Type one of at most ${fault.most.toLocaleString('en')} characters.`;
  }
}

/**
 * Reads an address as browsers do: `http://0x7f.1` and `http://①②⑦.1` are 127.0.0.1 afterwards, and a name of other letters
 * is in Punycode, so that what is checked later is what is connected to.
 */
export function parseHttpUrl(text: string): Result<URL, UrlFault> {
  if (text.length > LONGEST) return err({ code: 'url_too_long', most: LONGEST });
  // the parser leaves out control characters and turns backslashes, and nobody has meant that
  if (!/^https?:\/\/[^\s\p{C}\\]+$/iu.test(text) || !URL.canParse(text)) return err({ code: 'not_an_http_url', text });
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') return err({ code: 'url_with_password' });
  if (url.hostname === '' || !['http:', 'https:'].includes(url.protocol)) return err({ code: 'not_an_http_url', text });
  url.hash = '';
  return ok(url);
}

const check = (text: string, context: z.core.$RefinementCtx<string>): void => {
  const url = parseHttpUrl(text);
  if (!url.ok) context.addIssue({ code: 'custom', message: urlFaultSentence(url.error) });
};

/** A setting that is an address. */
export const httpUrl = (words: Parameters<typeof oneLine>[0]) => oneLine(words, LONGEST).superRefine(check).meta(words);

/** An address that lets everybody in who knows it. */
export const secretHttpUrl = (words: Parameters<typeof secret>[0]) =>
  secret(words, LONGEST)
    .superRefine(check)
    .meta({ ...words, secret: true });

/** The address of something on a server, which may itself stand under a path. */
export const under = (server: string, path: string): string => `${server.replace(/\/+$/, '')}${path}`;

/** What of a secret address would give it away: all but the host. */
export const pathSecrets = (url: string): string[] => {
  const { pathname, search } = new URL(url);
  return [url, `${pathname}${search}`, pathname, search.slice(1)];
};
