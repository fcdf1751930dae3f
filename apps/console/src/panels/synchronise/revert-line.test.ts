import { describe, expect, it } from 'vitest';
import { nodeDownChange } from '../../test/fixtures.ts';
import { movedSince } from './moved-since.ts';
import { revertLine } from './revert-line.ts';

describe('the line that reverts', () => {
  it('names class, entry, attribute and node as clmgr does', () => {
    const change = nodeDownChange();
    const [notify, warning] = change.values;
    expect(revertLine({})).toBe('fallover revert --all');
    expect(revertLine({ change })).toBe('fallover revert event node_down');
    expect(revertLine({ change, value: notify as { field: string } })).toBe('fallover revert event node_down NOTIFYCOMMAND');
    expect(revertLine({ change, value: warning as { field: string } })).toBe(
      'fallover revert event node_down TIMEUNTILWARNING NODE=nodeb',
    );
    expect(revertLine({ change: { class: 'custom_event', name: 'stop_app' } })).toBe('fallover revert event stop_app');
    expect(revertLine({ change: { class: 'service_label', name: 'ip1' } })).toBe('fallover revert service_label ip1');
  });
});

describe('what has moved while it was looked at', () => {
  it('is every entry whose change is new, gone or another one', () => {
    const [one, two, three] = ['a', 'b', 'c'].map((name) => nodeDownChange({ name }));
    if (!one || !two || !three) throw new Error('three changes');
    expect(movedSince([one, two], [one, two])).toEqual([]);
    expect(movedSince([one, two], [{ ...two, revision: 8 }, three])).toEqual(['event a', 'event b', 'event c']);
  });
});
