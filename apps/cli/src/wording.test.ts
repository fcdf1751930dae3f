import { describe, expect, it } from 'vitest';
import { daemonSentences } from './wording.ts';

describe('why there is no answer from the daemon', () => {
  it.each([
    [
      { code: 'no_daemon', socket: '/s/control.sock', reason: 'ENOENT' },
      [
        'No cluster manager runs with the state directory /s. Start it with "fallover start", or name another directory with --state or FALLOVER_STATE.',
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
        'The cluster manager went away before it answered; whether it did this is not known. "fallover query run" and "fallover query configuration" show what it did.',
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
          faults: [{ code: 'a', field: 'file', line: 3, sentence: 'Line 3 is "x\u001b".' }],
          detail: 'It came from elsewhere.',
        },
      },
      ['This cannot be saved.', 'Line 3 is "x^[".', 'It came from elsewhere.'],
    ],
    [
      {
        code: 'refused',
        problem: {
          type: 'about:blank',
          title: 'NODE is missing. "x" is wrong.',
          status: 400,
          code: 'invalid_input',
          faults: [
            { code: 'a', sentence: 'NODE is missing.' },
            { code: 'b', sentence: '"x" is wrong.' },
          ],
        },
      },
      ['NODE is missing.', '"x" is wrong.'],
    ],
  ] as const)('%j', (fault, sentences) => {
    expect(daemonSentences(fault as unknown as Parameters<typeof daemonSentences>[0])).toEqual(sentences);
  });
});
