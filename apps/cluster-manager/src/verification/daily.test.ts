import type { DefinitionDocument, Entry } from '@fallover/events';
import { describe, expect, it } from 'vitest';
import { dailyOf, lastMoment, nextMoment } from './daily.ts';

const document = (...entries: Entry[]): DefinitionDocument => ({ format: 1, cluster: 'payroll', entries });
const cluster = (fields: Extract<Entry, { class: 'cluster' }>['fields']): DefinitionDocument =>
  document({ class: 'cluster', name: 'payroll', fields });
const NODES = ['nodeb', 'nodea'];

describe('automatic verification', () => {
  it('is done at midnight on the first node by name, unless said', () => {
    expect(dailyOf(document(), NODES)).toEqual({ hour: 0, node: 'nodea' });
    expect(dailyOf(cluster({ verificationHour: { cluster: 5 } }), NODES)).toEqual({ hour: 5, node: 'nodea' });
    expect(dailyOf(cluster({ verificationNode: { cluster: 'nodeb' } }), NODES)).toEqual({ hour: 0, node: 'nodeb' });
  });

  it('is done by another node when the one that shall do it does not take part', () => {
    expect(dailyOf(cluster({ verificationNode: { cluster: 'nodec' } }), NODES)).toEqual({ hour: 0, node: 'nodea' });
  });

  it('is not done when it is switched off, or when there is nobody to do it', () => {
    expect(dailyOf(cluster({ dailyVerification: { cluster: false } }), NODES)).toBeUndefined();
    expect(dailyOf(document(), [])).toBeUndefined();
  });

  it('is due at the full hour, local time', () => {
    const local = (day: number, hour: number, minute = 0) => new Date(2026, 10, day, hour, minute).getTime();
    expect(lastMoment(local(23, 14, 30), 14)).toBe(local(23, 14));
    expect(lastMoment(local(23, 14), 14)).toBe(local(23, 14));
    expect(lastMoment(local(23, 13, 59), 14)).toBe(local(22, 14));
    expect(nextMoment(local(23, 13, 59), 14)).toBe(local(23, 14));
    expect(nextMoment(local(23, 14), 14)).toBe(local(24, 14));
    expect(nextMoment(local(30, 23), 0)).toBe(new Date(2026, 11, 1).getTime());
  });
});
