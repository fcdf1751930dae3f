import { setTimeout as sleep } from 'node:timers/promises';
import { storeFaultOf } from '@fallover/store';

/** A store that does not answer tries for seconds before it says so; a screen does not wait for that. */
const ANSWERS_WITHIN_MS = 1_000;

export interface Remembered<Value> {
  /** Asks, and remembers what was said. */
  now(): Promise<Value>;
  /** What is said at once, else what was said last; what was never said is waited for, and may be refused. */
  lately(): Promise<Value>;
}

/**
 * Without the store the screens go on, and do not wait for it: they show what it said last, and the state of the store says
 * why. Each asks anew, so that nobody who has just written something is shown what was before.
 */
export function remembered<Value>(ask: () => Promise<Value>, atFirst?: { value: Value }): Remembered<Value> {
  let known = atFirst && { asked: 0, value: atFirst.value };
  let count = 0;
  const answer = (): Promise<{ value: Value }> => {
    count += 1;
    const asked = count;
    return ask().then((value) => {
      if (asked > (known?.asked ?? 0)) known = { asked, value };
      return { value };
    });
  };
  return {
    now: async () => (await answer()).value,
    async lately() {
      const late = new AbortController();
      const waited = sleep(ANSWERS_WITHIN_MS, undefined, { signal: late.signal }).then(
        () => undefined,
        () => undefined,
      );
      const answered = answer();
      answered.catch(() => {}); // whoever has waited long enough is not told of it
      try {
        const said = (await Promise.race([answered, waited])) ?? known ?? (await answered);
        return said.value;
      } catch (error) {
        if (!known || storeFaultOf(error) === undefined) throw error;
        return known.value;
      } finally {
        late.abort();
      }
    },
  };
}

/** The same for whoever only shows it. Nobody may have looked before the store falls silent: it is asked once at first. */
export function lastKnown<Value>(ask: () => Promise<Value>, atFirst: Value): () => Promise<Value> {
  const { now, lately } = remembered(ask, { value: atFirst });
  now().catch(() => {});
  return lately;
}
