import { expect, it } from 'vitest';
import { planImport } from './plan-import.ts';

const cluster = (name: string, hour: number) => ({ class: 'cluster', name, fields: { verificationHour: { cluster: hour } } });
const read = (...entries: object[]) =>
  planImport(
    { text: JSON.stringify({ format: 1, cluster: 'other', entries }, undefined, 1) },
    {
      draft: { format: 1, cluster: 'mine', entries: [] },
      liveNodes: ['nodea'],
      digestOf: (text) => text,
      sealed: (settings) => [...settings],
    },
  );

it('knows one cluster, whatever a file calls it: a second one is refused with its line', () => {
  expect(read(cluster('a', 3))).toMatchObject({ ok: true, value: { after: [{ class: 'cluster', name: 'mine' }] } });
  expect(read(cluster('a', 3), cluster('b', 5))).toMatchObject({ ok: false, error: [{ code: 'entry_twice' }] });
});
