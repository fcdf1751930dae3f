import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AddressMoves, isNormal, type MoveAction, type MoveInput, moveAddresses, NO_MOVES } from './address-moves.ts';

const said = (action: MoveAction): string => {
  switch (action.kind) {
    case 'run':
      return `run ${action.asked.event}`;
    case 'run_own':
      return `run ${action.event}`;
    case 'give_up':
      return `give up ${action.asked.event}`;
  }
};

/** `ask EVENT`, `EVENT OUTCOME` for the end of one; `own EVENT OUTCOME` for one that nobody has asked for. */
function told(lines: readonly string[]): string[] {
  let moves: AddressMoves = NO_MOVES;
  return lines.map((line, id) => {
    const step = moveAddresses(moves, inputOf(line, id));
    moves = step.moves;
    return `${line}: ${step.actions.map(said).join(', ') || '-'}`;
  });
}

function inputOf(line: string, id: number): MoveInput {
  const words = line.split(' ');
  if (words[0] === 'ask') return { kind: 'asked', asked: { id, event: words[1] ?? '' } };
  const own = words[0] === 'own';
  const [event = '', outcome] = own ? words.slice(1) : words;
  const ended = {
    kind: 'ended' as const,
    event,
    outcome: outcome === 'ok' ? ('ok' as const) : outcome === 'timed_out' ? ('timed_out' as const) : ('failed' as const),
  };
  return own ? { ...ended, own } : ended;
}

describe('moving addresses in a driven component', () => {
  it('begins with a startrecovery and ends with one recovered after all', () => {
    expect(
      told([
        'ask takeip',
        'ask releaseip',
        'own startrecovery ok',
        'takeip ok',
        'ask takeip',
        'releaseip ok',
        'takeip ok',
        'own recovered ok',
      ]),
    ).toEqual([
      'ask takeip: run startrecovery',
      'ask releaseip: -',
      'own startrecovery ok: run takeip, run releaseip',
      'takeip ok: -',
      'ask takeip: run takeip',
      'releaseip ok: -',
      'takeip ok: run recovered',
      'own recovered ok: -',
    ]);
  });

  it('goes on when startrecovery has timed out, which counts as success, and not when it has failed', () => {
    expect(told(['ask takeip', 'own startrecovery timed_out', 'takeip failed', 'own recovered failed', 'ask takeip'])).toEqual([
      'ask takeip: run startrecovery',
      'own startrecovery timed_out: run takeip',
      'takeip failed: run recovered',
      'own recovered failed: -',
      'ask takeip: run startrecovery',
    ]);
    expect(told(['ask takeip', 'ask releaseip', 'own startrecovery failed', 'ask takeip'])).toEqual([
      'ask takeip: run startrecovery',
      'ask releaseip: -',
      'own startrecovery failed: give up takeip, give up releaseip',
      'ask takeip: run startrecovery',
    ]);
  });

  it('leaves the end to whoever ran startrecovery by hand', () => {
    expect(
      told([
        'ask startrecovery',
        'ask takeip',
        'startrecovery ok',
        'takeip ok',
        'ask releaseip',
        'releaseip ok',
        'ask recovered',
        'recovered ok',
      ]),
    ).toEqual([
      'ask startrecovery: run startrecovery',
      'ask takeip: -',
      'startrecovery ok: run takeip',
      'takeip ok: -',
      'ask releaseip: run releaseip',
      'releaseip ok: -',
      'ask recovered: run recovered',
      'recovered ok: -',
    ]);
  });

  it('begins anew for what is asked for while recovered runs', () => {
    expect(told(['ask takeip', 'own startrecovery ok', 'takeip ok', 'ask takeip', 'own recovered ok'])).toEqual([
      'ask takeip: run startrecovery',
      'own startrecovery ok: run takeip',
      'takeip ok: run recovered',
      'ask takeip: -',
      'own recovered ok: run startrecovery',
    ]);
    expect(
      told([
        'ask takeip',
        'own startrecovery ok',
        'takeip ok',
        'ask startrecovery',
        'ask takeip',
        'own recovered ok',
        'startrecovery ok',
      ]).slice(3),
    ).toEqual(['ask startrecovery: -', 'ask takeip: -', 'own recovered ok: run startrecovery', 'startrecovery ok: run takeip']);
  });

  it('lets every other event pass', () => {
    expect(told(['ask updateip', 'ask ipreallocated', 'updateip ok'])).toEqual([
      'ask updateip: run updateip',
      'ask ipreallocated: run ipreallocated',
      'updateip ok: -',
    ]);
  });

  it('runs every takeip and releaseip once, inside a recovery of its own, whatever ends when', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(fc.boolean(), fc.nat({ max: 5 }), fc.constantFrom('ok' as const, 'failed' as const, 'timed_out' as const)),
          { maxLength: 60 },
        ),
        (choices) => {
          let moves: AddressMoves = NO_MOVES;
          const running: { event: string; own?: true }[] = [];
          const asked = new Set<number>();
          const settled: number[] = [];
          let isOn = false;
          const take = (input: MoveInput): void => {
            const step = moveAddresses(moves, input);
            moves = step.moves;
            for (const action of step.actions) {
              if (action.kind === 'give_up') settled.push(action.asked.id);
              else if (action.kind === 'run_own') running.push({ event: action.event, own: true });
              else {
                expect(isOn).toBe(true);
                settled.push(action.asked.id);
                running.push({ event: action.asked.event });
              }
            }
          };
          const finish = (index: number, outcome: 'ok' | 'failed' | 'timed_out'): void => {
            const [ended] = running.splice(index % running.length, 1);
            if (!ended) return;
            if (ended.event === 'startrecovery') isOn = outcome !== 'failed';
            if (ended.event === 'recovered') {
              expect(running).toEqual([]);
              isOn = false;
            }
            take({ kind: 'ended', outcome, ...ended });
          };
          for (const [asks, index, outcome] of choices) {
            if (asks || running.length === 0) {
              asked.add(asked.size);
              take({ kind: 'asked', asked: { id: asked.size - 1, event: index % 2 === 0 ? 'takeip' : 'releaseip' } });
            } else finish(index, outcome);
          }
          while (running.length > 0) finish(0, 'ok');
          expect(isNormal(moves)).toBe(true);
          expect(settled.toSorted((a, b) => a - b)).toEqual([...asked]);
        },
      ),
    );
  });
});
