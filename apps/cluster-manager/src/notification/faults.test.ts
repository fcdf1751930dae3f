import { describe, expect, it } from 'vitest';
import { type NotificationFault, notificationSentence, refusal } from './faults.ts';

const FAULTS: [fault: NotificationFault, status: number, sentence: string][] = [
  [
    { code: 'method_not_found', name: 'mail' },
    404,
    'There is no remote notification method mail. fallover query method lists them.',
  ],
  [
    { code: 'method_not_usable', faults: [{ code: 'value_missing', field: 'contact' }] },
    400,
    'Number to Dial or Cell Phone Address is missing. Fill it in.',
  ],
  [
    {
      code: 'method_not_usable',
      faults: [
        { code: 'value_missing', field: 'contact' },
        { code: 'value_missing', field: 'methodText' },
      ],
    },
    400,
    '2 values of the method cannot be accepted. Correct them and try again; nothing was sent.',
  ],
  [
    { code: 'notification_not_found', id: 'n1' },
    404,
    'There is no notification n1. It may be too old to be kept; fallover query notification lists those that are.',
  ],
  [{ code: 'not_over_yet', id: 'n1' }, 409, 'It is still being delivered. Wait until it has been, or has failed.'],
  [
    { code: 'nobody_left_to_tell', id: 'n1' },
    409,
    'Every recipient has got it. Say that it shall go to all of them again, if that is meant.',
  ],
  [
    { code: 'test_not_found', id: 't1' },
    404,
    'There is no such test; one that is over is kept for ten minutes. The delivery log has how it ended.',
  ],
  [
    { code: 'too_many_tests', seconds: 90, paid: true },
    429,
    'Too many tests were sent, and each of these costs money. The next one can be sent in 90 seconds.',
  ],
  [
    { code: 'too_many_tests', seconds: 90, paid: false },
    429,
    'Too many tests were sent. The next one can be sent in 90 seconds.',
  ],
  [{ code: 'silence_not_found', id: 's1' }, 404, 'There is no such silence, or it has ended.'],
  [
    { code: 'silence_of_nothing', what: 'method', name: 'mial' },
    400,
    'There is no method mial, so nothing would be silenced. Choose one from the list, or leave it out to silence all.',
  ],
  [{ code: 'run_unknown', run: 'r1' }, 404, 'There is no run r1. List the runs with: fallover query run'],
  [{ code: 'changed_meanwhile' }, 409, 'Somebody else changed it meanwhile. Look at it again.'],
];

describe('what is refused about remote notification', () => {
  it.each(FAULTS.map(([fault, status, sentence]) => [fault.code, fault, status, sentence] as const))(
    '%s',
    (code, fault, status, sentence) => {
      expect(notificationSentence(fault)).toBe(sentence);
      expect(refusal(fault)).toMatchObject({ code, status, sentence });
    },
  );

  it('names each value of a method with its field', () => {
    const of = refusal({
      code: 'method_not_usable',
      faults: [{ code: 'transport_refuses', field: 'settings.port', sentence: 'Port: No.' }],
    });
    expect(of.faults).toEqual([{ code: 'transport_refuses', field: 'settings.port', sentence: 'Port: No.' }]);
  });

  it('says after how many seconds the next test can be sent', () => {
    expect(refusal({ code: 'too_many_tests', seconds: 90, paid: true }).retryAfterSeconds).toBe(90);
  });
});
