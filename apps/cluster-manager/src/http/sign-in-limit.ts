import type { Request, RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import { sendRefusal } from './problem.ts';
import { refusal } from './refusals.ts';

const WINDOW_MS = 60_000;
const REQUESTS = 30;

/**
 * Each try costs an argon2 hash and two lines of the audit trail, so an address has only so many a minute. How many may
 * fail is counted apart, by name and address.
 */
export function signInLimit(options: {
  addressOf: (request: Request) => string;
  exempt: (request: Request) => boolean;
}): RequestHandler {
  return rateLimit({
    windowMs: WINDOW_MS,
    limit: REQUESTS,
    standardHeaders: false,
    legacyHeaders: false,
    keyGenerator: options.addressOf,
    skip: options.exempt,
    // Its checks print to the console; the address is worked out here.
    validate: false,
    handler: (_request, response) =>
      sendRefusal(response, refusal({ code: 'too_many_requests', retryAfterSeconds: WINDOW_MS / 1000 })),
  });
}
