import { describe, expect, it } from 'vitest';
import { nodeDown } from '../../test/fixtures.ts';
import { commandsOf, fieldsWith, rowOf } from './rows.ts';

const withOwn = (value: number) =>
  nodeDown({
    draft: {
      revision: 4,
      fields: { notifyCommand: { cluster: '/opt/notify' }, timeUntilWarning: { cluster: value, nodes: { nodeb: 30 } } },
    },
  });

describe('the time until warning of an event', () => {
  it('is the default until there is an own value', () => {
    expect(rowOf(nodeDown(), undefined)).toMatchObject({ text: '', own: undefined, effective: 360, changed: false });
    expect(rowOf(withOwn(600), undefined)).toMatchObject({ text: '600', own: 600, effective: 600, onNodes: [['nodeb', 30]] });
  });

  it('is put into the entry without touching the rest of it, a node’s own value included', () => {
    expect(fieldsWith(withOwn(600), ' 90 ')).toEqual({
      notifyCommand: { cluster: '/opt/notify' },
      timeUntilWarning: { cluster: 90, nodes: { nodeb: 30 } },
    });
    expect(fieldsWith(withOwn(600), '')).toMatchObject({ timeUntilWarning: { nodes: { nodeb: 30 } } });
    expect(fieldsWith(nodeDown(), '')).toEqual({});
  });

  it('is refused in the words of the rules', () => {
    const row = rowOf(nodeDown(), { text: '0', before: undefined });
    expect(row.effective).toBeUndefined();
    expect(row.faults).toHaveLength(1);
  });

  it('says when somebody saved another value meanwhile', () => {
    expect(rowOf(withOwn(600), { text: '90', before: undefined })).toMatchObject({ changed: true, movedOn: true });
    expect(rowOf(withOwn(600), { text: '600', before: undefined })).toMatchObject({ changed: false, movedOn: false });
  });

  it('is a line for a shell, with nothing but what is changed', () => {
    expect(
      commandsOf([rowOf(nodeDown(), { text: '90', before: undefined }), rowOf(withOwn(5), { text: '', before: 5 })]),
    ).toEqual(['fallover modify event node_down TIMEUNTILWARNING=90', 'fallover modify event node_down TIMEUNTILWARNING=']);
  });
});
