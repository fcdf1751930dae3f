import { describe, expect, it } from 'vitest';
import { effectiveCustomization, valueOn } from './effective.ts';
import type { DefinitionDocument } from './types.ts';

const DOCUMENT: DefinitionDocument = {
  format: 1,
  cluster: 'c1',
  entries: [
    {
      class: 'custom_event',
      name: 'mail_me',
      fields: { script: { cluster: '/opt/ha/mail', nodes: { nodeb: '/opt/ha/mail-b' } } },
    },
    {
      class: 'event',
      name: 'node_down',
      fields: {
        notifyCommand: { nodes: { nodeb: '/opt/ha/notify' } },
        preEventCommand: { cluster: ['mail_me', 'gone'] },
        recoveryCounter: { cluster: 2, nodes: { nodeb: 0 } },
      },
    },
  ],
};

describe('what is configured on a node', () => {
  it("is the node's own value where it has one, else the cluster's", () => {
    expect(effectiveCustomization(DOCUMENT, 'node_down', 'nodea')).toEqual({
      preEvents: [{ name: 'mail_me', script: '/opt/ha/mail' }, { name: 'gone' }],
      postEvents: [],
      recoveryCounter: 2,
      failOnPrePost: false,
    });
    expect(effectiveCustomization(DOCUMENT, 'node_down', 'nodeb')).toEqual({
      notifyCommand: '/opt/ha/notify',
      preEvents: [{ name: 'mail_me', script: '/opt/ha/mail-b' }, { name: 'gone' }],
      postEvents: [],
      recoveryCounter: 0,
      failOnPrePost: false,
    });
  });

  it('is nothing for an event that is not customised', () => {
    expect(effectiveCustomization(DOCUMENT, 'node_up', 'nodea')).toEqual({
      preEvents: [],
      postEvents: [],
      recoveryCounter: 0,
      failOnPrePost: false,
    });
  });

  it('is not taken from what every object has', () => {
    expect(valueOn({ cluster: '/n', nodes: {} }, 'constructor')).toBe('/n');
  });
});
