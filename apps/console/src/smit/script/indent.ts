interface Typed {
  /** What is replaced by what. */
  from: number;
  to: number;
  text: string;
  /** What is selected afterwards; else the cursor stands behind the text. */
  select?: [number, number];
}

/** What Tab and Enter do in a script: Tab indents, all lines of a selection at once; Shift takes back; Enter keeps the indentation. */
export function indented(text: string, start: number, end: number, key: string, shift: boolean): Typed | undefined {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  if (key === 'Enter' && !shift) {
    const [indentation] = /^[ \t]*/.exec(text.slice(lineStart, start)) ?? [''];
    return indentation === '' ? undefined : { from: start, to: end, text: `\n${indentation}` };
  }
  if (key !== 'Tab') return undefined;
  if (!shift && !text.slice(start, end).includes('\n')) return { from: start, to: end, text: '\t' };
  const until = Math.max(end, start);
  const lineEnd = text.indexOf('\n', until > start && text[until - 1] === '\n' ? until - 1 : until);
  const to = lineEnd < 0 ? text.length : lineEnd;
  const lines = text.slice(lineStart, to).split('\n');
  const moved = lines.map((line) => (shift ? line.replace(/^(\t| {1,8})/, '') : line === '' ? line : `\t${line}`)).join('\n');
  return { from: lineStart, to, text: moved, select: [lineStart, lineStart + moved.length] };
}
