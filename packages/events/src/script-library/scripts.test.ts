import { describe, expect, it } from 'vitest';
import type { Entry } from '../definition/types.ts';
import { anyLibraryOf, nameInLibrary, scriptSetText, scriptsOf } from './scripts.ts';

const A = 'a'.repeat(64);
const B = 'b'.repeat(64);
const entries: Entry[] = [
  { class: 'script', name: 'stop_db', fields: { content: { cluster: B }, remark: { cluster: 'stops it' } } },
  { class: 'script', name: 'start_db', fields: { content: { cluster: A } } },
  { class: 'script', name: 'empty', fields: {} },
  {
    class: 'event',
    name: 'node_up',
    fields: {
      notifyCommand: { cluster: '/lib/current/start_db', nodes: { nodeb: '/lib/current/stop_db' } },
      recoveryCommand: { cluster: '/opt/other' },
      notificationLocation: { cluster: '/lib/current/stop_db' },
    },
  },
  { class: 'custom_event', name: 'tell', fields: { script: { cluster: '/lib/current/start_db' } } },
];

describe('the scripts of a revision', () => {
  it('are those with bytes, sorted by name', () => {
    expect([...scriptsOf({ entries })]).toEqual([
      ['start_db', A],
      ['stop_db', B],
    ]);
  });

  it('are the same set in whatever order they stand, and another one when one differs', () => {
    expect(scriptSetText(scriptsOf({ entries }))).toBe(`[["start_db","${A}"],["stop_db","${B}"]]`);
    expect(scriptSetText(scriptsOf({ entries: entries.toReversed() }))).toBe(scriptSetText(scriptsOf({ entries })));
    expect(scriptSetText(scriptsOf({ entries: [] }))).toBe('[]');
  });
});

describe('a command of the library', () => {
  it.each([
    ['/lib/current/start_db', 'start_db'],
    ['/lib/current/below/it', 'below/it'],
    ['/lib/currently/start_db', undefined],
    ['/lib/sets/x/start_db', undefined],
    ['/other/lib/current/start_db', undefined],
  ])('%s is the script %s', (path, name) => {
    expect(nameInLibrary(path, '/lib')).toBe(name);
  });

  it.each([
    ['/opt/ha/current/start_db', { directory: '/opt/ha', name: 'start_db' }],
    ['/current/start_db', undefined],
    ['/opt/ha/current/below/it', undefined],
    ['/opt/ha/start_db', undefined],
  ])('%s has the form of one: %j', (path, found) => {
    expect(anyLibraryOf(path)).toEqual(found);
  });
});
