const LONGEST = 80;

/** What somebody typed, inside a sentence: not too long, and with control characters made visible. */
export function quoted(text: string): string {
  return `"${visible(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text)}"`;
}

/** Control characters as `\u001b`, and half of a character as the replacement for one. */
export function visible(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are just what is made visible here
  const shown = text.replace(/[\u0000-\u001f\u007f-\u009f]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return shown.toWellFormed();
}
