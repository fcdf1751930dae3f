import { type InputFault, inputSentence, labelOf } from '@fallover/events';
import type { Refusal } from '../http/use-cases.ts';

export type NotificationFault =
  | { code: 'method_not_found'; name: string }
  | { code: 'method_not_usable'; faults: readonly InputFault[] }
  | { code: 'notification_not_found'; id: string }
  | { code: 'not_over_yet'; id: string }
  | { code: 'nobody_left_to_tell'; id: string }
  | { code: 'test_not_found'; id: string }
  | { code: 'too_many_tests'; seconds: number; paid: boolean }
  | { code: 'silence_not_found'; id: string }
  | { code: 'silence_of_nothing'; what: string; name: string }
  | { code: 'run_unknown'; run: string }
  | { code: 'changed_meanwhile' };

const STATUS = {
  method_not_found: 404,
  method_not_usable: 400,
  notification_not_found: 404,
  not_over_yet: 409,
  nobody_left_to_tell: 409,
  test_not_found: 404,
  too_many_tests: 429,
  silence_not_found: 404,
  silence_of_nothing: 400,
  run_unknown: 404,
  changed_meanwhile: 409,
} as const satisfies Record<NotificationFault['code'], Refusal['status']>;

export const refusal = (fault: NotificationFault): Refusal => ({
  code: fault.code,
  status: STATUS[fault.code],
  sentence: notificationSentence(fault),
  ...(fault.code === 'method_not_usable' ? { faults: fault.faults.map(worded) } : {}),
  ...(fault.code === 'too_many_tests' ? { retryAfterSeconds: fault.seconds } : {}),
});

/** Of one value; `field` is a field of the method, or `settings.NAME`. */
export const worded = (fault: InputFault): { code: string; field: string; sentence: string } => ({
  code: fault.code,
  field: fault.field,
  sentence: inputSentence(fault, labelOf),
});

export function notificationSentence(fault: NotificationFault): string {
  switch (fault.code) {
    case 'method_not_found':
      return `There is no remote notification method ${fault.name}. fallover query method lists them.`;
    case 'method_not_usable':
      return fault.faults.length === 1 && fault.faults[0]
        ? inputSentence(fault.faults[0])
        : `${fault.faults.length} values of the method cannot be accepted. Correct them and try again; nothing was sent.`;
    case 'notification_not_found':
      return `There is no notification ${fault.id}. It may be too old to be kept; fallover query notification lists those that are.`;
    case 'not_over_yet':
      return 'It is still being delivered. Wait until it has been, or has failed.';
    case 'nobody_left_to_tell':
      return 'Every recipient has got it. Say that it shall go to all of them again, if that is meant.';
    case 'test_not_found':
      return 'There is no such test; one that is over is kept for ten minutes. The delivery log has how it ended.';
    case 'too_many_tests':
      return `Too many tests were sent${fault.paid ? ', and each of these costs money' : ''}. The next one can be sent in ${fault.seconds} seconds.`;
    case 'silence_not_found':
      return 'There is no such silence, or it has ended.';
    case 'silence_of_nothing':
      return `There is no ${fault.what} ${fault.name}, so nothing would be silenced. Choose one from the list, or leave it out to silence all.`;
    case 'run_unknown':
      return `There is no run ${fault.run}. List the runs with: fallover query run`;
    case 'changed_meanwhile':
      return 'Somebody else changed it meanwhile. Look at it again.';
  }
}
