import { describe, expect, it } from 'vitest';
import { Refused } from '../../api.ts';
import { countsWords } from '../../smit/finding-words.ts';
import { notExecutable } from '../../test/fixtures.ts';
import { blockingOf, placeWords, shownFindings, withoutFindings } from './findings.ts';

const ERROR = notExecutable();
const INPUT = notExecutable({
  id: 'not_a_name:site/x y',
  overridable: false,
  class: 'site',
  name: 'x y',
  field: undefined,
  node: undefined,
});
const WARNING = notExecutable({
  id: 'unused:custom_event/stop_app',
  severity: 'warning',
  class: 'custom_event',
  name: 'stop_app',
  field: undefined,
  node: undefined,
  sentence: 'No event lists it.',
});

describe('findings of verification', () => {
  it('have their place in the words of the panels', () => {
    expect([ERROR, INPUT, WARNING].map(placeWords)).toEqual([
      'event node_down · Notify Command on nodea',
      'site x y',
      'custom event stop_app',
    ]);
    expect(placeWords({ id: 'x', severity: 'warning', code: 'x', overridable: false, node: 'nodeb' })).toBe('on nodeb');
    expect(placeWords({ id: 'x', severity: 'warning', code: 'x', overridable: false })).toBe('whole configuration');
  });

  it('come errors first, and are searched by place, reason and id', () => {
    const ids = (filter: Parameters<typeof shownFindings>[1]) =>
      shownFindings([WARNING, ERROR], filter).map(({ code, severity }) => `${severity} ${code}`);
    expect(ids({})).toEqual(['error not_executable', 'warning not_executable']);
    expect(ids({ text: 'chmod notify' })).toEqual(['error not_executable']);
    expect(ids({ text: 'unused:' })).toEqual(['warning not_executable']);
    expect(ids({ severity: 'warning' })).toEqual(['warning not_executable']);
  });

  it('are counted in words', () => {
    expect(countsWords({ errors: 0, warnings: 0 })).toBe('no errors, no warnings');
    expect(countsWords({ errors: 1, warnings: 2 })).toBe('1 error, 2 warnings');
    expect(countsWords({ errors: 0, warnings: 1 })).toBe('1 warning');
  });

  it('block while an error is not overridden; only what can be overridden is', () => {
    const all = new Set([ERROR.id, INPUT.id, 'gone:event/node_up']);
    expect(blockingOf([ERROR, INPUT, WARNING], new Set())).toEqual({ open: [ERROR, INPUT], override: [] });
    expect(blockingOf([ERROR, INPUT, WARNING], all)).toEqual({ open: [INPUT], override: [ERROR.id] });
  });

  it('are not said a second time by the refusal', () => {
    const problem = { type: 'x', title: 'No.', status: 409, code: 'verification_failed' };
    const known = { code: 'not_executable', id: ERROR.id, sentence: 'known' };
    const other = { code: 'x', sentence: 'other' };
    const left = withoutFindings(new Refused({ ...problem, faults: [known, other] }), [ERROR]);
    expect(left instanceof Refused && left.problem.faults).toEqual([other]);
  });
});
