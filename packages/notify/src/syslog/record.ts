import { asOneLine } from '../conversation.ts';
import type { Message } from '../transport.ts';
import { FACILITIES } from './settings.ts';

const SEVERITY = { info: 6, warning: 4, error: 3, critical: 2 } as const;
/** There is no number of an enterprise for Fallover; this one is kept for whoever has none (RFC 5612). */
const STRUCTURE = 'fallover@32473';

/**
 * A message as RFC 5424 has it, at most so many bytes. It is one line, so that a server which goes by lines does not take a
 * part of a text for a message of its own.
 */
export function syslogRecord(message: Message, facility: (typeof FACILITIES)[number], most: number): Buffer {
  const priority = FACILITIES.indexOf(facility) * 8 + SEVERITY[message.severity];
  const structure = Object.entries({
    cluster: message.cluster,
    event: message.event,
    args: message.args.join(' '),
    moment: message.moment,
    run: message.run,
    drill: message.drill ? 'true' : undefined,
  })
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value = '']) => ` ${name}="${escaped(value)}"`)
    .join('');
  const header = [
    `<${priority}>1`,
    timestamp(message.at),
    printable(message.node, 255),
    'fallover',
    '-',
    printable(message.event, 32),
    `[${STRUCTURE}${structure}]`,
  ].join(' ');
  const said = [message.subject, message.text].map((text) => asOneLine(text, 8000)).filter(Boolean);
  return cutToBytes(`${header} \ufeff${said.join(': ')}`, most);
}

/** Not finer than a microsecond, with a capital T and Z; `-` for what is no time. */
const timestamp = (at: string): string => (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z$/.test(at) ? at : '-');

const printable = (text: string, most: number): string => text.replace(/[^\x21-\x7e]/g, '_').slice(0, most) || '-';

const escaped = (value: string): string => asOneLine(value, 500).replace(/["\\\]]/g, '\\$&');

function cutToBytes(text: string, most: number): Buffer {
  const bytes = Buffer.from(text);
  if (bytes.length <= most) return bytes;
  let end = most;
  // a byte 10xxxxxx goes on with a character, which is left out as a whole
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return bytes.subarray(0, end);
}

/** The record with its length before it. */
export const counted = (record: Buffer): Buffer => Buffer.concat([Buffer.from(`${record.length} `), record]);
