import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tapBlocks, tapChecksum, tapText } from './blocks.ts';

describe('the blocks of a page', () => {
  it('have the checksum of the specification', () => {
    // the worked example of TAP 1.8, section 5.0
    expect(tapChecksum('\u0002123\rABC\r\u0003')).toBe('17;');
    expect(tapBlocks('123', 'ABC')).toEqual(['\u0002123\rABC\r\u000317;\r']);
  });

  it('end with US within a field, with ETB behind one, and with ETX at the end', () => {
    const ends = (text: string): (string | undefined)[] => tapBlocks('888', text).map((block) => block.at(-5));
    expect(ends('x'.repeat(243))).toEqual(['\u0003']);
    expect(ends('x'.repeat(244))).toEqual(['\u001f', '\u0003']);
    expect(ends('x'.repeat(400))).toEqual(['\u001f', '\u0003']);
    expect(tapBlocks('9'.repeat(247), 'x')).toHaveLength(2);
    expect(tapBlocks('9'.repeat(247), 'x')[0]?.at(-5)).toBe('\u0017');
  });
});

describe('the text of a page', () => {
  it('is one line of printable ASCII: accents go, line ends become blanks', () => {
    expect(tapText(' Größe: 5 €\r\ncafé “я” 🔥 ﬁn… ', 240)).toEqual({ text: 'Grosse: 5 EUR cafe "?" ? fin...', isCut: false });
  });

  it('is cut where the pager ends', () => {
    expect(tapText('x'.repeat(30), 10)).toEqual({ text: 'xxxxxxx...', isCut: true });
  });

  it('never has a character by which a terminal is led', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(tapText(text, 240).text).toMatch(/^[\x20-\x7e]{0,240}$/);
      }),
    );
  });
});
