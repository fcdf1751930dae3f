import { describe, expect, it } from 'vitest';
import { checkCertificates } from './certificates.ts';

const now = Date.parse('2026-11-26T12:00:00.000Z');
const inDays = (days: number): string => new Date(now + days * 86_400_000).toISOString();
const ids = (days: number, authority: number): string[] =>
  checkCertificates({ nodes: [{ node: 'nodeb', until: inDays(days) }], authority: inDays(authority) }, now).map(({ id }) => id);

describe('certificates of cluster managers', () => {
  it.each([
    [365, 7300, []],
    [61, 366, []],
    [60, 366, ['certificate_not_renewed:node/nodeb@nodeb']],
    [-1, 366, ['certificate_not_renewed:node/nodeb@nodeb']],
    [61, 365, ['authority_ends']],
    [-1, -1, ['certificate_not_renewed:node/nodeb@nodeb', 'authority_ends']],
  ])('with %s days left, and %s of the authority: %j', (node, authority, expected) =>
    expect(ids(node, authority)).toEqual(expected),
  );
});
