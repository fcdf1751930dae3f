/** What a service centre reads in an SMS-SUBMIT. Written from 3GPP TS 23.038 and 23.040, apart from the encoder. */
export interface DecodedSubmit {
  number: string;
  text: string;
  encoding: 'GSM 7-bit' | 'UCS-2';
  part?: { reference: number; parts: number; part: number };
}

/** TS 23.038, 6.2.1: the code point of each code. */
const DEFAULT_ALPHABET = `
  40 a3 24 a5 e8 e9 f9 ec f2 c7 0a d8 f8 0d c5 e5 394 5f 3a6 393 39b 3a9 3a0 3a8 3a3 398 39e 1b c6 e6 df c9
  20 21 22 23 a4 25 26 27 28 29 2a 2b 2c 2d 2e 2f 30 31 32 33 34 35 36 37 38 39 3a 3b 3c 3d 3e 3f
  a1 41 42 43 44 45 46 47 48 49 4a 4b 4c 4d 4e 4f 50 51 52 53 54 55 56 57 58 59 5a c4 d6 d1 dc a7
  bf 61 62 63 64 65 66 67 68 69 6a 6b 6c 6d 6e 6f 70 71 72 73 74 75 76 77 78 79 7a e4 f6 f1 fc e0`
  .trim()
  .split(/\s+/)
  .map((point) => Number.parseInt(point, 16));
/** 6.2.1.1: code and code point. */
const EXTENSION: Record<number, number> = {
  10: 0x0c,
  20: 0x5e,
  40: 0x7b,
  41: 0x7d,
  47: 0x5c,
  60: 0x5b,
  61: 0x7e,
  62: 0x5d,
  64: 0x7c,
  101: 0x20ac,
};

/** Reads the hexadecimal digits of a PDU; throws for what no service centre would take. */
export function decodeSubmit(hex: string, length: number): DecodedSubmit {
  if (!/^(?:[0-9A-F]{2})+$/.test(hex)) throw new Error('not hexadecimal');
  const octets = [...Buffer.from(hex, 'hex')];
  const next = (): number => {
    const octet = octets.shift();
    if (octet === undefined) throw new Error('too short');
    return octet;
  };
  for (let rest = next(); rest > 0; rest -= 1) next();
  if (octets.length !== length) throw new Error('not as long as it was said to be');
  const first = next();
  if ((first & 0b11) !== 1) throw new Error('no SMS-SUBMIT');
  next(); // message reference
  const digits = next();
  const type = next();
  let number = '';
  for (let at = 0; at < Math.ceil(digits / 2); at += 1)
    number += next().toString(16).padStart(2, '0').split('').reverse().join('');
  number = number.slice(0, digits);
  if (!/^\d+$/.test(number)) throw new Error('no number');
  next(); // protocol identifier
  const coding = next();
  if (((first >> 3) & 0b11) === 0b10) next(); // validity period
  const said = next();
  const hasHeader = (first & 0x40) !== 0;
  const headerOctets = hasHeader ? (octets[0] ?? 0) + 1 : 0;
  const part = hasHeader ? partOf(octets.slice(1, headerOctets)) : undefined;
  const decoded = { number: `${type === 0x91 ? '+' : ''}${number}`, ...(part === undefined ? {} : { part }) };
  if (coding === 0x08) {
    if (octets.length !== said || octets.length > 140) throw new Error('user data of a wrong length');
    const text = Buffer.from(octets.slice(headerOctets)).swap16().toString('utf16le');
    if (!text.isWellFormed()) throw new Error('half a character');
    return { ...decoded, encoding: 'UCS-2', text };
  }
  if (coding !== 0x00) throw new Error('unknown coding');
  if (octets.length !== Math.ceil((said * 7) / 8) || octets.length > 140) throw new Error('user data of a wrong length');
  const bits = octets.map((octet) => octet.toString(2).padStart(8, '0').split('').reverse().join('')).join('');
  const headerSeptets = Math.ceil((headerOctets * 8) / 7);
  const codes: number[] = [];
  for (let at = headerSeptets; at < said; at += 1) {
    codes.push(
      Number.parseInt(
        bits
          .slice(at * 7, at * 7 + 7)
          .split('')
          .reverse()
          .join(''),
        2,
      ),
    );
  }
  return { ...decoded, encoding: 'GSM 7-bit', text: textOf(codes) };
}

/** Text of the default alphabet and its extension; throws for an escape without a second code. */
export function textOf(codes: readonly number[]): string {
  let text = '';
  for (let at = 0; at < codes.length; at += 1) {
    const isEscape = codes[at] === 0x1b;
    if (isEscape) at += 1;
    const point = isEscape ? EXTENSION[codes[at] ?? -1] : DEFAULT_ALPHABET[codes[at] ?? -1];
    if (point === undefined) throw new Error('half a character');
    text += String.fromCodePoint(point);
  }
  return text;
}

function partOf(header: readonly number[]): DecodedSubmit['part'] {
  const [element, length, reference, parts, part] = header;
  if (element !== 0 || length !== 3 || reference === undefined || parts === undefined || part === undefined) {
    throw new Error('not a header of a concatenated message');
  }
  return { reference, parts, part };
}
