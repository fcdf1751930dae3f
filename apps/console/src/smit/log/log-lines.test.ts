import { expect, it } from 'vitest';
import { readLines } from './log-lines.ts';

const plain = (text: string) => ({ text });

it('reads lines as text and colours, which hold on into the next line', () => {
  expect(readLines([plain('a \u001b[31mred'), plain('still\u001b[0m not\r')])).toEqual([
    {
      tokens: [
        { text: 'a ', style: {} },
        { text: 'red', style: { colour: 1 } },
      ],
      hidden: 0,
    },
    {
      tokens: [
        { text: 'still', style: { colour: 1 } },
        { text: ' not', style: {} },
      ],
      hidden: 0,
    },
  ]);
});

it('shows control characters, and an escape sequence that its line leaves unfinished', () => {
  expect(readLines([plain('a\u0007\u001b[3'), { text: 'b', cut: 5 }])).toEqual([
    {
      tokens: [
        { text: 'a␇', style: {} },
        { text: '␛[3', style: {} },
      ],
      hidden: 0,
    },
    { tokens: [{ text: 'b', style: {} }], hidden: 5 },
  ]);
});
