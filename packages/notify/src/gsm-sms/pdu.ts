import type { SmsEncoding } from '../sms/segments.ts';

/** An SMS-SUBMIT (3GPP TS 23.040, 9.2.2.2) as a modem takes it in PDU mode. */
export interface SubmitPdu {
  hex: string;
  /** Octets without the service centre's address, which `AT+CMGS=` wants to know. */
  length: number;
}

interface Submit {
  /** Digits, with + where it is international. */
  number: string;
  encoding: SmsEncoding;
  /** Septets or UTF-16 code units. */
  units: readonly number[];
  /** The user data header, with its length in front. */
  header?: readonly number[];
}

const SUBMIT = 0x01;
const RELATIVE_VALIDITY = 0x10;
const HAS_HEADER = 0x40;
/** 24 hours: nobody is woken next week by what was wrong today. */
const ONE_DAY = 0xa7;
const INTERNATIONAL = 0x91;
const UNKNOWN_TYPE = 0x81;

export function submitPdu({ number, encoding, units, header = [] }: Submit): SubmitPdu {
  const digits = number.replace(/^\+/, '');
  const isSeptets = encoding === 'GSM 7-bit';
  const userData = isSeptets ? packSeptets(units, header) : [...header, ...units.flatMap((unit) => [unit >> 8, unit & 0xff])];
  // the length of septets is told in septets, the header's and the fill bits behind it included
  const userDataLength = isSeptets ? Math.ceil((header.length * 8) / 7) + units.length : userData.length;
  const octets = [
    SUBMIT | RELATIVE_VALIDITY | (header.length > 0 ? HAS_HEADER : 0),
    0x00, // message reference: the modem's own
    digits.length,
    number.startsWith('+') ? INTERNATIONAL : UNKNOWN_TYPE,
    ...semiOctets(digits),
    0x00, // protocol identifier
    isSeptets ? 0x00 : 0x08,
    ONE_DAY,
    userDataLength,
    ...userData,
  ];
  // 00: the service centre that the modem knows
  return { hex: [0x00, ...octets].map(hexOf).join(''), length: octets.length };
}

const hexOf = (octet: number): string => octet.toString(16).toUpperCase().padStart(2, '0');

/** Two digits an octet, the first one in its lower half; an odd last one is filled up with F. */
function semiOctets(digits: string): number[] {
  const filled = digits.length % 2 === 0 ? digits : `${digits}F`;
  return (filled.match(/../g) ?? []).map((pair) => Number.parseInt(`${pair[1]}${pair[0]}`, 16));
}

/** Packs septets into octets, the lowest bits first, beginning at the first septet's bound behind the header. */
function packSeptets(septets: readonly number[], header: readonly number[]): number[] {
  const octets = [...header];
  let bit = Math.ceil((header.length * 8) / 7) * 7;
  for (const septet of septets) {
    const [at, shift] = [Math.floor(bit / 8), bit % 8];
    octets[at] = ((octets[at] ?? 0) | (septet << shift)) & 0xff;
    if (shift > 1) octets[at + 1] = septet >> (8 - shift);
    bit += 7;
  }
  return octets;
}
