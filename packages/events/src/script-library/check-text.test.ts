import { describe, expect, it } from 'vitest';
import { scriptTextSentence, scriptTextWarningSentence } from '../wording/script-library.ts';
import { checkScriptText, interpreterOf, shellOf } from './check-text.ts';

const said = (text: string): string[] => {
  const { faults, warnings } = checkScriptText(text);
  return [...faults.map((fault) => `refused: ${scriptTextSentence(fault)}`), ...warnings.map(scriptTextWarningSentence)];
};

describe('the text of a library script', () => {
  it.each([
    ['#!/bin/sh\necho\n', []],
    ['#! /usr/bin/env -S bash -e\n', []],
    ['echo\n', ['The first line names no interpreter, so the script cannot be started. Begin it with a line such as #!/bin/sh.']],
    [
      '\ufeff#!/bin/sh\n',
      ['The first line names no interpreter, so the script cannot be started. Begin it with a line such as #!/bin/sh.'],
    ],
    ['#!sh\n', ['The interpreter "sh" of the first line is not a full pathname. Give one, such as /bin/sh.']],
    [
      '#!/bin/sh\r\necho\n',
      [
        'Line 1 ends with a carriage return, which an interpreter takes for a part of the line. Save the script with line ends of Unix.',
      ],
    ],
    [
      '#!/bin/sh\necho\r\ntrue\r\n',
      [
        '2 lines, the first of them line 2, end with a carriage return, which an interpreter takes for a part of the line. Save the script with line ends of Unix.',
      ],
    ],
    ['#!/bin/sh\n\nprintf \0', ['refused: Line 3 has a NUL character in it, which no script can have. Leave it out.']],
    ['#!/bin/sh\necho \ud83d\n', ['refused: Line 2 has half of a character in it. Type that character anew.']],
    ['#!/bin/sh\necho \u{1f600}\n', []],
  ])('%j', (text, sentences) => {
    expect(said(text)).toEqual(sentences);
  });
});

describe('the interpreter of a script', () => {
  it.each([
    ['#!/bin/sh', { path: '/bin/sh' }],
    ['#! /bin/sh -e\n', { path: '/bin/sh', argument: '-e' }],
    ['#!/usr/bin/env -S perl -w \n', { path: '/usr/bin/env', argument: '-S perl -w' }],
    [' #!/bin/sh\n', undefined],
    ['#!\n/bin/sh\n', undefined],
  ])('%j', (text, interpreter) => {
    expect(interpreterOf(text)).toEqual(interpreter);
  });

  it.each([
    ['#!/bin/sh\n', 'sh'],
    ['#!/bin/sh\r\n', 'sh'],
    ['#!/usr/local/bin/ksh93 -x\n', 'ksh93'],
    ['#!/usr/bin/env bash\n', 'bash'],
    ['#!/usr/bin/env -S LC_ALL=C bash -e\n', 'bash'],
    ['#!/usr/bin/env\n', undefined],
    ['#!/usr/bin/perl\n', undefined],
    ['#!/usr/bin/zsh\n', undefined],
    ['echo\n', undefined],
  ])('of %j is the shell %s', (text, shell) => {
    expect(shellOf(text)).toBe(shell);
  });
});
