import { describe, expect, it } from 'vitest';
import type { Entry } from '../definition/types.ts';
import { libraryFindingSentence } from '../wording/script-library.ts';
import { type LaidDown, type LibraryFinding, type LibraryOnNode, verifyLibrary } from './library.ts';

const script = (name: string): Entry => ({ class: 'script', name, fields: { content: { cluster: 'a'.repeat(64) } } });
const notify = (path: string, node?: string): Entry => ({
  class: 'event',
  name: 'node_up',
  fields: { notifyCommand: node === undefined ? { cluster: path } : { nodes: { [node]: path } } },
});

const on = (node: string, laidDown: Record<string, LaidDown> = {}, more: Partial<LibraryOnNode> = {}): LibraryOnNode => ({
  node,
  directory: '/lib',
  laidDown: new Map(Object.entries(laidDown)),
  currentIsActive: true,
  ...more,
});
const off = (node: string): LibraryOnNode => ({ node, laidDown: new Map(), currentIsActive: true });

const found = (entries: Entry[], nodes: LibraryOnNode[], withoutBytes: string[] = []): string[] =>
  verifyLibrary({ document: { cluster: 'shop', entries }, nodes, withoutBytes: new Set(withoutBytes) }).map(
    ({ severity, id }) => `${severity} ${id}`,
  );

describe('verification of the script library', () => {
  it('finds nothing where scripts are used and laid down, or where there are none', () => {
    expect(found([script('a'), notify('/lib/current/a')], [on('nodea', { a: 'as_configured' })])).toEqual([]);
    expect(found([notify('/opt/x')], [on('nodea')])).toEqual([]);
    expect(found([notify('/lib/current/a')], [off('nodea')])).toEqual([]);
  });

  it('finds a script that nothing uses', () => {
    expect(found([script('a'), notify('/opt/a')], [on('nodea')])).toEqual(['warning script_not_used:script/a']);
  });

  it('finds scripts on a node without the library, and libraries that are not in the same place', () => {
    const entries = [script('a'), notify('/lib/current/a')];
    expect(found(entries, [on('nodea'), off('nodeb')])).toEqual(['error script_library_off:script/a@nodeb']);
    expect(found(entries, [on('nodea'), on('nodeb', {}, { directory: '/other' })])).toEqual([
      'error script_library_elsewhere:cluster/shop@nodeb',
    ]);
  });

  it('finds what drifted of the active revision, also where the document has that script no longer', () => {
    const nodes = [on('nodea', { a: 'missing', b: 'differs', c: 'as_configured' }, { currentIsActive: false })];
    expect(found([], nodes)).toEqual([
      'error script_missing:script/a@nodea',
      'error script_differs:script/b@nodea',
      'warning current_set_differs:cluster/shop@nodea',
    ]);
  });

  it('finds a script without its bytes', () => {
    expect(found([script('a'), notify('/lib/current/a')], [on('nodea')], ['a'])).toEqual([
      'error script_bytes_missing:script/a/content',
    ]);
  });
});

const at = { class: 'script', name: 'stop_db', node: 'nodea' } as const;
const SENTENCES: [LibraryFinding, string][] = [
  [
    { ...at, code: 'script_library_off' },
    'The library script stop_db cannot be laid down on node nodea: the cluster manager there was started without a script library. Start it with --script-library, or delete the script.',
  ],
  [
    { ...at, class: 'cluster', code: 'script_library_elsewhere', directory: '/b', expected: '/a' },
    'The script library of node nodea is /b, that of other nodes /a. Start each cluster manager with the same --script-library.',
  ],
  [
    { ...at, code: 'script_bytes_missing' },
    'The library script stop_db has no text in the store, only its SHA-256. Change the script, or import it with its text.',
  ],
  [
    { ...at, code: 'script_missing', directory: '/a' },
    'The library script stop_db is not in /a on node nodea although it is active; it will not be started. Synchronise lays it down anew.',
  ],
  [
    { ...at, code: 'script_differs', directory: '/a' },
    'The library script stop_db in /a on node nodea is not what was laid down: somebody has changed it, or its owner or permissions; it will not be started. Synchronise lays it down anew.',
  ],
  [
    { ...at, class: 'cluster', code: 'current_set_differs', directory: '/a' },
    '/a/current on node nodea does not lead to the scripts of the active revision. The cluster manager does not go by it, but other software may. Synchronise puts it right.',
  ],
  [
    { class: 'script', name: 'stop_db', code: 'script_not_used', path: '/a/current/stop_db' },
    'The library script stop_db is not used: no command is /a/current/stop_db. Give that to a command, or delete the script.',
  ],
];

describe('what verification says of the script library', () => {
  it.each(SENTENCES)('is one sentence: %o', (finding, sentence) => {
    expect(libraryFindingSentence(finding)).toBe(sentence);
  });
});
