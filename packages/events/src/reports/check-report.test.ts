import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NAME } from '../names.ts';
import { inputSentence } from '../wording/input.ts';
import { checkReport, LONGEST_REPORT_ID } from './check-report.ts';

const said = (source: string, id: string): string[] => checkReport({ source, id }).map((fault) => inputSentence(fault));

describe('who reports an event, and by which id', () => {
  it.each([
    ['pacemaker', '1795644000.17'],
    ['keepalived.nodea', 'VI_1 FAULT 2026-11-23T14:22:10Z'],
    ['powerha', 'x'.repeat(LONGEST_REPORT_ID)],
  ])('takes %s and %s', (source, id) => expect(said(source, id)).toEqual([]));

  it('says what is wrong with either', () => {
    expect(said('-p', '')).toEqual([
      'source: "-p" is not a name. A name has 1 to 64 letters, digits, dots, underscores and hyphens, and begins with a letter or a digit.',
      'id: "" is not the id of a report. Give 1 to 200 printable ASCII characters, without a blank at either end, and the same ones when the report is repeated.',
    ]);
    for (const id of [' a', 'a ', 'a\nb', 'ä', 'x'.repeat(LONGEST_REPORT_ID + 1)])
      expect(checkReport({ source: 'p', id })).toHaveLength(1);
  });

  it('lets nothing through that a log would not show as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 220 }), fc.string({ unit: 'binary', maxLength: 220 }), (source, id) => {
        if (checkReport({ source, id }).length > 0) return;
        expect(NAME.test(source)).toBe(true);
        expect(id).toMatch(/^[ -~]{1,200}$/);
        expect(id.trim()).toBe(id);
      }),
    );
  });
});
