import type { DeliveryFault } from './transport.ts';

/** The one place where a fault gets its `then`. It is a word, which `await` does not take for a promise. */
export const deliveryFault = (code: string, sentence: string, next: DeliveryFault['then']): DeliveryFault => ({
  code,
  sentence,
  // biome-ignore lint/suspicious/noThenProperty: it is a word and no function
  then: next,
});
