import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textOf } from '../gsm-sms/decode-pdu.test-support.ts';
import { concatenationReference, measureSms, segmentText, smsText } from './segments.ts';

describe('a text as SMS', () => {
  it('is one of 160 characters of the GSM alphabet, or several of 153', () => {
    expect(measureSms('x'.repeat(160), 9)).toEqual({ encoding: 'GSM 7-bit', characters: 160, segments: 1, perSegment: 160 });
    expect(measureSms('x'.repeat(161), 9)).toEqual({ encoding: 'GSM 7-bit', characters: 161, segments: 2, perSegment: 153 });
    expect(measureSms('', 9)).toEqual({ encoding: 'GSM 7-bit', characters: 0, segments: 1, perSegment: 160 });
  });

  it('counts twice what the alphabet has in its extension only', () => {
    expect(measureSms('€'.repeat(80), 9)).toMatchObject({ characters: 80, segments: 1 });
    expect(measureSms('€'.repeat(81), 9)).toMatchObject({ characters: 81, segments: 2 });
  });

  it('is one of 70 code units when it has another character, or several of 67', () => {
    expect(measureSms(`${'x'.repeat(69)}я`, 9)).toEqual({ encoding: 'UCS-2', characters: 70, segments: 1, perSegment: 70 });
    expect(measureSms(`${'x'.repeat(69)}🔥`, 9)).toEqual({ encoding: 'UCS-2', characters: 70, segments: 2, perSegment: 67 });
  });

  it('is never torn apart within a character', () => {
    const lengths = (text: string): number[] => segmentText(text, 9).segments.map(({ length }) => length);
    expect(lengths(`${'x'.repeat(152)}€${'x'.repeat(20)}`)).toEqual([152, 22]);
    expect(lengths(`${'я'.repeat(66)}🔥${'я'.repeat(20)}`)).toEqual([66, 22]);
  });

  it('ends with three dots when there is more of it than may be sent', () => {
    const { segments, isCut } = segmentText('x'.repeat(500), 2);
    expect([segments.map(({ length }) => length), isCut]).toEqual([[153, 153], true]);
    expect(textOf(segments[1] ?? [])).toBe(`${'x'.repeat(150)}...`);
    expect(segmentText('я'.repeat(500), 1).segments.map(({ length }) => length)).toEqual([70]);
  });

  it('has no control characters but line ends', () => {
    expect(smsText('a\r\nb\rc\u2028d\te\u001a\u001b\u0000f\u0085\ud800\n')).toBe('a\nb\nc\nd e   f \ufffd');
  });

  it('has the same reference at every attempt, and seldom that of another message', () => {
    expect(concatenationReference('run1.failure.ops.1')).toBe(concatenationReference('run1.failure.ops.1'));
    const references = Array.from({ length: 2_000 }, (_, at) => concatenationReference(`run${at}`));
    expect(new Set(references).size).toBeGreaterThan(250);
  });

  it('is never sent in more segments than allowed, each within its room', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 600 }), fc.integer({ min: 1, max: 6 }), (text, most) => {
        const { segments, perSegment } = segmentText(text, most);
        expect(segments.length).toBeLessThanOrEqual(most);
        for (const segment of segments) expect(segment.length).toBeLessThanOrEqual(perSegment);
      }),
    );
  });
});
