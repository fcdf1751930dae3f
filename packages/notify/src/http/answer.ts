import { err, ok, type Result } from '@fallover/events';
import { capped } from '../conversation.ts';
import type { HttpFault } from './faults.ts';

/** How much of an answer is read. */
export const longestAnswer = 64 * 1024;

export interface AnswerHead {
  status: number;
  reason: string;
  location: string | undefined;
  retryAfter: string | undefined;
}

/** What an answer means: 2xx has taken the message; 4xx will not take it, except for those that ask to come again. */
export function answerOf(head: AnswerHead, body: string, place: string): Result<string, HttpFault> {
  const { status } = head;
  const answer = capped(`${status} ${head.reason}`.trim() + (body === '' ? '' : `: ${body.trim()}`));
  if (status >= 200 && status < 300) return ok(answer);
  if (status >= 300 && status < 400)
    return err({ code: 'redirected', place, status, location: capped(head.location ?? '', 500) });
  if (status === 408 || status === 425 || status === 429 || status === 503) {
    const retryAfter = head.retryAfter === undefined ? {} : { retryAfter: waitOf(head.retryAfter) };
    return err({ code: 'http_deferred', place, answer, ...retryAfter });
  }
  if (status >= 400 && status < 500) return err({ code: 'http_refused', place, answer });
  return err({ code: 'http_failed', place, answer });
}

const waitOf = (text: string): string => (/^[0-9]{1,9}$/.test(text) ? `${text} seconds` : capped(text, 60));
