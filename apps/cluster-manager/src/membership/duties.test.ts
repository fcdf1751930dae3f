import type { NodeDocument } from '@fallover/store';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Duty, effects, effectsOfRun, MEMBERSHIP, membershipDuties, participantsOf } from './duties.ts';

const AT = '2026-11-26T12:00:00.000Z';
const state = (members: Record<string, number>, ...nodes: NodeDocument[]) => ({
  members: new Map(Object.entries(members)),
  nodes: new Map(nodes.map((node) => [node.node, node])),
});
const up = { node: 'a', up: 7, upSince: AT };
const lost = (fencing: NonNullable<NodeDocument['lost']>['fencing']) => ({ membership: 7, at: AT, fencing });
const stopping = { how: 'takeover', by: 'ada', at: AT } as const;

describe('what the coordinator does about membership', () => {
  it.each<[string, ReturnType<typeof state>, Duty[]]>([
    ['nothing while all is well', state({ a: 7 }, up), []],
    ['a node that joins comes up', state({ a: 7 }), [{ kind: 'node_up', node: 'a', membership: 7 }]],
    ['once', state({ a: 7 }, { node: 'a', up: 7 }), []],
    ['one that has left without a word is lost', state({}, up), [{ kind: 'note_lost', node: 'a', membership: 7 }]],
    ['and fenced', state({}, { ...up, lost: lost('pending') }), [{ kind: 'fence', node: 'a', membership: 7, isBack: false }]],
    ['then down', state({}, { ...up, lost: lost('off') }), [{ kind: 'node_down', node: 'a' }]],
    ['also where none is named to fence', state({}, { ...up, lost: lost('not_configured') }), [{ kind: 'node_down', node: 'a' }]],
    ['not while fencing has failed', state({}, { ...up, lost: lost('failed') }), []],
    ['but when a person says it is off', state({}, { ...up, lost: lost('confirmed') }), [{ kind: 'node_down', node: 'a' }]],
    ['once', state({}, { node: 'a', lost: lost('off') }), []],
    [
      'a node that is back before it was fenced has its node_down first',
      state({ a: 9 }, { ...up, lost: lost('failed') }),
      [{ kind: 'fence', node: 'a', membership: 7, isBack: true }],
    ],
    ['then', state({ a: 9 }, { ...up, lost: lost('rejoined') }), [{ kind: 'node_down', node: 'a' }]],
    ['then its node_up', state({ a: 9 }, { node: 'a', lost: lost('rejoined') }), [{ kind: 'node_up', node: 'a', membership: 9 }]],
    [
      'a planned stop is a node_down that says how',
      state({ a: 7 }, { ...up, stopping }),
      [{ kind: 'node_down', node: 'a', how: 'takeover', by: 'ada' }],
    ],
    ['once', state({ a: 7 }, { node: 'a', stopping: { ...stopping, queued: true } }), []],
    ['and no second one when its lease is revoked', state({}, { node: 'a', stopped: stopping }), []],
    [
      'one that dies while it is stopped had its node_down',
      state({}, { node: 'a', stopping: { ...stopping, queued: true } }),
      [],
    ],
    ['one that dies before that is lost', state({}, { ...up, stopping }), [{ kind: 'note_lost', node: 'a', membership: 7 }]],
    ['one that is stopped stays out', state({ a: 7 }, { node: 'a', stopped: stopping }), []],
  ])('%s', (_, now, duties) => {
    expect(membershipDuties(now)).toEqual(duties);
  });

  it('leads to an end from any state: each thing is done once, and a stopped node stays stopped', () => {
    const documents = fc.record(
      {
        up: fc.constantFrom(7, 9),
        upSince: fc.constant(AT),
        stopping: fc.constantFrom({ ...stopping }, { ...stopping, queued: true as const }),
        stopped: fc.constant({ ...stopping }),
        lost: fc.constantFrom('pending', 'off', 'failed', 'rejoined').map((fencing) => lost(fencing as 'off')),
      },
      { requiredKeys: [] },
    );
    void fc.assert(
      fc.property(documents, fc.option(fc.constantFrom(7, 9), { nil: undefined }), (facts, member) => {
        let document: NodeDocument = { node: 'a', ...facts };
        const done: string[] = [];
        for (let turn = 0; turn < 10; turn += 1) {
          const [duty] = membershipDuties(state(member === undefined ? {} : { a: member }, document));
          if (!duty) return;
          done.push(duty.kind);
          const next = effectOf(duty).change(document);
          expect(next, `${duty.kind} ${JSON.stringify(document)}`).toBeDefined();
          document = next as NodeDocument;
        }
        throw new Error(`no end: ${done.join(' ')}`);
      }),
    );
  });

  const effectOf = (duty: Duty) => {
    switch (duty.kind) {
      case 'note_lost':
        return effects.noteLost(duty.node, duty.membership, AT);
      case 'fence':
        return effects.fenced(duty.node, duty.membership, { fencing: duty.isBack ? 'rejoined' : 'off', fencedAt: AT });
      case 'node_up':
        return effects.nodeUp(duty.node, duty.membership);
      case 'node_down':
        return effects.nodeDown(duty.node, duty.how);
    }
  };
});

