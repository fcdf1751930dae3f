import { describe, expect, it } from 'vitest';
import { indented } from './indent.ts';

/** The text once the key is pressed; `[` and `]` are where the selection begins and ends. */
function after(marked: string, key: string, shift = false): string | undefined {
  const [start, end] = [marked.indexOf('['), marked.indexOf(']') - 1];
  const text = marked.replace(/[[\]]/g, '');
  const typed = indented(text, start, end, key, shift);
  return typed && text.slice(0, typed.from) + typed.text + text.slice(typed.to);
}

describe('indentation', () => {
  it('is a tab where the cursor is, or for all lines of a selection', () => {
    expect(after('if x[]', 'Tab')).toBe('if x\t');
    expect(after('a\n[b\n\nc\n]d', 'Tab')).toBe('a\n\tb\n\n\tc\nd');
  });

  it('is taken back with Shift', () => {
    expect(after('\ta\n\tb[]\nc', 'Tab', true)).toBe('\ta\nb\nc');
    expect(after('[\ta\n    b]\n', 'Tab', true)).toBe('a\nb\n');
  });

  it('is kept on the next line', () => {
    expect(after('\t  echo[]', 'Enter')).toBe('\t  echo\n\t  ');
    expect(after('echo[]', 'Enter')).toBeUndefined();
  });
});
