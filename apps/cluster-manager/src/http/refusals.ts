import { REQUEST_ID_HEADER } from '@fallover/contract';
import type { Refusal } from './use-cases.ts';

/** What is refused before a use case is asked. */
export type HttpFault =
  | { code: 'not_signed_in' }
  | { code: 'not_permitted'; name: string; role: string; needed: string }
  | { code: 'only_over_control_socket' }
  | { code: 'host_not_allowed'; host: string }
  | { code: 'origin_missing' }
  | { code: 'origin_foreign'; origin: string }
  | { code: 'request_id_missing' }
  | { code: 'request_id_not_uuid'; text: string }
  | { code: 'request_id_reused'; id: string }
  | { code: 'body_not_json'; reason: string }
  | { code: 'body_too_large'; mostMegabytes: number }
  | { code: 'media_not_accepted'; media: string }
  | { code: 'address_not_readable' }
  | { code: 'no_such_address'; path: string }
  | { code: 'method_not_allowed'; method: string; path: string; allowed: string[] }
  | { code: 'too_many_requests'; retryAfterSeconds: number }
  | { code: 'disk_full' }
  | { code: 'closing' }
  | { code: 'internal_fault'; incident: string };

const STATUS = {
  not_signed_in: 401,
  not_permitted: 403,
  only_over_control_socket: 403,
  host_not_allowed: 421,
  origin_missing: 403,
  origin_foreign: 403,
  request_id_missing: 400,
  request_id_not_uuid: 400,
  request_id_reused: 409,
  body_not_json: 400,
  body_too_large: 413,
  media_not_accepted: 415,
  address_not_readable: 400,
  no_such_address: 404,
  method_not_allowed: 405,
  too_many_requests: 429,
  disk_full: 503,
  closing: 503,
  internal_fault: 500,
} as const satisfies Record<HttpFault['code'], Refusal['status']>;

export const refusal = (fault: HttpFault): Refusal => ({
  code: fault.code,
  status: STATUS[fault.code],
  sentence: httpSentence(fault),
  ...('retryAfterSeconds' in fault ? { retryAfterSeconds: fault.retryAfterSeconds } : {}),
});

function httpSentence(fault: HttpFault): string {
  switch (fault.code) {
    case 'not_signed_in':
      return 'Nobody is signed in, or the session has ended. Sign in.';
    case 'not_permitted':
      return `${fault.name} has the role ${fault.role}, and this needs the role ${fault.needed}. Ask an administrator of the cluster.`;
    case 'only_over_control_socket':
      return 'This is only for the scripts of a step that runs, over the control socket of the node: use fallover call-event in the script.';
    case 'host_not_allowed':
      return `"${fault.host}" is not a name that this cluster manager answers to. If it is yours, start it with --allow-host and that name.`;
    case 'origin_missing':
      return 'A change needs the header Origin or Sec-Fetch-Site, which every browser sends. Add Origin with the address of this cluster manager.';
    case 'origin_foreign':
      return `The page at ${fault.origin} may not use this cluster manager. Open the console at its own address.`;
    case 'request_id_missing':
      return `A change needs the header ${REQUEST_ID_HEADER} with a UUID, the same one when the request is repeated.`;
    case 'request_id_not_uuid':
      return `The header ${REQUEST_ID_HEADER} has to be a UUID; "${fault.text}" is none.`;
    case 'request_id_reused':
      return `The request ${fault.id} was made before with another content or by somebody else. Nothing was done; use a new UUID for a new request.`;
    case 'body_not_json':
      return `The body is not JSON: ${fault.reason}.`;
    case 'body_too_large':
      return `The body is larger than ${fault.mostMegabytes} MiB. Nothing was done.`;
    case 'media_not_accepted':
      return `The body is ${fault.media}. Send it as application/json, in UTF-8 and not compressed.`;
    case 'address_not_readable':
      return 'The address has a % that no two hexadecimal digits follow, or bytes that are not UTF-8.';
    case 'no_such_address':
      return `There is nothing at ${fault.path}. What there is stands in /api/v1/openapi.json.`;
    case 'method_not_allowed':
      return `${fault.method} is not for ${fault.path}; ${fault.allowed.join(' and ')} ${fault.allowed.length === 1 ? 'is' : 'are'}.`;
    case 'too_many_requests':
      return `Too many requests to sign in came from this address. Try again in ${fault.retryAfterSeconds} seconds.`;
    case 'disk_full':
      return 'The disk of the state directory is full, or cannot be written. Make room on it and try again.';
    case 'closing':
      return 'The cluster manager is ending. Try again once it has been started again.';
    case 'internal_fault':
      return `The cluster manager met a fault of its own. Its log tells more, as incident ${fault.incident}.`;
  }
}
