import type { EventOutcomeKind } from './words.ts';
import { countsAsSuccess } from './node-life.ts';

/** An event that an administrator asks for in a component, by a number of its own. */
export interface Asked {
  id: number;
  event: string;
}

/**
 * A startrecovery comes before any takeip or releaseip, and one recovered after all of them. Whoever runs startrecovery by hand
 * ends the recovery by hand too.
 */
export interface AddressMoves {
  recovery: 'none' | 'starting' | 'on' | 'ending';
  byHand: boolean;
  /** Asked for before the recovery is on. */
  held: Asked[];
  /** How many takeip and releaseip have been started and have not ended. */
  moving: number;
}

export const NO_MOVES: AddressMoves = { recovery: 'none', byHand: false, held: [], moving: 0 };

/** No recovery is in progress: the mode in which all events but a few run. */
export const isNormal = ({ recovery }: AddressMoves): boolean => recovery === 'none';

export type MoveInput =
  | { kind: 'asked'; asked: Asked }
  /** `own`: one that this has asked for itself. */
  | { kind: 'ended'; event: string; outcome: EventOutcomeKind; own?: true };

export type MoveAction =
  | { kind: 'run'; asked: Asked }
  | { kind: 'run_own'; event: 'startrecovery' | 'recovered' }
  /** The startrecovery before it failed: it is not run. */
  | { kind: 'give_up'; asked: Asked };

const isMove = (event: string): boolean => event === 'takeip' || event === 'releaseip';

export function moveAddresses(moves: AddressMoves, input: MoveInput): { moves: AddressMoves; actions: MoveAction[] } {
  return input.kind === 'asked' ? ask(moves, input.asked) : end(moves, input);
}

type Step = ReturnType<typeof moveAddresses>;

function ask(moves: AddressMoves, asked: Asked): Step {
  const run: MoveAction = { kind: 'run', asked };
  if (isMove(asked.event)) {
    switch (moves.recovery) {
      case 'on':
        return { moves: { ...moves, moving: moves.moving + 1 }, actions: [run] };
      case 'none':
        return begin({ ...moves, held: [asked] });
      default:
        return { moves: { ...moves, held: [...moves.held, asked] }, actions: [] };
    }
  }
  // From the moment it is asked for, the recovery is the person's: no recovered comes by itself.
  if (asked.event === 'startrecovery') {
    if (moves.recovery === 'ending') return { moves: { ...moves, held: [...moves.held, asked] }, actions: [] };
    return {
      moves: { ...moves, byHand: true, recovery: moves.recovery === 'none' ? 'starting' : moves.recovery },
      actions: [run],
    };
  }
  return { moves, actions: [run] };
}

const begin = (moves: AddressMoves): Step => ({
  moves: { ...moves, recovery: 'starting' },
  actions: [{ kind: 'run_own', event: 'startrecovery' }],
});

function end(moves: AddressMoves, { event, outcome, own }: Extract<MoveInput, { kind: 'ended' }>): Step {
  if (isMove(event)) return settle({ ...moves, moving: Math.max(0, moves.moving - 1) });
  if (event === 'startrecovery') {
    if (moves.recovery !== 'starting') return { moves, actions: [] };
    const held = { ...moves, held: [] };
    if (!countsAsSuccess(event, outcome))
      return { moves: { ...NO_MOVES }, actions: moves.held.map((asked) => ({ kind: 'give_up', asked })) };
    return {
      moves: { ...held, recovery: 'on', moving: moves.held.length },
      actions: moves.held.map((asked) => ({ kind: 'run', asked })),
    };
  }
  if (event !== 'recovered') return { moves, actions: [] };
  // A recovered that a person runs ends the recovery once nothing moves any more; that of another recovery ends nothing.
  if (own !== true && moves.recovery === 'on' && moves.moving > 0) return { moves: { ...moves, byHand: false }, actions: [] };
  if (moves.recovery === 'none' || moves.recovery === 'starting') return { moves, actions: [] };
  return next({ ...NO_MOVES, held: moves.held });
}

/** What was asked for while the last recovery ended has one of its own. */
function next(moves: AddressMoves): Step {
  const byHand = moves.held.filter(({ event }) => event === 'startrecovery');
  if (byHand.length === 0) return moves.held.length > 0 ? begin(moves) : { moves, actions: [] };
  const held = moves.held.filter(({ event }) => event !== 'startrecovery');
  return {
    moves: { ...moves, recovery: 'starting', byHand: true, held },
    actions: byHand.map((asked) => ({ kind: 'run', asked })),
  };
}

/** The last one has ended. */
function settle(moves: AddressMoves): Step {
  if (moves.recovery !== 'on' || moves.moving > 0 || moves.byHand) return { moves, actions: [] };
  return { moves: { ...moves, recovery: 'ending' }, actions: [{ kind: 'run_own', event: 'recovered' }] };
}
