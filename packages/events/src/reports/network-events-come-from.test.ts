import { describe, expect, it } from 'vitest';
import { type Monitor, networkEventsComeFrom, networkEventsSentence, type SeenRun } from './network-events-come-from.ts';

const run = (event: string, kind: SeenRun['origin']['kind'], name: string, hour: number): SeenRun => ({
  event,
  origin: { kind, name },
  acceptedAt: `2026-11-23T${hour}:00:00.000Z`,
});
const said = (runs: SeenRun[], monitors: Monitor[] = []) => networkEventsSentence(networkEventsComeFrom(runs, monitors));

const NOWHERE =
  'No monitor configured: nothing tells Fallover that a network or a network interface fails, so it is not acted upon. Let other software report it with "fallover report" (samples are in examples/reports), or run the event by hand.';

describe('from where network events come', () => {
  it.each<[string, SeenRun[]]>([
    ['nothing has happened', []],
    ['a person ran one', [run('network_down', 'person', 'ada', 10)]],
    ['something else was reported', [run('node_up', 'report', 'powerha', 10), run('cluster_notify', 'report', 'p', 11)]],
  ])('is nowhere: %s', (_, runs) => expect(said(runs)).toBe(NOWHERE));

  it('is the software that has reported the newest of a network or an interface', () => {
    const runs = [
      run('network_up', 'report', 'keepalived', 11),
      run('fail_interface', 'report', 'pacemaker', 12),
      run('network_down', 'report', 'keepalived', 10),
      run('node_up', 'report', 'powerha', 13),
    ];
    expect(said(runs)).toBe(
      'No monitor configured: network events come from pacemaker alone, which last reported one at 2026-11-23 12:00:00 UTC.',
    );
  });

  it('is a monitor, of which nothing needs to be said', () => {
    expect(said([], [{ eventClass: 'network' }])).toBeUndefined();
    expect(said([], [{ eventClass: 'network_interface' }])).toBeUndefined();
    expect(said([], [{ eventClass: 'user_defined' }])).toBe(NOWHERE);
  });
});
