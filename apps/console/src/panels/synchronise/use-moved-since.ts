import type { getChanges } from '@fallover/contract';
import { useMemo, useState } from 'react';
import type { Reply } from '../../api.ts';
import { movedSince } from './moved-since.ts';

type Changes = Reply<typeof getChanges>;

/** What somebody else has done to the draft while it is looked at here: what is on the screen moves, so it is said. */
export function useMovedSince(changes: Changes | undefined): { moved: string[]; seen: () => void } {
  const [base, setBase] = useState(changes);
  if (base === undefined && changes !== undefined) setBase(changes);
  const moved = useMemo(
    () => (base && changes && base !== changes ? movedSince(base.changes, changes.changes) : []),
    [base, changes],
  );
  return {
    moved,
    // What comes next is what this person has asked for, or has looked at.
    seen: () => setBase(undefined),
  };
}
