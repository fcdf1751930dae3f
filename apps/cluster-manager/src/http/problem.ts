import type { Problem } from '@fallover/contract';
import type { Answer } from '@fallover/store';
import type { Response } from 'express';
import type { Refusal } from './use-cases.ts';

export const PROBLEM_MEDIA = 'application/problem+json';

function problemOf({ code, status, sentence, faults, detail }: Refusal): Problem {
  return {
    type: `urn:fallover:problem:${code}`,
    title: sentence,
    status,
    code,
    ...(faults === undefined ? {} : { faults }),
    ...(detail === undefined ? {} : { detail }),
  };
}

export const refusedAnswer = (refusal: Refusal): Answer => ({ status: refusal.status, body: JSON.stringify(problemOf(refusal)) });

export function sendAnswer(response: Response, { status, body }: Answer): void {
  response.status(status);
  if (body === '') response.end();
  else response.type(status >= 400 ? PROBLEM_MEDIA : 'application/json').send(body);
}

export function sendRefusal(response: Response, refusal: Refusal): void {
  if (refusal.retryAfterSeconds !== undefined) response.set('Retry-After', String(refusal.retryAfterSeconds));
  sendAnswer(response, refusedAnswer(refusal));
}
