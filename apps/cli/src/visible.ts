/** C0 but tab and newline, DEL, C1, and what turns the direction of text or hides in it. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are just what is looked for
const HOSTILE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** Text from a command or a person, with every character that could steer a terminal made visible: `^[` for escape. */
export const visible = (text: string): string => text.replaceAll(HOSTILE, shown);

/** The same for text that has to stay on one line. */
export const visibleLine = (text: string): string => visible(text).replaceAll('\n', '^J').replaceAll('\t', '^I');

function shown(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return `^${String.fromCharCode(code + 0x40)}`;
  if (code === 0x7f) return '^?';
  return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
}
