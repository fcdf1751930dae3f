import type { PeerDocument } from '@fallover/store';
import { describe, expect, it } from 'vitest';
import { knownPeers } from './directory.ts';

const nodeb: PeerDocument = { node: 'nodeb', address: '10.0.0.2:8771', fingerprint: 'f1' };

function known(answers: (PeerDocument[] | 'out of reach' | 'hangs')[]) {
  const clock = { ms: 0 };
  let asked = 0;
  const store = {
    async peers() {
      const answer = answers[Math.min(asked, answers.length - 1)];
      asked += 1;
      if (answer === 'hangs') return new Promise<PeerDocument[]>(() => {});
      if (answer === 'out of reach' || answer === undefined) throw new Error('no quorum');
      return answer;
    },
  };
  return { peers: knownPeers({ store, reading: () => clock.ms }), clock, asked: () => asked };
}

describe('which nodes are known', () => {
  it('is read from the store, and again once that is ten seconds old', async () => {
    const { peers, clock, asked } = known([[nodeb], [{ ...nodeb, address: '10.0.0.3:8771' }]]);
    expect((await peers.of('nodeb'))?.address).toBe('10.0.0.2:8771');
    clock.ms = 9_999;
    expect((await peers.of('nodeb'))?.address).toBe('10.0.0.2:8771');
    clock.ms = 10_000;
    expect((await peers.of('nodeb'))?.address).toBe('10.0.0.3:8771');
    expect(asked()).toBe(2);
  });

  it('stays what it was while the store is out of reach: logs are read then more than ever', async () => {
    const { peers, clock } = known([[nodeb], 'out of reach']);
    await peers.all();
    clock.ms = 60_000;
    expect(await peers.of('nodeb')).toEqual(nodeb);
    expect(await peers.isCurrent('nodeb', 'f1')).toBe(true);
  });

  it('does not wait long for a store that hangs', async () => {
    const { peers, clock } = known([[nodeb], 'hangs']);
    await peers.all();
    clock.ms = 60_000;
    const before = performance.now();
    expect(await peers.of('nodeb')).toEqual(nodeb);
    expect(performance.now() - before).toBeLessThan(3_000);
  });

  it('is read at once for a certificate that is not known, but not more than twice a second', async () => {
    const { peers, clock, asked } = known([[nodeb], [{ ...nodeb, fingerprint: 'f2' }]]);
    expect(await peers.isCurrent('nodeb', 'f1')).toBe(true);
    clock.ms = 1_000;
    expect(await peers.isCurrent('nodeb', 'f2')).toBe(true);
    expect(await peers.isCurrent('nodeb', 'f1')).toBe(false);
    const before = performance.now();
    await Promise.all(Array.from({ length: 50 }, () => peers.isCurrent('nodeb', 'f3')));
    expect(performance.now() - before).toBeGreaterThan(400);
    expect(asked()).toBeLessThan(6);
  });
});
