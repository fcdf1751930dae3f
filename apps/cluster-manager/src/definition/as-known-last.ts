import type { ClusterStore } from '@fallover/store';
import { remembered } from '../queue/last-known.ts';

/** What the definition is read from. */
export type DefinitionSource = Pick<ClusterStore, 'draft' | 'active' | 'revision'>;

/**
 * `shown`, for screens: while the store does not answer, draft and active revision are as it said last, to whomever. Nothing may
 * be decided or written by what is read so: for that there is `now`. Of what it never said its fault is the answer.
 */
export function asKnownLast(store: DefinitionSource): { now: DefinitionSource; shown: DefinitionSource } {
  const draft = remembered(() => store.draft());
  const active = remembered(() => store.active());
  const revision: DefinitionSource['revision'] = (number) => store.revision(number);
  return {
    now: { draft: draft.now, active: active.now, revision },
    shown: { draft: draft.lately, active: active.lately, revision },
  };
}
