import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PREDEFINED_EVENTS } from '../catalogue/catalogue.ts';
import { programFaultSentence } from '../wording/recovery-program.ts';
import { parseProgram } from './parse-program.ts';
import { printProgram } from './print-program.ts';
import { NODE_SETS, type RecoveryProgram } from './types.ts';

/** What is said of a text: the program as it is printed, or its faults. */
function read(text: string): string[] {
  const parsed = parseProgram(text);
  if (parsed.ok) return printProgram(parsed.value).trimEnd().split('\n');
  return parsed.error.map((fault) => `${fault.line}: ${programFaultSentence(fault)}`);
}

describe('a recovery program', () => {
  it('is read as the manual writes it', () => {
    const text = `#format:
#relationship  \tcommand to run  \texpected status NULL
#
other  "node_up"  0 NULL
#
barrier
#
event "node_up" 0 NULL
#
barrier
#
all "node_up_complete" X NULL
`;
    expect(parseProgram(text)).toEqual({
      ok: true,
      value: [
        [{ nodeSet: 'other', command: 'node_up', expectedStatus: 0 }],
        [{ nodeSet: 'event', command: 'node_up', expectedStatus: 0 }],
        [{ nodeSet: 'all', command: 'node_up_complete', expectedStatus: 'X' }],
      ],
    });
  });

  it.each([
    ['a leading colon', ':event "/tmp/checkpagingspace" 0 NULL', ['event "/tmp/checkpagingspace" 0 NULL']],
    ['line ends of DOS, and a mark at the beginning', '\uFEFFall "node_up" 255 NULL\r\n', ['all "node_up" 255 NULL']],
    ['a comment behind a command', 'all "/opt/#1" 0 NULL # why', ['all "/opt/#1" 0 NULL']],
    ['barriers that nobody waits at', 'barrier\nbarrier\nall "node_up" 0 NULL\nbarrier', ['all "node_up" 0 NULL']],
    ['commands that start in parallel', 'event "/a" 0 NULL\nother "/b" 7 NULL', ['event "/a" 0 NULL', 'other "/b" 7 NULL']],
  ])('may have %s', (_, text, printed) => {
    expect(read(text)).toEqual(printed);
  });

  it.each([
    ['evnt "node_up" 0 NULL', '1: "evnt" is no node set. Did you mean event? A line begins with all, event, other or barrier.'],
    ['"all" "node_up" 0 NULL', '1: "all" is no node set. Did you mean all? A line begins with all, event, other or barrier.'],
    ['barrier all', '1: "all" stands behind barrier, which is alone on its line. Put it on a line of its own.'],
    ['all', '1: The command is missing. Write all "COMMAND" 0 NULL, with the full pathname or the cluster event to run.'],
    ['all /opt/a 0 NULL', '1: The command "/opt/a" is not in double quotes. Write it as "/opt/a".'],
    ['all “/opt/a” 0 NULL', '1: The command "“/opt/a”" is not in double quotes. Write it as "/opt/a".'],
    ['all "/opt/a 0 NULL', '1: The double quote before "/opt/a 0 NULL" is not closed. Close it behind the command.'],
    [
      'all "/opt/a -f" 0 NULL',
      '1: The command "/opt/a -f" has a blank in it: a command has no arguments. Put it with its arguments into a script, and name the script.',
    ],
    ['all "bin/a" 0 NULL', '1: The command "bin/a" is not a full pathname. Begin it with /, without . or .. on the way.'],
    [
      `all "/${'a'.repeat(1024)}" 0 NULL`,
      '1: The pathname of the command has more than 1024 characters. Put the command in a place with a shorter one.',
    ],
    [
      'all "node-up" 0 NULL',
      '1: There is no cluster event "node-up". Did you mean node_up? Name a cluster event, or a command by its full pathname.',
    ],
    [
      'all "node_up" 0 NULL # \u001b[2J',
      '1: "all "node_up" 0 NULL # \\u001b[2J" has a control character in it, or half of a character. Type the line anew.',
    ],
    ['all "" 0 NULL', '1: There is no cluster event "". Name a cluster event, or a command by its full pathname.'],
    [
      'all "node_up"',
      '1: The expected status is missing. Write a whole number from 0 to 255 behind the command, or X where any status will do.',
    ],
    [
      'all "node_up" 256 NULL',
      '1: The expected status "256" is not one. Write a whole number from 0 to 255, or X where any status will do.',
    ],
    [
      'all "node_up" x NULL',
      '1: The expected status "x" is not one. Write a whole number from 0 to 255, or X where any status will do.',
    ],
    ['all "node_up" 0', '1: NULL is missing at the end of the line. Write it behind the expected status.'],
    ['all "node_up" 0 null', '1: "null" stands where only NULL can stand, behind the expected status. Write NULL.'],
    ['all "node_up" 0 NULL more', '1: "more" stands behind NULL, where nothing can stand. Take it out; a comment begins with #.'],
    [
      '# nothing\nbarrier\n',
      '1: The program has no recovery command, so it would do nothing. Write at least one line such as all "/opt/recover" 0 NULL.',
    ],
  ])('is refused: %s', (text, sentence) => {
    expect(read(text)).toEqual([sentence]);
  });

  it('tells all faults, each by its line', () => {
    expect(read('all "node_up" 0 NULL\n\nnone "nod_up" Y 0\nbarrier!').map((fault) => fault.split(' is ')[0])).toEqual(
      [
        '3: "none"',
        '3: There',
        '3: The expected status "Y"',
        '3: "0" stands where only NULL can stand, behind the expected status. Write NULL.',
        '4: "barrier!"',
      ].map((start) => expect.stringContaining(start)),
    );
  });

  it('is the same again when it is printed and read', () => {
    const command = fc.oneof(
      fc.constantFrom(...PREDEFINED_EVENTS.map(({ name }) => name)),
      fc.stringMatching(/^(\/[A-Za-z0-9_#é-]{1,9}){1,4}$/),
    );
    const recoveryCommand = fc.record({
      nodeSet: fc.constantFrom(...NODE_SETS),
      command,
      expectedStatus: fc.oneof(fc.constant('X' as const), fc.integer({ min: 0, max: 255 })),
    });
    const programs = fc.array(fc.array(recoveryCommand, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(programs, (program: RecoveryProgram) => {
        expect(parseProgram(printProgram(program))).toEqual({ ok: true, value: program });
      }),
    );
  });

  it('is read or refused by lines that it has, whatever the text', () => {
    const word = fc.constantFrom(
      'all',
      ':other',
      'barrier',
      '"node_up"',
      '"',
      '0',
      'X',
      'NULL',
      '#',
      '\n',
      '\r\n',
      ' ',
      '\u0000',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.string()), { maxLength: 30 }), (words) => {
        const text = words.join(' ');
        const parsed = parseProgram(text);
        if (parsed.ok) return parsed.value.length > 0 && parsed.value.every((phase) => phase.length > 0);
        const lines = parsed.error.map(({ line }) => line);
        return lines.length > 0 && lines.every((line) => line >= 1 && line <= text.split('\n').length);
      }),
    );
  });
});
