const [STX, ETX, ETB, US, CR] = ['\u0002', '\u0003', '\u0017', '\u001f', '\r'];
/** Characters of a block between STX and what ends it (TAP 1.8, 3.0: 250 in all, with room for both). */
const BLOCK = 248;
const CUT = '...';

/**
 * The blocks of one page. A block that ends within a field ends with US, one that ends with a field with ETB, and the last
 * one with ETX; behind it stands its checksum.
 */
export function tapBlocks(pager: string, text: string): string[] {
  const fields = `${pager}${CR}${text}${CR}`;
  const pieces = fields.match(new RegExp(`[^]{1,${BLOCK}}`, 'g')) ?? [];
  return pieces.map((piece, index) => {
    const end = index === pieces.length - 1 ? ETX : piece.endsWith(CR) ? ETB : US;
    const block = `${STX}${piece}${end}`;
    return `${block}${tapChecksum(block)}${CR}`;
  });
}

/** The sum of all characters from STX on, as three characters of four bits each (TAP 1.8, 5.0). */
export function tapChecksum(block: string): string {
  const sum = [...block].reduce((total, character) => total + (character.charCodeAt(0) & 0x7f), 0);
  return [8, 4, 0].map((shift) => String.fromCharCode(0x30 + ((sum >> shift) & 0xf))).join('');
}

/** What has a plain equivalent that no decomposition gives. */
const PLAIN: Record<string, string> = {
  ß: 'ss',
  Æ: 'AE',
  æ: 'ae',
  Ø: 'O',
  ø: 'o',
  Œ: 'OE',
  œ: 'oe',
  '€': 'EUR',
  '–': '-',
  '—': '-',
  '…': '...',
  '‘': "'",
  '’': "'",
  '“': '"',
  '”': '"',
};

/** What a pager can show of a text: printable ASCII, in one line. Accents go; what has no plain equivalent is a `?`. */
export function tapText(text: string, longest: number): { text: string; isCut: boolean } {
  const plain = [...text.toWellFormed().replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')]
    .map((character) => PLAIN[character] ?? character.normalize('NFKD').replace(/\p{M}/gu, ''))
    .join('')
    .replace(/[^\x20-\x7e]/gu, '?')
    .trim();
  if (plain.length <= longest) return { text: plain, isCut: false };
  return { text: `${plain.slice(0, longest - CUT.length)}${CUT}`, isCut: true };
}
