import { describe, expect, it } from 'vitest';
import type { EntryFields } from '../definition/types.ts';
import { effectiveMethod, methodsOf } from './methods.ts';

const method = (fields: EntryFields['notification_method']) => effectiveMethod('mail', fields);

describe('a remote notification method', () => {
  it('holds what the manual says where nothing is given', () => {
    expect(method({ contact: { cluster: 'anna@example.com' } })).toEqual({
      name: 'mail',
      transport: 'smtp',
      contact: 'anna@example.com',
      settings: [],
      nodes: [],
      events: [],
      when: ['success', 'failure', 'warning'],
      severity: 'error',
      retryCounter: 3,
      timeoutMs: 45_000,
      holdMs: 0,
      hourlyLimit: 60,
      escalation: [],
      proveWithinMs: 30 * 86_400_000,
      selfTest: false,
    });
  });

  it('is of the transport that is chosen, else of that which the contact says, else of none', () => {
    expect(method({ contact: { cluster: '5551234#' } }).transport).toBe('gsm_sms');
    expect(method({ contact: { cluster: '5551234#' }, transport: { cluster: 'smpp' } }).transport).toBe('smpp');
    expect(method({ contact: { cluster: 'anna' } })).not.toHaveProperty('transport');
    expect(method({})).not.toHaveProperty('transport');
  });

  it('keeps a 0 that is given: no retry, no limit', () => {
    const fields = { retryCounter: { cluster: 0 }, hourlyLimit: { cluster: 0 }, proveWithin: { cluster: 0 } };
    expect(method(fields)).toMatchObject({ retryCounter: 0, hourlyLimit: 0, proveWithinMs: 0 });
  });

  it.each([
    [undefined, [300_000, 600_000, 900_000]],
    [['60'], [60_000, 120_000, 180_000]],
    [
      ['60', '600'],
      [60_000, 660_000, 1_260_000],
    ],
    [
      ['60', '600', '5', '7'],
      [60_000, 660_000, 665_000],
    ],
  ])('escalates after %j, counted from the first notification', (seconds, after) => {
    const { escalation } = method({
      escalateTo: { cluster: ['page', 'boss', 'all'] },
      ...(seconds === undefined ? {} : { escalateAfter: { cluster: seconds } }),
    });
    expect(escalation).toEqual(['page', 'boss', 'all'].map((name, index) => ({ method: name, afterMs: after[index] })));
  });

  it('is found among the entries of a document by its name', () => {
    const entries = [
      { class: 'node' as const, name: 'nodea', fields: {} },
      { class: 'notification_method' as const, name: 'mail', fields: {} },
      { class: 'notification_method' as const, name: 'page', fields: {} },
    ];
    expect(methodsOf({ entries }).map(({ name }) => name)).toEqual(['mail', 'page']);
  });
});
