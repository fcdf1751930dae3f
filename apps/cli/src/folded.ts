const COLUMNS = 80;

/** A sentence in lines of 80 columns, between its words; a word that is longer has a line of its own. */
export function folded(text: string, { first, rest }: { first: string; rest: string } = { first: '', rest: '' }): string[] {
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  for (const word of text.split(' ')) {
    if (!isEmpty && line.length + 1 + word.length > COLUMNS) {
      lines.push(line);
      line = rest;
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line];
}
