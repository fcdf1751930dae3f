import type { EntryChangeView } from '@fallover/contract';
import { describe, expect, it } from 'vitest';
import { changesWords, countOf, matchingChanges, pagesOf, valueText } from './changes.ts';
import { entryPath } from './entry-path.ts';

const NODE_DOWN: EntryChangeView = {
  class: 'event',
  name: 'node_down',
  kind: 'changed',
  values: [
    { field: 'notifyCommand', before: '/opt/ha/tell', after: '/opt/ha/page' },
    { field: 'timeUntilWarning', node: 'nodeb', after: 90 },
  ],
};
const OLD_NET: EntryChangeView = { class: 'network', name: 'net_old', kind: 'deleted', values: [] };
const ALL = [NODE_DOWN, OLD_NET];

describe('changes', () => {
  it('are counted value by value, and an entry without values once', () => {
    expect(countOf(ALL)).toBe(3);
    expect([0, 1, 3].map(changesWords)).toEqual(['0 changes', '1 change', '3 changes']);
  });

  it('are found by name, class, field, node and value; of an entry only the values that match', () => {
    const found = (text: string) =>
      matchingChanges(ALL, { text }).map(({ name, values }) => `${name} ${values.map(({ field }) => field).join(' ')}`);
    expect(found('')).toEqual(['node_down notifyCommand timeUntilWarning', 'net_old ']);
    expect(found('event node')).toEqual(['node_down notifyCommand timeUntilWarning']);
    expect(found('PAGE')).toEqual(['node_down notifyCommand']);
    expect(found('until nodeb')).toEqual(['node_down timeUntilWarning']);
    expect(found('deleted network')).toEqual(['net_old ']);
    expect(found('walrus')).toEqual([]);
    expect(matchingChanges(ALL, { class: 'network' })).toEqual([OLD_NET]);
    expect(matchingChanges(ALL, { kind: 'changed' })).toEqual([NODE_DOWN]);
  });

  it('come page by page, no entry torn apart', () => {
    const many = Array.from({ length: 5 }, (_, index) => ({ ...NODE_DOWN, name: `event_${index}` }));
    const names = (most: number) => pagesOf(many, most).map((page) => page.map(({ name }) => name.at(-1)).join(''));
    expect(names(4)).toEqual(['01', '23', '4']);
    expect(names(1)).toEqual(['0', '1', '2', '3', '4']);
    expect(names(100)).toEqual(['01234']);
    expect(pagesOf([], 4)).toEqual([]);
  });

  it('show values as the panels do', () => {
    expect(valueText('preEventCommand', ['stop_app', 'sync'])).toBe('stop_app, sync');
    expect(valueText('failOnPrePost', false)).toBe('no');
    expect(valueText('recoveryCounter', 0)).toBe('0');
    expect(valueText('content', 'abcdef0123456789'.repeat(4))).toBe('SHA-256 abcdef012345…');
    expect(valueText('settings', ['host=mail', 'password=sealed:v1:abc'])).toBe('host=mail, password=•••• (secret)');
    expect([undefined, '', []].map((value) => valueText('script', value))).toEqual(['', '', '']);
  });
});

describe('the path of an entry', () => {
  it('leads to its panel, to the node’s sheet and to the field', () => {
    expect(entryPath({ class: 'event', name: 'node_down' })).toBe('/smit/cm_event/node_down');
    expect(entryPath({ class: 'custom_event', name: 'stop_app', field: 'script', node: 'nodeb' })).toBe(
      '/smit/cm_custom_event/stop_app?node=nodeb#entry-script',
    );
    expect(entryPath({ class: 'cluster', name: 'payroll', field: 'verificationHour' })).toBe(
      '/smit/cm_auto_verification#entry-verificationHour',
    );
  });
});
