/** A word as `sh` reads it back; one that needs no quotes has none. */
export const shellWord = (word: string): string =>
  /^[A-Za-z0-9_@%+:,./=-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

/** `ATTR=VALUE`, quoted where the value needs it. */
export const shellAttribute = (name: string, value: string): string => `${name}=${value === '' ? '' : shellWord(value)}`;

/** A line that is no command, whatever the text has in it. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: a line end would end the comment
export const commentLine = (text: string): string => `# ${text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, ' ')}`;

/** A here-document that gives `text` unchanged; its delimiter is no line of the text. A text without a final line end needs more. */
export function hereDocument(text: string): { delimiter: string; lines: string[] } {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const taken = new Set(lines);
  let delimiter = 'END';
  for (let number = 1; taken.has(delimiter); number += 1) delimiter = `END_${number}`;
  return { delimiter, lines: [...lines, delimiter] };
}
