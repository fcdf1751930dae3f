import { describe, expect, it } from 'vitest';
import { readSyntaxFindings } from './syntax.ts';

describe('what a shell says of a script', () => {
  it.each([
    [
      '/dev/stdin: 3: Syntax error: end of file unexpected (expecting "fi")\n',
      [{ line: 3, sentence: 'Syntax error: end of file unexpected (expecting "fi")' }],
    ],
    [
      "/dev/stdin: line 2: syntax error near unexpected token `)'\n/dev/stdin: line 2: `foo))'\n",
      [
        { line: 2, sentence: "syntax error near unexpected token `)'" },
        { line: 2, sentence: "`foo))'" },
      ],
    ],
    ["/dev/stdin: syntax error at line 4: `fi' unmatched\n", [{ line: 4, sentence: "`fi' unmatched" }]],
    ['/dev/stdin: warning: line 2: `...` obsolete, use $(...)\n', [{ line: 2, sentence: '`...` obsolete, use $(...)' }]],
    ["mksh: /dev/stdin[3]: syntax error: 'done' unexpected\n", [{ line: 3, sentence: "syntax error: 'done' unexpected" }]],
    ['something else\n\n', [{ sentence: 'something else' }]],
    ['', []],
  ])('%j', (output, findings) => {
    expect(readSyntaxFindings(output)).toEqual(findings);
  });

  it('is bounded, and control characters of it are made visible', () => {
    expect(readSyntaxFindings('x\n'.repeat(1000))).toHaveLength(50);
    expect(readSyntaxFindings('y'.repeat(1000))[0]?.sentence).toHaveLength(301);
    expect(readSyntaxFindings('a: 1: \u001b[31mred\n')).toEqual([{ line: 1, sentence: '\\u001b[31mred' }]);
  });
});
