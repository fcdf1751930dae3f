import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concatenationHeader, segmentText, smsText } from '../sms/segments.ts';
import { fuzzRounds } from '../test-support/fuzz-rounds.test-support.ts';
import { decodeSubmit } from './decode-pdu.test-support.ts';
import { submitPdu } from './pdu.ts';

const single = (number: string, text: string) => {
  const { encoding, segments } = segmentText(text, 9);
  return submitPdu({ number, encoding, units: segments[0] ?? [] });
};

describe('an SMS-SUBMIT', () => {
  it('is coded as the standard has it', () => {
    expect(single('+46708251358', 'hellohello')).toEqual({ hex: '0011000B916407281553F80000A70AE8329BFD4697D9EC37', length: 23 });
    expect(single('22333', 'я')).toEqual({ hex: '00110005812233F30008A702044F', length: 13 });
  });

  it('says what it was given, however a text is split', () => {
    const alphabet = '@£$¥èéùìòÇ\nØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./09:;<=>?¡AZÄÖÑÜ§¿azäöñüà^{}\\[~]|€';
    const texts = fc.oneof(
      fc.string({ unit: fc.constantFrom(...alphabet), maxLength: 400 }),
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.string({ unit: fc.constantFrom('x', '€', '🔥', 'я', '\u001a', '\u001b', '\r'), maxLength: 400 }),
    );
    const numbers = fc.stringMatching(/^\+?[0-9]{3,15}$/);
    fc.assert(
      fc.property(texts, numbers, fc.integer({ min: 0, max: 255 }), (text, number, reference) => {
        const { encoding, segments } = segmentText(text, 20);
        const decoded = segments.map((units, at) => {
          const header = segments.length > 1 ? { header: concatenationHeader(reference, segments.length, at + 1) } : {};
          const { hex, length } = submitPdu({ number, encoding, units, ...header });
          return decodeSubmit(hex, length);
        });
        expect(decoded.map((part) => part.text).join('')).toBe(smsText(text));
        for (const [at, part] of decoded.entries()) {
          expect(part.number).toBe(number);
          expect(part.part).toEqual(segments.length > 1 ? { reference, parts: segments.length, part: at + 1 } : undefined);
        }
      }),
      { numRuns: fuzzRounds(500) },
    );
  });
});
