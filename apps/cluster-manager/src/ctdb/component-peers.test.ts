import { afterEach, describe, expect, it } from 'vitest';
import { inProcess } from '../peers/in-process.ts';
import { peerNodes } from '../peers/open-peers.test-support.ts';
import { componentPeers } from './component-peers.ts';

let site: Awaited<ReturnType<typeof peerNodes>>;
afterEach(() => site?.close());

describe('the cluster manager of another node', () => {
  it('says which event scripts its component of a name has, or why it does not', async () => {
    const process = inProcess();
    site = await peerNodes(process);
    const [nodea] = [await site.start('nodea'), await site.start('nodeb')];
    const peers = componentPeers(nodea);
    expect(peers.map(({ node }) => node)).toEqual(['nodeb']);
    expect(await peers[0]?.inspect('c')).toEqual({ ok: true, value: { scripts: [{ file: '10.x.script', enabled: true }] } });
    process.cut('nodea', 'nodeb');
    const answer = await peers[0]?.inspect('c');
    expect(answer).toMatchObject({ ok: false, error: expect.stringContaining('nodeb') });
  });

  it('is none where a node is alone', () => {
    expect(componentPeers(undefined)).toEqual([]);
  });
});
