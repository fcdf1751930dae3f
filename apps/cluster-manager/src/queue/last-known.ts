import { setTimeout as sleep } from 'node:timers/promises';
import { storeFaultOf } from '@fallover/store';

/** A store that does not answer tries for seconds before it says so; a screen does not wait for that. */
const ANSWERS_WITHIN_MS = 1_000;

/**
 * Without the store the screens go on, and do not wait for it: they show what it said last, and the state of the store says
 * why. Each asks anew, so that nobody who has just written something is shown what was before.
 */
export function lastKnown<Value>(ask: () => Promise<Value>, atFirst: Value): () => Promise<Value> {
  let known = { asked: 0, value: atFirst };
  let count = 0;
  const answer = (): Promise<{ value: Value }> => {
    count += 1;
    const asked = count;
    return ask().then((value) => {
      if (asked > known.asked) known = { asked, value };
      return { value };
    });
  };
  // Nobody may have looked before the store falls silent.
  answer().catch(() => {});
  return async () => {
    const late = new AbortController();
    const waited = sleep(ANSWERS_WITHIN_MS, undefined, { signal: late.signal }).then(
      () => undefined,
      () => undefined,
    );
    const answered = answer();
    answered.catch(() => {}); // whoever has waited long enough is not told of it
    try {
      const now = await Promise.race([answered, waited]);
      return (now ?? known).value;
    } catch (error) {
      if (storeFaultOf(error) === undefined) throw error;
      return known.value;
    } finally {
      late.abort();
    }
  };
}
