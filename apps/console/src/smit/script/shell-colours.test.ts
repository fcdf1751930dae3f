import { describe, expect, it } from 'vitest';
import { colourScript, isShellScript } from './shell-colours.ts';

const told = (source: string): string[] =>
  colourScript(source).map((line) =>
    line.map(({ kind, text }) => (kind === 'plain' ? text : `${kind.slice(0, 1).toUpperCase()}<${text}>`)).join(''),
  );

describe('the colours of a shell script', () => {
  it('tell comments, strings, variables and the words of the language', () => {
    expect(told(`#!/bin/sh\nif [ "$1" = 'down' ]; then  # twice\n  exit \${STATUS:-0}\nfi\necho if done#3`)).toEqual([
      'C<#!/bin/sh>',
      'K<if> [ S<">V<$1>S<"> = S<\'down\'> ]; K<then>  C<# twice>',
      `  K<exit> V<\${STATUS:-0}>`,
      'K<fi>',
      'echo if done#3',
    ]);
  });

  it('go on in a string and in a here-document over the end of a line', () => {
    expect(told('x="one\ntwo \\" $y"; cat <<-END\n\tfi $x\n\tEND\nfi')).toEqual([
      'x=S<"one>',
      'S<two \\" >V<$y>S<">; cat K<<<-END>',
      'S<\tfi $x>',
      'K<\tEND>',
      'K<fi>',
    ]);
  });

  it('leave every character where it is, whatever the text', () => {
    const sources = ['', '\\', '"', "'", '<<', '$', '${', '\u0000é\t', 'a\\\nb "$(c "d")" `e`', 'cat <<"A" <<B\n1\nA\n2\nB\nfi'];
    for (const source of sources)
      expect(
        colourScript(source)
          .map((line) => line.map(({ text }) => text).join(''))
          .join('\n'),
      ).toBe(source);
  });

  it('are for shells only', () => {
    const lines = [
      '#!/bin/sh',
      '#!/usr/bin/env bash',
      '#!/usr/bin/ksh93 -x',
      'echo',
      '#!/usr/bin/perl',
      '#!/usr/bin/env python3',
      '#!/bin/fish',
    ];
    expect(lines.filter(isShellScript)).toEqual(['#!/bin/sh', '#!/usr/bin/env bash', '#!/usr/bin/ksh93 -x', 'echo']);
  });
});
