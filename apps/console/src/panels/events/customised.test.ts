import { describe, expect, it } from 'vitest';
import { customisedFields } from './customised.ts';

describe('what is customised on an event', () => {
  it('stands in the words of the worksheet, with the values of the cluster and of single nodes', () => {
    const fields = {
      preEventCommand: { cluster: ['stop_app', 'tell'] },
      recoveryCounter: { cluster: 2, nodes: { nodea: 5 } },
      failOnPrePost: { cluster: true },
    };
    expect(customisedFields({ draft: { revision: 2, fields } })).toEqual([
      'Pre-Event Command stop_app tell',
      'Recovery Command Retry 2 or 5',
      'Fail event if pre or post event fails yes',
    ]);
    expect(customisedFields({ draft: { revision: 3, fields: {} } })).toEqual([]);
    expect(customisedFields({})).toEqual([]);
  });
});
