/** The default alphabet of 3GPP TS 23.038, in the order of its codes. The place of the escape is held by U+001B. */
const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const ESCAPE = 0x1b;
/** Its extension table: each of these takes the escape and a second code. */
const EXTENSION: Record<string, number> = {
  '\f': 0x0a,
  '^': 0x14,
  '{': 0x28,
  '}': 0x29,
  '\\': 0x2f,
  '[': 0x3c,
  '~': 0x3d,
  ']': 0x3e,
  '|': 0x40,
  '€': 0x65,
};

const CODES = new Map<string, readonly number[]>([
  ...[...BASIC].map((character, code): [string, number[]] => [character, [code]]),
  ...Object.entries(EXTENSION).map(([character, code]): [string, number[]] => [character, [ESCAPE, code]]),
]);
CODES.delete('\u001b');

/** The one or two septets of a character, or undefined when the alphabet has it not. */
export const septetsOf = (character: string): readonly number[] | undefined => CODES.get(character);
