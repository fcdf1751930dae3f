import { randomUUID } from 'node:crypto';
import { storeFaultOf, storeFaultSentence } from '@fallover/store';
import type { ErrorRequestHandler } from 'express';
import type { Logger } from 'pino';
import { sendRefusal } from './problem.ts';
import { type HttpFault, refusal } from './refusals.ts';
import type { Refusal } from './use-cases.ts';

/** What was thrown becomes a reply: never a stack trace, which goes to the log under the incident's id. */
export const errorHandler =
  (log: Logger): ErrorRequestHandler =>
  (error: unknown, request, response, _next) => {
    const answer = refusalOf(error, { question: request.method === 'GET' });
    const incident = randomUUID();
    if (!answer || answer.status >= 500) {
      const { method, originalUrl } = request;
      log.error({ err: error, incident, method, url: originalUrl }, 'A request could not be answered.');
    }
    // Half a reply cannot be taken back; without its end the client knows that it is not whole.
    if (response.headersSent) return void response.destroy();
    sendRefusal(response, answer ?? refusal({ code: 'internal_fault', incident }));
  };

function refusalOf(error: unknown, asked: { question: boolean }): Refusal | undefined {
  const lost = storeFaultOf(error);
  if (lost) return { code: lost.code, status: 503, sentence: storeFaultSentence(lost, asked), retryAfterSeconds: 5 };
  const fault = faultOf(error);
  return fault && refusal(fault);
}

interface Thrown {
  type?: string;
  status?: number;
  message?: string;
  code?: string;
  errcode?: number;
  /** Bytes of a body. */
  limit?: number;
}

const SQLITE_IOERR = 10;
const SQLITE_FULL = 13;

function faultOf(error: unknown): HttpFault | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { type, status, message = '', code, errcode = 0, limit = 0 } = error as Thrown;
  // An extended result code has the plain one in its lowest byte.
  if (code === 'ERR_SQLITE_ERROR' && [SQLITE_FULL, SQLITE_IOERR].includes(errcode & 0xff)) return { code: 'disk_full' };
  if (code === 'ENOSPC') return { code: 'disk_full' };
  if (error instanceof URIError || (status === 400 && message.startsWith('Failed to decode param')))
    return { code: 'address_not_readable' };
  switch (type) {
    case 'entity.parse.failed':
      return { code: 'body_not_json', reason: message.split('\n')[0] ?? '' };
    case 'entity.too.large':
      return { code: 'body_too_large', mostMegabytes: Math.round(limit / 1024 / 1024) };
    case 'encoding.unsupported':
      return { code: 'media_not_accepted', media: 'compressed' };
    case 'charset.unsupported':
      return { code: 'media_not_accepted', media: 'in another character set' };
    case 'request.aborted':
    case 'request.size.invalid':
      return { code: 'body_not_json', reason: 'it ended too early' };
    default:
      return undefined;
  }
}
