import type { ClusterStore } from '@fallover/store';
import { lastKnown } from '../queue/last-known.ts';

/** What the definition is read from. */
export type DefinitionSource = Pick<ClusterStore, 'draft' | 'active' | 'revision'>;

/**
 * For screens: while the store does not answer, draft and active revision are as it said last. Nothing may be decided or
 * written by what is read so. Of what it never said it is asked all the same, and its fault is the answer.
 */
export function asKnownLast(store: DefinitionSource): DefinitionSource {
  const draft = lastKnown(async () => ({ said: await store.draft() }), undefined);
  const active = lastKnown(async () => ({ said: await store.active() }), undefined);
  return {
    draft: async () => ((await draft()) ?? { said: await store.draft() }).said,
    active: async () => ((await active()) ?? { said: await store.active() }).said,
    revision: (number) => store.revision(number),
  };
}
