import { describe, expect, it } from 'vitest';
import { daemonSentences } from './wording.ts';

describe('why there is no answer from the daemon', () => {
  it.each([
    [
      { code: 'no_daemon', socket: '/s/control.sock', reason: 'ENOENT' },
      [
        'No cluster manager runs with the state directory /s. Start it with “fallover start”, or name another directory with --state or FALLOVER_STATE.',
      ],
    ],
    [
      { code: 'no_daemon', socket: '/s/control.sock', reason: 'EACCES' },
      [
        'The control socket /s/control.sock may not be used by this user. Run the command as the user who runs the cluster manager.',
      ],
    ],
    [
      { code: 'no_daemon', socket: '/s/control.sock', reason: 'path_too_long' },
      [
        'The path of the control socket, /s/control.sock, is longer than the 107 bytes that the system allows. Use a state directory with a shorter path.',
      ],
    ],
    [
      { code: 'no_answer', socket: '/s/control.sock', write: true },
      [
        'The cluster manager went away before it answered; whether it did this is not known. “fallover query run” and “fallover query configuration” show what it did.',
      ],
    ],
    [
      { code: 'no_answer', socket: '/s/control.sock', write: false },
      ['The cluster manager went away before it answered. Ask again once it runs.'],
    ],
    [
      { code: 'not_an_answer', status: 418 },
      ["What answers at the control socket is not Fallover's cluster manager, or one of another version (HTTP status 418)."],
    ],
    [
      {
        code: 'refused',
        problem: {
          type: 'about:blank',
          title: 'This cannot be saved.',
          status: 422,
          code: 'invalid',
          faults: [
            { code: 'a', field: 'NOTIFYCOMMAND', sentence: '“x\u001b” is not a full pathname.' },
            { code: 'b', field: 'FILE', line: 3, sentence: 'It is empty.' },
            { code: 'c', sentence: 'This cannot be saved.' },
          ],
        },
      },
      ['This cannot be saved.', 'NOTIFYCOMMAND: “x^[” is not a full pathname.', 'FILE, line 3: It is empty.'],
    ],
  ] as const)('%j', (fault, sentences) => {
    expect(daemonSentences(fault as unknown as Parameters<typeof daemonSentences>[0])).toEqual(sentences);
  });
});
