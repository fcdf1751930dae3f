import { asOneLine } from '../conversation.ts';
import type { Message } from '../transport.ts';

/** A mail before it is encoded. Ids are the same from every node, so that a mailer threads a run and knows a repeat. */
export interface Mail {
  from: { name: string; address: string };
  to: { name: ''; address: string };
  /** Without one there is no such header. */
  subject?: string;
  text: string;
  date: Date;
  messageId: string;
  inReplyTo: string;
  references: string;
  headers: Record<string, string>;
  priority?: 'high';
}

export function mailOf(message: Message, recipient: string, sender: string): Mail {
  const domain = `${message.cluster.replace(/[^A-Za-z0-9-]/g, '-')}.fallover`;
  const id = (of: string): string => `<${of.replace(/[^A-Za-z0-9._-]/g, '-')}@${domain}>`;
  const thread = id(message.thread);
  return {
    from: { name: `Fallover on ${asOneLine(message.cluster)}`, address: sender },
    to: { name: '', address: recipient },
    subject: asOneLine(message.subject),
    text: withPlainLineEnds(message.link === undefined ? message.text : `${message.text}\n\n${message.link}`),
    date: new Date(message.at),
    messageId: id(message.dedupe),
    inReplyTo: thread,
    references: thread,
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Fallover-Event': asOneLine(message.event),
      'X-Fallover-Moment': message.moment,
      ...(message.run === undefined ? {} : { 'X-Fallover-Run': asOneLine(message.run) }),
    },
    ...(message.severity === 'critical' ? { priority: 'high' } : {}),
  };
}

/** A line ends in one way in a mail, and a carriage return alone is one too. */
const withPlainLineEnds = (text: string): string => text.toWellFormed().replace(/\r\n?/g, '\n');

/** The sender where none is set: at the host's name when that is a domain, else at the cluster's. */
export function usualSender(hostname: string, cluster: string): string {
  const domain = [hostname, cluster].find((name) => /^[A-Za-z0-9](?:[A-Za-z0-9.-]{0,200}[A-Za-z0-9])?$/.test(name));
  return `fallover@${domain ?? 'localhost'}`;
}
