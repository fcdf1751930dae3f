import { err, ok } from '@fallover/events';
import { conversation } from '../conversation.ts';
import { noContact, noRecipients } from '../http/no-contact.ts';
import { placeOf } from '../network/connect.ts';
import { networkDeliveryFault } from '../network/faults.ts';
import type { Transport } from '../transport.ts';
import { counted, syslogRecord } from './record.ts';
import { sendPacket, sendStream } from './send.ts';
import { syslogSettings } from './settings.ts';

/** What every receiver should take (RFC 5426), and what those of a stream usually take. */
const MOST_BYTES = { udp: 2048, tcp: 8192, tls: 8192 } as const;

export const syslog: Transport<typeof syslogSettings> = {
  kind: 'syslog',
  title: 'Syslog',
  description: 'A record in the log of another machine (RFC 5424). Nobody confirms it: that it was sent is all that is known.',
  contact: noContact,
  settings: syslogSettings,
  recipients: noRecipients,
  async send(message, _recipient, settings, context) {
    const { server, protocol, facility, caFile } = settings;
    const port = settings.port ?? (protocol === 'tls' ? 6514 : 514);
    const told = conversation(context, (text) => text);
    const record = syslogRecord(message, facility, MOST_BYTES[protocol]);
    told.note(`Sends to ${placeOf(server, port)} by ${protocol.toUpperCase()}.`);
    told.sent(record.toString());
    const sent =
      protocol === 'udp'
        ? await sendPacket(server, port, record, context.signal)
        : await sendStream(server, port, counted(record), protocol === 'tls' ? { caFile } : undefined, context.signal);
    if (!sent.ok) return err(networkDeliveryFault(sent.error));
    return ok({ answer: `Sent by ${protocol.toUpperCase()}; syslog confirms nothing.` });
  },
};
