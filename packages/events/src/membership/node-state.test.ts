import { describe, expect, it } from 'vitest';
import { clusterStateOf, type KnownNode, type NodeState, nodeStateOf } from './node-state.ts';

const SINCE = '08:00';
const member = (membership: number) => ({ membership, since: SINCE });

describe('the state of a node', () => {
  it.each<[what: string, known: KnownNode, member: ReturnType<typeof member> | undefined, state: NodeState, since?: string]>([
    ['is a member once its node_up has been processed', { up: 7, upSince: '08:01' }, member(7), 'member', '08:01'],
    ['joins while its node_up waits', { up: 7 }, member(7), 'joining', SINCE],
    ['joins before its node_up is queued', {}, member(7), 'joining', SINCE],
    ['stops until its lease is revoked', { up: 7, upSince: '08:01', stopping: { at: '09:00' } }, member(7), 'stopping', '09:00'],
    ['stops while its node_down is processed', { stopping: { at: '09:00' } }, member(7), 'stopping', '09:00'],
    [
      'is lost when its lease ended',
      { up: 7, upSince: '08:01', lost: { membership: 7, at: '09:00' } },
      undefined,
      'lost',
      '09:00',
    ],
    ['is lost before that is noted', { up: 7, upSince: '08:01' }, undefined, 'lost'],
    [
      'is lost although it is back',
      { up: 7, upSince: '08:01', lost: { membership: 7, at: '09:00' } },
      member(9),
      'lost',
      '09:00',
    ],
    ['is down once its node_down was processed', { lost: { membership: 7, at: '09:00' } }, undefined, 'down', '09:00'],
    ['is down when it was stopped', { stopped: { how: 'takeover', at: '09:00' } }, undefined, 'down', '09:00'],
    ['is unmanaged when it was stopped so', { stopped: { how: 'forced', at: '09:00' } }, undefined, 'unmanaged', '09:00'],
    ['is down when it never was a member', {}, undefined, 'down'],
  ])('%s', (_, known, member, state, since) => {
    expect(nodeStateOf(known, member)).toEqual(since === undefined ? { state } : { state, since });
  });
});

describe('the state of the cluster', () => {
  const facts = { connected: true, configured: true, failed: false, busy: false, nodes: [{ state: 'member' as NodeState }] };
  it.each<[what: string, more: Partial<Parameters<typeof clusterStateOf>[0]>, says: string]>([
    ['nothing runs', {}, 'up stable'],
    ['an event is processed', { busy: true }, 'up unstable'],
    ['a node joins', { nodes: [{ state: 'member' }, { state: 'joining' }] }, 'up unstable'],
    ['the first node joins', { nodes: [{ state: 'joining' }] }, 'down unstable'],
    ['a node was lost', { nodes: [{ state: 'member' }, { state: 'lost' }] }, 'up unstable'],
    ['fencing it failed', { nodes: [{ state: 'member' }, { state: 'lost', fencingFailed: true }] }, 'up error'],
    ['a script failed', { failed: true, busy: true }, 'up error'],
    ['nothing is configured', { configured: false }, 'up not_configured'],
    ['all are stopped', { nodes: [{ state: 'down' }, { state: 'unmanaged' }] }, 'down stable'],
    ['the store is out of reach', { connected: false, failed: true }, 'unknown unknown'],
  ])('when %s', (_, more, says) => {
    const { state, substate } = clusterStateOf({ ...facts, ...more });
    expect(`${state} ${substate}`).toBe(says);
  });
});
