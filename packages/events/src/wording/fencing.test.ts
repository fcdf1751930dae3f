import { describe, expect, it } from 'vitest';
import { type FenceEnd, type FenceResult, fenceCommandOf, fencingSentence } from './fencing.ts';

const failed = (end: Partial<FenceEnd>): FenceResult => ({
  kind: 'failed',
  end: { status: 1, durationMs: 2400, output: '', ...end },
});
const LAST =
  'Nothing of it is taken over until somebody confirms that it is off. Switch node nodeb off by hand, make sure of it, then confirm.';

describe('what came of fencing a node', () => {
  it.each<[FenceResult, string]>([
    [{ kind: 'fenced', durationMs: 3210 }, 'Node nodeb was fenced in 3.2 s: it is off.'],
    [
      { kind: 'not_fenced' },
      'Node nodeb was lost and is not fenced: resources may be active twice. The cluster names no fence command, so nothing proves that the node is off. Switch it off by hand if you can; name a fence command with: fallover modify cluster FENCE_COMMAND=…',
    ],
    [
      failed({ output: 'Connecting\nFailed: Unable to connect\u001b[0m\n\n' }),
      `Node nodeb was lost and fencing it failed: the fence command ended with exit status 1 after 2.4 s. It says: "Failed: Unable to connect\\u001b[0m". ${LAST}`,
    ],
    [
      failed({ status: 139, signal: 'SIGSEGV' }),
      `Node nodeb was lost and fencing it failed: the fence command ended with signal SIGSEGV after 2.4 s. ${LAST}`,
    ],
    [
      failed({ status: 137, signal: 'SIGKILL', timedOut: true, durationMs: 60_000 }),
      `Node nodeb was lost and fencing it failed: the fence command was ended because it had not ended by itself after 60.0 s. ${LAST}`,
    ],
    [
      failed({ status: 137, signal: 'SIGKILL', expelled: true }),
      `Node nodeb was lost and fencing it failed: this node was itself no member of the cluster any more, so the fence command was ended. ${LAST}`,
    ],
    [
      failed({ status: 127, fault: { code: 'command_not_found', path: '/opt/ha/fence' } }),
      `Node nodeb was lost and fencing it failed: There is no file "/opt/ha/fence" on this node. Put the command there, or correct the pathname in the configuration. ${LAST}`,
    ],
    [
      { kind: 'failed', end: 'launcher_died' },
      `Node nodeb was lost and fencing it failed: the process that ran the fence command died, so it is not known how the command ended. ${LAST}`,
    ],
  ])('is said with what to do: %j', (result, sentence) => {
    expect(fencingSentence('nodeb', result)).toBe(sentence);
  });
});

describe('the fence command', () => {
  it('is the one of the cluster, and empty where none is named', () => {
    const fields = { fenceCommand: { cluster: ['/usr/sbin/fence_ipmilan', '--action=off'] } };
    expect(fenceCommandOf({ format: 1, cluster: 'c', entries: [{ class: 'cluster', name: 'c', fields }] })).toEqual([
      '/usr/sbin/fence_ipmilan',
      '--action=off',
    ]);
    expect(fenceCommandOf({ format: 1, cluster: 'c', entries: [{ class: 'cluster', name: 'c', fields: {} }] })).toEqual([]);
    expect(fenceCommandOf({ format: 1, cluster: 'c', entries: [] })).toEqual([]);
  });
});
