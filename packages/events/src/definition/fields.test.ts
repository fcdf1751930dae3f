import { describe, expect, it } from 'vitest';
import { EVENT_FIELDS, FIELD_LABELS, worksheetNumber } from './fields.ts';

describe('the Cluster Event Worksheet', () => {
  it('has thirteen fields, in the order and the words of the planning guide', () => {
    const numbered = Object.entries(FIELD_LABELS)
      .map(([field, label]) => [worksheetNumber(field), label] as const)
      .filter(([number]) => number !== undefined)
      .sort(([one], [other]) => Number(one) - Number(other));
    expect(numbered).toEqual([
      [1, 'Cluster Name'],
      [2, 'Cluster Event Description'],
      [3, 'Cluster Event Method'],
      [4, 'Cluster Event Name'],
      [5, 'Event Command'],
      [6, 'Notify Command'],
      [7, 'Remote Notification Message Text'],
      [8, 'Remote Notification Message Location'],
      [9, 'Pre-Event Command'],
      [10, 'Post-Event Command'],
      [11, 'Event Recovery Command'],
      [12, 'Recovery Command Retry'],
      [13, 'Time Until Warning'],
    ]);
  });

  it('has all that can be customised on an event but whether a pre- or post-event fails it, and its recovery program', () => {
    expect(EVENT_FIELDS.filter((field) => worksheetNumber(field) === undefined)).toEqual(['failOnPrePost', 'recoveryProgram']);
  });
});
