import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalDocument, cleanFields } from './canonical.ts';
import type { DefinitionDocument, EventCustomization } from './types.ts';
import { changesBetween } from './values.ts';

const document = (...entries: DefinitionDocument['entries']): DefinitionDocument => ({ format: 1, cluster: 'c1', entries });
const nodeDown = (fields: EventCustomization) => ({ class: 'event', name: 'node_down', fields }) as const;

describe('clean fields', () => {
  it('leave out what is empty and what says no more than the default', () => {
    expect(
      cleanFields({
        eventCommand: { cluster: '' },
        notifyCommand: { cluster: '/opt/notify', nodes: { nodea: '' } },
        preEventCommand: { cluster: [], nodes: {} },
        postEventCommand: {},
        recoveryCounter: { cluster: 0, nodes: { nodea: 0 } },
        failOnPrePost: { cluster: false },
      }),
    ).toEqual({ notifyCommand: { cluster: '/opt/notify' }, recoveryCounter: { nodes: { nodea: 0 } } });
  });

  it('of equal configurations are equal JSON', () => {
    const one = cleanFields({ recoveryCounter: { nodes: { b: 1, a: 2 } }, notifyCommand: { nodes: {}, cluster: '/n' } });
    const other = cleanFields({ notifyCommand: { cluster: '/n' }, recoveryCounter: { nodes: { a: 2, b: 1 } } });
    expect(JSON.stringify(one)).toBe(JSON.stringify(other));
  });
});

describe('the canonical document', () => {
  it('has sorted keys and entries sorted by class, then name', () => {
    expect(
      canonicalDocument(
        document(
          nodeDown({ recoveryCounter: { cluster: 1 }, notifyCommand: { cluster: '/n' } }),
          { class: 'event', name: 'node_up', fields: {} },
          { class: 'custom_event', name: 'tell', fields: { script: { cluster: '/t' }, description: { cluster: 'Tells' } } },
        ),
      ),
    ).toBe(
      '{"cluster":"c1","entries":[' +
        '{"class":"custom_event","fields":{"description":{"cluster":"Tells"},"script":{"cluster":"/t"}},"name":"tell"},' +
        '{"class":"event","fields":{"notifyCommand":{"cluster":"/n"},"recoveryCounter":{"cluster":1}},"name":"node_down"}],"format":1}',
    );
  });

  it('does not depend on the order of what it is made of, and is its own canonical form', () => {
    const field = fc.record({ cluster: fc.string(), nodes: fc.dictionary(fc.constantFrom('a', 'b'), fc.string()) });
    const entry = fc.record({
      class: fc.constant('event' as const),
      name: fc.constantFrom('node_up', 'node_down', 'rg_move'),
      fields: fc.record({ notifyCommand: field, recoveryCommand: field }),
    });
    fc.assert(
      fc.property(fc.uniqueArray(entry, { selector: ({ name }) => name }), (entries) => {
        const text = canonicalDocument(document(...entries));
        expect(canonicalDocument(document(...entries.toReversed()))).toBe(text);
        expect(canonicalDocument(JSON.parse(text))).toBe(text);
        expect(changesBetween(JSON.parse(text), document(...entries))).toEqual([]);
      }),
    );
  });
});