describe('what a run has done to its node', () => {
  const ran = (event: string, document: NodeDocument, succeeded = true) => {
    const [effect] = effectsOfRun(
      { event, args: ['a'], origin: { kind: 'cluster_manager', name: MEMBERSHIP } },
      { succeeded, at: AT },
    );
    return effect?.change(document);
  };
  it('node_up: it takes part from now on; skipped, it stays out', () => {
    expect(ran('node_up', { node: 'a', up: 7, lost: { ...lost('off'), membership: 5 } })).toEqual({
      node: 'a',
      up: 7,
      upSince: AT,
    });
    expect(ran('node_up', { node: 'a', up: 7 }, false)).toEqual({
      node: 'a',
      stopped: { how: 'graceful', by: MEMBERSHIP, at: AT },
    });
    expect(ran('node_up', { node: 'a', up: 7, lost: lost('pending') })).toEqual({
      node: 'a',
      up: 7,
      upSince: AT,
      lost: lost('pending'),
    });
  });
  it('node_down: a node that was stopped is now', () => {
    expect(ran('node_down', { node: 'a', stopping: { ...stopping, queued: true } })).toEqual({ node: 'a', stopped: stopping });
    expect(ran('node_down', { node: 'a', lost: lost('off') })).toEqual({ node: 'a', lost: lost('off') });
  });
  it('nothing, when a person has run it', () => {
    expect(
      effectsOfRun({ event: 'node_down', args: ['a'], origin: { kind: 'person', name: 'ada' } }, { succeeded: true, at: AT }),
    ).toEqual([]);
  });
});

describe('who takes part in an event', () => {
  const nodes = state(
    { a: 7, b: 8, c: 9, d: 10 },
    up,
    { node: 'b', up: 8 },
    { node: 'c', up: 5, upSince: AT },
    { node: 'd', stopping: { ...stopping, queued: true } },
  );
  const names = (event: string, node: string, name: string = MEMBERSHIP) =>
    participantsOf({ event, args: [node], origin: { kind: 'cluster_manager', name } }, nodes).map((one) => one.node);
  it('is who is up, and a node that is being stopped; not who joins, and not an earlier membership', () => {
    expect(names('network_up', '-1')).toEqual(['a', 'd']);
    expect(participantsOf({ event: 'x', args: [], origin: { kind: 'person', name: 'ada' } }, nodes)[0]).toEqual({
      node: 'a',
      membership: 7,
    });
  });
  it('is the node that joins as well in its own node_up', () => {
    expect(names('node_up', 'b')).toEqual(['a', 'b', 'd']);
    expect(names('node_up', 'c')).toEqual(['a', 'd']);
  });
});
