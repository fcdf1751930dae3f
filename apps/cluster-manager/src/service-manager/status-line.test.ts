import { describe, expect, it } from 'vitest';
import { type ClusterNow, statusLine } from './status-line.ts';

const said = (more: Partial<ClusterNow>): string => statusLine({ cluster: 'payroll', node: 'nodea', troubles: [], ...more });
const root = (state: 'running' | 'awaiting_decision') => ({ event: 'network_down', args: ['-1', 'net1'], state });

describe('the line of systemctl status', () => {
  it.each<[Partial<ClusterNow>, string]>([
    [{}, 'No event is processed.'],
    [{ root: root('running') }, 'network_down -1 net1 is processed.'],
    [
      { root: root('awaiting_decision'), troubles: [{ sentence: 'The disk is full.' }] },
      'RP_FAILED, network_down -1 net1 failed: the cluster does not fail over until somebody recovers (fallover recover). The disk is full.',
    ],
    [{ troubles: [{ sentence: 'The disk is full.' }] }, 'The disk is full. No event is processed.'],
  ])('%j', (more, line) => expect(said(more)).toBe(`Cluster payroll, node nodea: ${line}`));
});
