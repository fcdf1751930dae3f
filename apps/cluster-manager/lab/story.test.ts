import type { RunSummary } from '@fallover/contract';
import { describe, expect, it } from 'vitest';
import { story } from './story.ts';

type Seen = Parameters<ReturnType<typeof story>>[0];

const run = (state: RunSummary['state']): RunSummary => ({
  id: '019aaf00-0000-7000-8000-000000000001',
  event: 'node_down',
  args: ['n2'],
  eventClass: 'node',
  origin: { kind: 'cluster_manager', name: 'membership' },
  drill: false,
  revision: 1,
  warnings: 0,
  state,
  ...(state === 'ended' ? { outcome: 'succeeded', durationMs: 1_100 } : {}),
  acceptedAt: '2026-11-26T18:55:14.000Z',
});
const seen = (parts: Partial<Seen>): Seen => ({ node: 'n1', members: [], beside: [], last: [], ...parts }) as Seen;

describe('what is told of a laboratory', () => {
  it('is each thing once', () => {
    const told = story();
    const members = (state: 'member' | 'lost'): Seen['members'] => [{ node: 'n2', state }];
    expect(told(seen({ members: members('member'), coordinator: 'n1' }))).toEqual(['n1 coordinates']);
    expect(told(seen({ members: members('lost'), coordinator: 'n1' }))).toEqual(['n2 is lost, as n1 sees it']);
    expect(told(seen({ members: members('lost'), running: run('running') }))).toEqual(['node_down n2 runs']);
    expect(told(seen({ members: members('lost'), last: [run('ended')] }))).toEqual(['node_down n2 has succeeded after 1.1 s']);
    expect(told(seen({ members: members('lost'), last: [run('ended')] }))).toEqual([]);
  });

  it('does not go back: a run that has ended is not told of as running again', () => {
    const told = story();
    expect(told(seen({ last: [run('ended')], running: run('running') }))).toEqual(['node_down n2 has succeeded after 1.1 s']);
    expect(told(seen({ running: run('running') }))).toEqual([]);
    expect(told(seen({ last: [run('ended')] }))).toEqual([]);
  });
});
