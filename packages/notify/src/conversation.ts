import { visibleText } from '@fallover/events';
import type { ConversationLine, SendContext } from './transport.ts';

const MASK = '••••';
const LONGEST = 2000;
/** Too short to be kept secret: hiding each `1` would only make the conversation unreadable. */
const SHORTEST_SECRET = 4;

/** Takes secrets out of a text, as they are and in the forms in which a protocol or an answer can carry them. */
export function masking(secrets: readonly (string | undefined)[]): (text: string) => string {
  const forms = secrets
    .filter((secret) => secret !== undefined && secret.length >= SHORTEST_SECRET)
    .flatMap((secret = '') => [
      secret,
      encodeURIComponent(secret.toWellFormed()),
      JSON.stringify(secret).slice(1, -1),
      Buffer.from(secret).toString('base64'),
      Buffer.from(secret).toString('base64').replace(/=+$/, ''),
    ])
    .sort((one, other) => other.length - one.length);
  const all = [...new Set(forms)];
  return (text) => all.reduce((masked, form) => masked.replaceAll(form, MASK), text);
}

/** What the other side said is not trusted to be short. */
export const capped = (text: string, most = LONGEST): string =>
  // half of a character at the cut is left out
  text.length > most ? `${text.slice(0, most).replace(/[\ud800-\udbff]$/, '')}…` : text;

/** What the other side said, inside a sentence: on one line, not too long, and with control characters made visible. */
export const quotedAnswer = (text: string): string => `"${visibleText(capped(text.trim().replace(/\s+/g, ' '), 300))}"`;

/** Tells the conversation of one message: line by line, without its secrets, each line capped. */
export function conversation(context: SendContext, mask: (text: string) => string) {
  const tell = (direction: ConversationLine['direction']) => (text: string) => {
    for (const line of text.split(/\r?\n/)) context.say({ direction, text: capped(mask(line)) });
  };
  return { sent: tell('sent'), received: tell('received'), note: tell('note') };
}
export type Conversation = ReturnType<typeof conversation>;

/** A text where only one line fits: control characters, line ends among them, become blanks. */
export const asOneLine = (text: string, most = 200): string => {
  const line = text
    .toWellFormed()
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim();
  return line.length > most ? capped(line, most - 1) : line;
};
