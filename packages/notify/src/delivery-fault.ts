import type { DeliveryFault } from './transport.ts';

/** What the outbox makes of a fault is said with it. */
export const deliveryFault = (code: string, sentence: string, next: DeliveryFault['next']): DeliveryFault => ({
  code,
  sentence,
  next,
});
