import { describe, expect, it } from 'vitest';
import { backendLaws } from '../conformance/backend-laws.ts';
import { backendSuite } from '../conformance/backend-suite.ts';
import { clusterSuite } from '../conformance/cluster-suite.ts';
import { clusterStoreSuite } from '../conformance/cluster-store-suite.ts';
import { historySuite } from '../conformance/history-suite.ts';
import { notificationSuite } from '../conformance/notification-suite.ts';
import { peerSuite } from '../conformance/peer-suite.ts';
import { reportSuite } from '../conformance/report-suite.ts';
import { openStore } from '../open-store.ts';
import { memoryBackend } from './memory-backend.ts';

const underTest = { name: 'memory', open: async (clock: { now: () => number }) => ({ backend: memoryBackend(clock) }) };

backendSuite(underTest);
backendLaws(underTest);
clusterSuite(underTest);
clusterStoreSuite(underTest);
historySuite(underTest);
notificationSuite(underTest);
peerSuite(underTest);
reportSuite(underTest);

describe('memory:', () => {
  it('is a store of its own with each opening, and durable in none', async () => {
    const [one, other] = await Promise.all([openStore('memory:'), openStore('memory:')]);
    if (!one.ok || !other.ok) throw new Error('memory: did not open');
    await one.value.recordAnswer({ id: 'r1', principal: 'ada', digest: 'd1' }, { status: 200, body: '' });
    expect(await other.value.answerTo('r1')).toBeUndefined();
    await one.value.close();
    await other.value.close();
  });
});
