/** How much a telephone shows of one message. */
export const PER_PIECE = 160;

/**
 * A text as telephones get it: one line, in pieces of 160 characters that end between words where that is possible. What does
 * not fit in the last piece is left out, which three dots say.
 */
export function piecesOf(text: string, most: number): string[] {
  const characters = [
    ...text
      .toWellFormed()
      .replace(/[\s\p{Cc}]+/gu, ' ')
      .trim(),
  ];
  if (characters.length <= PER_PIECE) return [characters.join('')];
  if (most === 1) return [cut(characters)];
  const room = PER_PIECE - `${most}/${most} `.length;
  const pieces: string[] = [];
  let rest = characters;
  while (rest.length > 0) {
    if (pieces.length === most - 1 || rest.length <= room) {
      pieces.push(rest.length <= room ? rest.join('') : cut(rest, room));
      break;
    }
    const blank = rest.slice(0, room + 1).lastIndexOf(' ');
    const end = blank > room / 2 ? blank : room;
    pieces.push(rest.slice(0, end).join(''));
    rest = rest.slice(rest[end] === ' ' ? end + 1 : end);
  }
  return pieces.map((piece, index) => `${index + 1}/${pieces.length} ${piece}`);
}

const cut = (characters: readonly string[], room = PER_PIECE): string =>
  `${characters
    .slice(0, room - 3)
    .join('')
    .trimEnd()}...`;
