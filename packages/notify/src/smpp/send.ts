import { err, ok, type Result } from '@fallover/events';
import type { Pdu } from 'smpp';
import { capped } from '../conversation.ts';
import { placeOf } from '../network/connect.ts';
import { type NetworkFault, networkFaultOf } from '../network/faults.ts';
import { dialledNumber } from '../sms/number.ts';
import { concatenationHeader, concatenationReference, segmentText } from '../sms/segments.ts';
import type { Delivery, Message, SendContext } from '../transport.ts';
import { type SmppFault, smppFault } from './faults.ts';
import { connectSmpp, type SmppSession } from './session.ts';
import type { SmppSettings } from './settings.ts';
import { smppStatus } from './status.ts';

const VERSION = 0x34;
const HAS_HEADER = 0x40;
const UCS_2 = 0x08;
/** Relative: a day, as with a modem. */
const ONE_DAY = '000001000000000R';

/** Sends an SMS by an SMPP 3.4 gateway: bind, each part, unbind. */
export async function sendBySmpp(
  message: Message,
  recipient: string,
  settings: SmppSettings,
  context: SendContext,
): Promise<Delivery> {
  const place = placeOf(settings.server, settings.port);
  context.say({ direction: 'note', text: `Connects to ${place}${settings.tls ? ' with TLS' : ''}.` });
  const connected = await connectSmpp(settings, context.signal);
  if (!connected.ok) return err(smppFault(connected.error));
  const session = told(connected.value, context);
  try {
    const sent = await dialogue(session, message, recipient, settings, context, place);
    return sent.ok ? sent : err(smppFault(sent.error));
  } catch (error) {
    return err(smppFault(networkFaultOf(error, place, settings.server)));
  } finally {
    session.close();
  }
}

async function dialogue(
  session: SmppSession,
  message: Message,
  recipient: string,
  settings: SmppSettings,
  context: SendContext,
  place: string,
): Promise<Result<{ answer: string }, SmppFault | NetworkFault>> {
  const { systemId, password = '', systemType = '' } = settings;
  const bound = await session.request('bind_transceiver', {
    system_id: systemId,
    password,
    system_type: systemType,
    interface_version: VERSION,
  });
  if (!bound.ok) return bound;
  if (bound.value.command_status !== 0) {
    return err({ code: 'bind_refused', place, systemId, status: bound.value.command_status });
  }
  const number = dialledNumber(recipient, settings.country);
  const text = message.text.trim() === '' ? message.subject : message.text;
  const { encoding, segments, isCut, characters } = segmentText(text, settings.segments);
  context.say({
    direction: 'note',
    text: `To ${number}: ${characters} characters, ${encoding}, ${segments.length} SMS${isCut ? '; the text was longer and is cut' : ''}.`,
  });
  const reference = concatenationReference(message.dedupe);
  const ids: string[] = [];
  for (const [index, units] of segments.entries()) {
    const header = segments.length > 1 ? concatenationHeader(reference, segments.length, index + 1) : [];
    const isPlain = encoding === 'GSM 7-bit';
    const octets = isPlain ? units : units.flatMap((unit) => [unit >> 8, unit & 0xff]);
    const submitted = await session.request('submit_sm', {
      ...sourceOf(settings),
      dest_addr_ton: number.startsWith('+') ? 1 : 0,
      dest_addr_npi: 1,
      destination_addr: number.replace(/^\+/, ''),
      esm_class: header.length > 0 ? HAS_HEADER : 0,
      validity_period: ONE_DAY,
      data_coding: isPlain ? 0 : UCS_2,
      short_message: Buffer.from([...header, ...octets]),
    });
    if (!submitted.ok) return submitted;
    const { command_status: status, message_id: id } = submitted.value;
    if (status !== 0) return err({ code: 'message_refused', place, status, part: index + 1, parts: segments.length });
    ids.push(capped(String(id ?? ''), 70));
  }
  // whoever has confirmed the message need not take leave
  await session.request('unbind', {}, AbortSignal.timeout(1_000));
  return ok({ answer: `Message id${ids.length === 1 ? '' : 's'} ${ids.join(', ')}.` });
}

function sourceOf({ source = '', sourceTon, sourceNpi }: SmppSettings) {
  const isName = source !== '' && !/^\+?[0-9]+$/.test(source);
  return {
    source_addr_ton: sourceTon ?? (source.startsWith('+') ? 1 : isName ? 5 : 0),
    source_addr_npi: sourceNpi ?? (isName || source === '' ? 0 : 1),
    source_addr: source.replace(/^\+/, ''),
  };
}

/** Tells each request and its answer; the password is masked, a text is told as octets. */
function told(session: SmppSession, context: SendContext): SmppSession {
  return {
    close: session.close,
    async request(command, parameters, within) {
      const words = Object.entries(parameters).map(([name, value]) => `${name}=${shown(name, value)}`);
      context.say({ direction: 'sent', text: [command, ...words].join(' ') });
      const answer = await session.request(command, parameters, within);
      if (answer.ok) context.say({ direction: 'received', text: answerWords(answer.value) });
      return answer;
    },
  };
}

const shown = (name: string, value: unknown): string => {
  if (name === 'password') return value === '' ? '""' : '••••';
  if (value instanceof Buffer) return value.toString('hex');
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
};

function answerWords({ command, command_status: status, message_id: id }: Pdu): string {
  const result = status === 0 ? 'ESME_ROK' : smppStatus(status).name;
  return capped([command, result, ...(typeof id === 'string' ? [`message_id=${JSON.stringify(id)}`] : [])].join(' '));
}
