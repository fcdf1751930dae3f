import { describe, expect, it } from 'vitest';
import { type HttpFault, refusal } from './refusals.ts';

describe('refusals of the HTTP side', () => {
  it.each<[HttpFault, number, string]>([
    [{ code: 'not_signed_in' }, 401, 'Nobody is signed in, or the session has ended. Sign in.'],
    [
      { code: 'not_permitted', name: 'otto', role: 'monitor', needed: 'admin' },
      403,
      'otto has the role monitor, and this needs the role admin. Ask an administrator of the cluster.',
    ],
    [
      { code: 'only_over_control_socket' },
      403,
      'This is only for the scripts of a step that runs, over the control socket of the node: use fallover call-event in the script.',
    ],
    [
      { code: 'host_not_allowed', host: 'evil.example' },
      421,
      '"evil.example" is not a name that this cluster manager answers to. If it is yours, start it with --allow-host and that name.',
    ],
    [
      { code: 'origin_missing' },
      403,
      'A change needs the header Origin or Sec-Fetch-Site, which every browser sends. Add Origin with the address of this cluster manager.',
    ],
    [
      { code: 'origin_foreign', origin: 'http://evil.example' },
      403,
      'The page at http://evil.example may not use this cluster manager. Open the console at its own address.',
    ],
    [
      { code: 'request_id_missing' },
      400,
      'A change needs the header Idempotency-Key with a UUID, the same one when the request is repeated.',
    ],
    [{ code: 'request_id_not_uuid', text: 'x' }, 400, 'The header Idempotency-Key has to be a UUID; "x" is none.'],
    [
      { code: 'request_id_reused', id: 'ID' },
      409,
      'The request ID was made before with another content or by somebody else. Nothing was done; use a new UUID for a new request.',
    ],
    [{ code: 'body_not_json', reason: 'it ended too early' }, 400, 'The body is not JSON: it ended too early.'],
    [{ code: 'body_too_large', mostMegabytes: 1 }, 413, 'The body is larger than 1 MiB. Nothing was done.'],
    [
      { code: 'media_not_accepted', media: 'text/xml' },
      415,
      'The body is text/xml. Send it as application/json, in UTF-8 and not compressed.',
    ],
    [
      { code: 'address_not_readable' },
      400,
      'The address has a % that no two hexadecimal digits follow, or bytes that are not UTF-8.',
    ],
    [
      { code: 'no_such_address', path: '/api/v1/x' },
      404,
      'There is nothing at /api/v1/x. What there is stands in /api/v1/openapi.json.',
    ],
    [
      { code: 'method_not_allowed', method: 'PUT', path: '/api/v1/recover', allowed: ['POST'] },
      405,
      'PUT is not for /api/v1/recover; POST is.',
    ],
    [
      { code: 'too_many_requests', retryAfterSeconds: 60 },
      429,
      'Too many requests to sign in came from this address. Try again in 60 seconds.',
    ],
    [{ code: 'disk_full' }, 503, 'The disk of the state directory is full, or cannot be written. Make room on it and try again.'],
    [{ code: 'closing' }, 503, 'The cluster manager is ending. Try again once it has been started again.'],
    [
      { code: 'internal_fault', incident: 'ID' },
      500,
      'The cluster manager met a fault of its own. Its log tells more, as incident ID.',
    ],
  ])('%o is %d', (fault, status, sentence) => {
    const { code, ...rest } = refusal(fault);
    expect([code, rest.status, rest.sentence]).toEqual([fault.code, status, sentence]);
  });
});
