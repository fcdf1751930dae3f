/** A command line as `sh` reads it back: words that need no quotes have none. */
export function commandLine(words: readonly string[]): string {
  return words.map(shellWord).join(' ');
}

function shellWord(word: string): string {
  if (/^[A-Za-z0-9_@%+:,./-]+$/.test(word)) return word;
  const attribute = /^([A-Z_]+)=([\s\S]*)$/.exec(word);
  if (attribute) return attribute[2] === '' ? word : `${attribute[1]}=${shellWord(attribute[2] as string)}`;
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
