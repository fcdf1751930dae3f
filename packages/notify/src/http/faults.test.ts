import { describe, expect, it } from 'vitest';
import { httpDeliveryFault } from './faults.ts';

const place = 'hook.example.com:443';
const worded = (fault: Parameters<typeof httpDeliveryFault>[0]): [string, string] => {
  const { sentence, next } = httpDeliveryFault(fault);
  return [sentence, next];
};

describe('why a message was not taken over HTTP', () => {
  it('is said in a sentence with the way out; only what may pass is tried again', () => {
    expect(worded({ code: 'own_port', place })).toEqual([
      'hook.example.com:443 is this cluster manager itself, which no notification may reach. Give another address.',
      'give_up',
    ]);
    expect(worded({ code: 'target_not_allowed', place, address: '127.0.0.1', kind: 'a loopback address' })).toEqual([
      'hook.example.com:443 leads to 127.0.0.1, a loopback address, where no notification goes unless it is allowed. If it is meant, add hook.example.com:443 to the allowed targets of the cluster.',
      'give_up',
    ]);
    expect(worded({ code: 'redirected', place, status: 301, location: 'https://b/' })).toEqual([
      'hook.example.com:443 answers with 301 and sends on to "https://b/", where Fallover does not follow. Give that address if it is the right one.',
      'give_up',
    ]);
    expect(worded({ code: 'http_deferred', place, answer: '429 Too Many Requests', retryAfter: '30 seconds' })).toEqual([
      'hook.example.com:443 does not take the message now: "429 Too Many Requests". It asks to wait: "30 seconds". Look at the limits of that service.',
      'retry',
    ]);
    expect(worded({ code: 'http_refused', place, answer: '404 Not Found: no_team' })).toEqual([
      'hook.example.com:443 refuses the message: "404 Not Found: no_team". Correct the address and the secrets of the method.',
      'give_up',
    ]);
    expect(worded({ code: 'http_failed', place, answer: '500 Internal Server Error' })).toEqual([
      'hook.example.com:443 failed at the message: "500 Internal Server Error". Look at the log there.',
      'retry',
    ]);
    expect(worded({ code: 'not_http', place, reason: 'HPE_INVALID_CONSTANT' })).toEqual([
      'hook.example.com:443 does not answer in HTTP (HPE_INVALID_CONSTANT). Correct the address and the port.',
      'retry',
    ]);
    expect(worded({ code: 'url_with_password' })[1]).toBe('give_up');
    expect(worded({ code: 'unreachable', place, reason: 'ENETUNREACH' })[1]).toBe('next_node');
  });
});
