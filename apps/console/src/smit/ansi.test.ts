import { describe, expect, it } from 'vitest';
import { ANSI_START, readAnsi, readRest, visible } from './ansi.ts';

const ESC = '\u001b';
const read = (text: string) => readAnsi(text).tokens;

describe('output of a command', () => {
  it('keeps plain text as it is, tabs included', () => {
    expect(read('Releasing\trg1')).toEqual([{ text: 'Releasing\trg1', style: {} }]);
  });

  it('reads colours and weights, and forgets them at reset', () => {
    expect(read(`${ESC}[1;31mFAILED${ESC}[0m ok ${ESC}[92;44mgreen on blue`)).toEqual([
      { text: 'FAILED', style: { bold: true, colour: 1 } },
      { text: ' ok ', style: {} },
      { text: 'green on blue', style: { colour: 10, background: 4 } },
    ]);
  });

  it('reads colours of the large palette and true colours', () => {
    expect(read(`${ESC}[38;5;196mred${ESC}[48;2;1;2;3mon${ESC}[38;5;244mgrey`)).toEqual([
      { text: 'red', style: { colour: '#ff0000' } },
      { text: 'on', style: { colour: '#ff0000', background: '#010203' } },
      { text: 'grey', style: { colour: '#808080', background: '#010203' } },
    ]);
  });

  it('ignores a colour that does not exist', () => {
    expect(read(`${ESC}[38;5;999mx${ESC}[38;2;300;0;0my`)).toEqual([
      { text: 'x', style: {} },
      { text: 'y', style: {} },
    ]);
  });

  it('ends one attribute and keeps the others', () => {
    expect(read(`${ESC}[1;4;36mA${ESC}[22mB${ESC}[39mC`)).toEqual([
      { text: 'A', style: { bold: true, underline: true, colour: 6 } },
      { text: 'B', style: { underline: true, colour: 6 } },
      { text: 'C', style: { underline: true } },
    ]);
  });

  it('shows a sequence that would move the cursor or clear the screen, and obeys none', () => {
    expect(read(`a${ESC}[2Jb${ESC}]0;title\u0007c`)).toEqual([{ text: 'a␛[2Jb␛]0;title␇c', style: {} }]);
  });

  it('leaves markup as text', () => {
    expect(read('<img src=x onerror=alert(1)>')).toEqual([{ text: '<img src=x onerror=alert(1)>', style: {} }]);
  });

  it('joins a sequence that arrives in two pieces', () => {
    const first = readAnsi(`ab${ESC}[3`);
    expect(first).toEqual({ tokens: [{ text: 'ab', style: {} }], state: { style: {}, pending: `${ESC}[3` } });
    expect(readAnsi('2mgreen', first.state).tokens).toEqual([{ text: 'green', style: { colour: 2 } }]);
  });

  it('shows a sequence that is never completed, when the output ends or when it grows too long', () => {
    expect(readRest(readAnsi(`${ESC}[3`).state)).toEqual([{ text: '␛[3', style: {} }]);
    expect(readRest(ANSI_START)).toEqual([]);
    expect(read(`${ESC}[${'1;'.repeat(80)}`)[0]?.text).toBe(`␛[${'1;'.repeat(80)}`);
  });
});

describe('characters that cannot be seen', () => {
  it('are made visible', () => {
    expect(visible('a\u0000b\rc\u007fd\u0085e')).toBe('a␀b␍c␡d<U+0085>e');
  });

  it('cannot reorder a line', () => {
    expect(visible('admin\u202egpj.sh')).toBe('admin<U+202E>gpj.sh');
  });
});
