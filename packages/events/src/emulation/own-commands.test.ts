import { describe, expect, it } from 'vitest';
import type { DefinitionDocument } from '../definition/types.ts';
import { hasOwnCommand } from './own-commands.ts';

const document: Pick<DefinitionDocument, 'entries'> = {
  entries: [
    {
      class: 'event',
      name: 'node_up',
      fields: { notifyCommand: { cluster: '/opt/tell', nodes: { nodeb: '/opt/own' } }, preEventCommand: { cluster: ['check'] } },
    },
    { class: 'custom_event', name: 'check', fields: { script: { cluster: '/opt/check', nodes: { nodec: '/opt/check.c' } } } },
  ],
};

describe('a command that is a node’s own', () => {
  it.each([
    ['its value of the event', 'nodeb', 'notify_start', undefined, true],
    ['not where only another node has one', 'nodea', 'notify_complete', undefined, false],
    ['its script of a custom event', 'nodec', 'pre_event', 'check', true],
    ['not where the cluster’s script holds', 'nodeb', 'pre_event', 'check', false],
    ['not where nothing is configured', 'nodeb', 'recovery', undefined, false],
    ['not by a name of every object', 'toString', 'notify_start', undefined, false],
  ] as const)('is %s', (_, node, kind, customEvent, expected) => {
    expect(hasOwnCommand(document, { event: 'node_up', node }, kind, customEvent)).toBe(expected);
  });
});
