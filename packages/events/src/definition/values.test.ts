import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalDocument } from './canonical.ts';
import type { DefinitionDocument, Entry } from './types.ts';
import { changedFields, changesBetween, countChanges, reverted } from './values.ts';

const document = (...entries: Entry[]): DefinitionDocument => ({ format: 1, cluster: 'c1', entries });
const nodeDown = (fields: object): Entry => ({ class: 'event', name: 'node_down', fields }) as Entry;
const net1 = (fields: object): Entry => ({ class: 'network', name: 'net1', fields }) as Entry;

describe('the changes between two documents', () => {
  it('are told value by value: for the cluster first, then for each node', () => {
    const before = document(
      nodeDown({ notifyCommand: { cluster: '/n', nodes: { b: '/b', a: '/a' } }, recoveryCounter: { cluster: 1 } }),
    );
    const after = document(
      nodeDown({ notifyCommand: { cluster: '/m', nodes: { b: '/b', c: '/c' } }, preEventCommand: { cluster: ['x', 'y'] } }),
      net1({ networkType: { cluster: 'ether' } }),
    );
    expect(changesBetween(before, after)).toEqual([
      {
        class: 'event',
        name: 'node_down',
        kind: 'changed',
        values: [
          { field: 'notifyCommand', before: '/n', after: '/m' },
          { field: 'notifyCommand', node: 'a', before: '/a' },
          { field: 'notifyCommand', node: 'c', after: '/c' },
          { field: 'preEventCommand', after: ['x', 'y'] },
          { field: 'recoveryCounter', before: 1 },
        ],
      },
      { class: 'network', name: 'net1', kind: 'added', values: [{ field: 'networkType', after: 'ether' }] },
    ]);
  });

  it('name each field once that differs', () => {
    const [change] = changesBetween(document(), document(nodeDown({ notifyCommand: { cluster: '/n', nodes: { a: '/a' } } })));
    expect(change && changedFields(change)).toEqual(['notifyCommand']);
  });

  it('are none between documents that say the same', () => {
    expect(changesBetween(document(nodeDown({ notifyCommand: { cluster: '' } })), document())).toEqual([]);
    expect(changesBetween(undefined, document())).toEqual([]);
  });

  it('count each value, and an entry without any as one', () => {
    const after = document(nodeDown({ notifyCommand: { cluster: '/n', nodes: { a: '/a' } } }), net1({}));
    expect(countChanges(changesBetween(document(), after))).toBe(3);
    expect(countChanges([])).toBe(0);
  });
});

describe('a change that is taken back', () => {
  it('is one value, and leaves the others', () => {
    const active = nodeDown({ notifyCommand: { cluster: '/n', nodes: { a: '/a' } } });
    const draft = nodeDown({ notifyCommand: { cluster: '/m', nodes: { a: '/x', b: '/b' } }, recoveryCommand: { cluster: '/r' } });
    expect(reverted(draft, active, { field: 'notifyCommand', node: 'a' })?.fields).toEqual({
      notifyCommand: { cluster: '/m', nodes: { a: '/a', b: '/b' } },
      recoveryCommand: { cluster: '/r' },
    });
  });

  it('is a whole entry where no field is named, and where it was deleted', () => {
    const active = net1({ networkType: { cluster: 'ether' } });
    expect(reverted(net1({ networkType: { cluster: 'rs232' }, netmask: { cluster: '24' } }), active, {})).toBe(active);
    expect(reverted(undefined, active, { field: 'networkType' })).toBe(active);
    expect(reverted(net1({}), undefined, {})).toBeUndefined();
  });

  const text = fc.option(fc.constantFrom('/a', '/b', '/c'), { nil: undefined });
  const field = fc.record({
    cluster: text,
    nodes: fc.dictionary(fc.constantFrom('nodea', 'nodeb'), fc.constantFrom('/a', '/d')),
  });
  const entries = fc
    .record({
      node_up: fc.option(fc.record({ notifyCommand: field, recoveryCommand: field }), { nil: undefined }),
      node_down: fc.option(fc.record({ notifyCommand: field, eventCommand: field }), { nil: undefined }),
    })
    .map((events) =>
      Object.entries(events).flatMap(([name, fields]): Entry[] => (fields ? [{ class: 'event', name, fields } as Entry] : [])),
    );

  it('leads, one after the other and in any order, from the draft to what is active', () => {
    fc.assert(
      fc.property(entries, entries, fc.infiniteStream(fc.nat()), (active, draft, choice) => {
        const target = document(...active);
        let now = document(...draft);
        for (;;) {
          const changes = changesBetween(target, now);
          const places = changes.flatMap(({ class: of, name, values }) => values.map((value) => ({ of, name, ...value })));
          const count = countChanges(changes);
          if (count === 0) break;
          const place = places[(choice.next().value as number) % Math.max(1, places.length)];
          const change = changes.find(({ name }) => name === (place?.name ?? changes[0]?.name));
          const find = (all: DefinitionDocument) => all.entries.find(({ name }) => name === change?.name);
          const entry = reverted(find(now), find(target), place ?? {});
          now = document(...now.entries.filter(({ name }) => name !== change?.name), ...(entry ? [entry] : []));
          expect(countChanges(changesBetween(target, now))).toBeLessThan(count);
        }
        expect(canonicalDocument(now)).toBe(canonicalDocument(target));
      }),
    );
  });
});
