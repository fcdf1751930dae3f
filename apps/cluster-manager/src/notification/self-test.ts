import type { EffectiveMethod, Notification } from '@fallover/events';
import type { MethodProof } from '@fallover/store';

const DAY_MS = 86_400_000;
/** Of the time within which a method is to be proven: what is left is for mending it. */
const SHARE = 0.8;

/** Nobody knows whether it still works. A method that has no such time is never stale. */
export const isStale = (
  { proveWithinMs }: Pick<EffectiveMethod, 'proveWithinMs'>,
  proof: Pick<MethodProof, 'delivered'> | undefined,
  now: number,
): boolean => proveWithinMs > 0 && !(proof?.delivered !== undefined && now - Date.parse(proof.delivered) < proveWithinMs);

/** Whether a test is to be sent by itself now. */
export const isSelfTestDue = (method: EffectiveMethod, proof: Pick<MethodProof, 'delivered'> | undefined, now: number): boolean =>
  method.selfTest &&
  method.proveWithinMs > 0 &&
  !(proof?.delivered !== undefined && now - Date.parse(proof.delivered) < method.proveWithinMs * SHARE);

/** Once a day at most: a self-test that failed is tried again the next day, and meanwhile the method is red. */
export const selfTestDay = (now: number): number => Math.floor(now / DAY_MS) * DAY_MS;

/** The self-tests that are due, as notifications of their own; each has one id a day in the whole cluster. */
export const selfTests = (
  methods: readonly EffectiveMethod[],
  proofs: ReadonlyMap<string, MethodProof>,
  now: number,
  make: (method: EffectiveMethod, day: number) => Notification | undefined,
): Notification[] =>
  methods
    .filter((method) => isSelfTestDue(method, proofs.get(method.name), now))
    .flatMap((method) => make(method, selfTestDay(now)) ?? []);
