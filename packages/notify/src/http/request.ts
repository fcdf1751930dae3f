import { type ClientRequest, Agent as HttpAgent, type IncomingMessage, request as requestOverTcp } from 'node:http';
import { Agent as HttpsAgent, request as requestOverTls } from 'node:https';
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { err, ok, type Result } from '@fallover/events';
import { type Conversation, conversation, masking } from '../conversation.ts';
import { placeOf, readCaFile } from '../network/connect.ts';
import { type NetworkFault, networkFaultOf } from '../network/faults.ts';
import type { Delivery, SendContext } from '../transport.ts';
import { type AnswerHead, answerOf, longestAnswer } from './answer.ts';
import { type HttpFault, httpDeliveryFault } from './faults.ts';
import { checkedAddresses, type Lookup, lookupOfTheSystem, portOf, type ResolvedAddress } from './resolve.ts';
import { parseHttpUrl, type UrlFault } from './url.ts';

/** A message as it is posted. */
export interface Post {
  url: string;
  /** Besides those that every post has. */
  headers?: Readonly<Record<string, string>>;
  /** It is sent as JSON. */
  body: string;
  caFile?: string | undefined;
  /** What is known of the settings to be secret. */
  secrets?: readonly (string | undefined)[];
}

type Fault = HttpFault | UrlFault | NetworkFault;

/**
 * Posts a message. The name is resolved once, each of its addresses is checked, and the connection goes to these; nothing is
 * followed, no proxy of the environment is used, and no connection is kept.
 */
export async function post(message: Post, context: SendContext, lookup: Lookup = lookupOfTheSystem): Promise<Delivery> {
  const mask = masking(message.secrets ?? []);
  const result = await postChecked(message, context, conversation(context, mask), lookup);
  if (result.ok) return ok({ answer: mask(result.value) });
  const fault = httpDeliveryFault(result.error);
  return err({ ...fault, sentence: mask(fault.sentence) });
}

async function postChecked(
  message: Post,
  context: SendContext,
  told: Conversation,
  lookup: Lookup,
): Promise<Result<string, Fault>> {
  const parsed = parseHttpUrl(message.url);
  if (!parsed.ok) return parsed;
  const url = parsed.value;
  const ca = await readCaFile(message.caFile);
  if (!ca.ok) return ca;
  const ownAddresses = Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address));
  const { allowedTargets, ownPorts, signal } = context;
  const addresses = await checkedAddresses(url, { allowedTargets, ownPorts, ownAddresses }, lookup, signal);
  if (!addresses.ok) return addresses;
  const place = placeOf(url.hostname.replace(/^\[|\]$/g, ''), portOf(url));
  told.note(`Connects to ${place} (${addresses.value.map(({ address }) => address).join(', ')}).`);
  return exchange(url, place, message, addresses.value, ca.value, signal, told);
}

function exchange(
  url: URL,
  place: string,
  message: Post,
  addresses: readonly ResolvedAddress[],
  ca: Buffer | undefined,
  signal: AbortSignal,
  told: Conversation,
): Promise<Result<string, Fault>> {
  const headers: Record<string, string> = {
    Host: url.host,
    'User-Agent': 'Fallover',
    Accept: '*/*',
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(message.body)),
    Connection: 'close',
    ...message.headers,
  };
  return new Promise((resolve) => {
    const agent = url.protocol === 'https:' ? new HttpsAgent({ keepAlive: false }) : new HttpAgent({ keepAlive: false });
    let request: ClientRequest | undefined;
    const end = (result: Result<string, Fault>): void => {
      signal.removeEventListener('abort', onAbort);
      resolve(result);
      request?.on('error', () => {}).destroy();
      agent.destroy();
    };
    const failed = (error: unknown): void => end(err(faultOf(error, place, url.hostname)));
    const onAbort = (): void => end(err({ code: 'timed_out', place }));
    if (signal.aborted) return onAbort();
    signal.addEventListener('abort', onAbort);
    const options = {
      method: 'POST',
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: portOf(url),
      path: `${url.pathname}${url.search}`,
      headers,
      agent,
      setDefaultHeaders: false,
      maxHeaderSize: 16 * 1024,
      lookup: pinned(addresses),
      ...(ca === undefined ? {} : { ca }),
      ...(isIP(url.hostname.replace(/^\[|\]$/g, '')) === 0 ? { servername: url.hostname.replace(/\.$/, '') } : {}),
    };
    try {
      request = url.protocol === 'https:' ? requestOverTls(options) : requestOverTcp(options);
    } catch (error) {
      return failed(error);
    }
    request.once('error', failed);
    request.once('response', (response) => {
      readAnswer(response, told).then(({ head, body }) => end(answerOf(head, body, place)), failed);
    });
    request.once('socket', (socket) => {
      socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
        told.sent(`POST ${url.pathname}${url.search} HTTP/1.1`);
        for (const [name, value] of Object.entries(headers)) told.sent(`${name}: ${value}`);
        told.sent('');
        told.sent(message.body);
      });
    });
    request.end(message.body);
  });
}

/** Whatever name is asked for, the answer is the addresses that were checked. */
function pinned(addresses: readonly ResolvedAddress[]) {
  return (
    _host: string,
    options: { all?: boolean | undefined },
    done: (error: Error | null, address: string | ResolvedAddress[], family?: number) => void,
  ): void => {
    const [first] = addresses;
    if (options.all === true) done(null, [...addresses]);
    else if (first === undefined) done(new Error('No address'), '');
    else done(null, first.address, first.family);
  };
}

async function readAnswer(response: IncomingMessage, told: Conversation): Promise<{ head: AnswerHead; body: string }> {
  const { statusCode: status = 0, statusMessage: reason = '', headers } = response;
  told.received(`HTTP/${response.httpVersion} ${status} ${reason}`);
  for (let at = 0; at + 1 < response.rawHeaders.length; at += 2)
    told.received(`${response.rawHeaders[at]}: ${response.rawHeaders[at + 1]}`);
  told.received('');
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= longestAnswer) break;
  }
  const body = Buffer.concat(chunks).subarray(0, longestAnswer).toString();
  if (body !== '') told.received(body);
  return { head: { status, reason, location: headers.location, retryAfter: headers['retry-after'] }, body };
}

function faultOf(error: unknown, place: string, host: string): Fault {
  const code = error instanceof Error ? String((error as NodeJS.ErrnoException).code ?? '') : '';
  if (code.startsWith('HPE_')) return { code: 'not_http', place, reason: code };
  return networkFaultOf(error, place, host);
}
