import { describe, expect, it } from 'vitest';
import { smppFault } from './faults.ts';

const place = 'smpp.example.com:2775';
const worded = (fault: Parameters<typeof smppFault>[0]): [string, string] => {
  const { sentence, next } = smppFault(fault);
  return [sentence, next];
};

describe('why an SMPP gateway did not take a message', () => {
  it('is said in a sentence; only what may pass is tried again', () => {
    expect(worded({ code: 'not_smpp', place })).toEqual([
      'smpp.example.com:2775 does not speak SMPP as expected. Correct the server and the port, and look at whether TLS is on at one end only.',
      'retry',
    ]);
    expect(worded({ code: 'bind_refused', place, systemId: 'fallover', status: 14 })).toEqual([
      'smpp.example.com:2775 does not let the system id "fallover" log in: the password is wrong (ESME_RINVPASWD). Correct system id, password and system type.',
      'give_up',
    ]);
    expect(worded({ code: 'message_refused', place, status: 0x58, part: 1, parts: 1 })).toEqual([
      'smpp.example.com:2775 does not take the SMS: more messages came than it allows (ESME_RTHROTTLED).',
      'retry',
    ]);
    expect(worded({ code: 'message_refused', place, status: 0x0b, part: 2, parts: 3 })).toEqual([
      'smpp.example.com:2775 does not take part 2 of 3 of the SMS: the number is not valid (ESME_RINVDSTADR).',
      'give_up',
    ]);
    expect(worded({ code: 'message_refused', place, status: 0x400, part: 1, parts: 1 })).toEqual([
      'smpp.example.com:2775 does not take the SMS: it gives no reason that is known (status 0x00000400).',
      'retry',
    ]);
    expect(worded({ code: 'connection_refused', place })[1]).toBe('retry');
  });
});
