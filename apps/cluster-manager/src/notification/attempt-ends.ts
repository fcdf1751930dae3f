import type { AttemptEnd } from '@fallover/events';
import type { Delivery } from '@fallover/notify';

// How an attempt to tell somebody ended, in the words that delivery log, screen and shell show.

export const iso = (ms: number): string => new Date(ms).toISOString();

/** What the transport said. */
export const endOf = (sent: Delivery, at: number): AttemptEnd =>
  sent.ok
    ? { outcome: 'delivered', endedAt: iso(at), answer: sent.value.answer }
    : { outcome: 'failed', endedAt: iso(at), code: sent.error.code, answer: sent.error.sentence, next: sent.error.next };

/** This node, or one that is gone, went down while it was sending. */
export const interrupted = (at: number): AttemptEnd => ({
  outcome: 'interrupted',
  endedAt: iso(at),
  answer: 'The cluster manager ended while it was sending. Whether it arrived is not known; it is sent once more.',
});

/** Every node of the method's list has said that it cannot. */
export const noNodeCan = (at: number): AttemptEnd => ({
  outcome: 'failed',
  endedAt: iso(at),
  code: 'no_node_can',
  answer: 'Every node of the method has said that it cannot send it. What is missing stands with the attempts before.',
  next: 'give_up',
});

/** What it was to be sent by is configured no more. */
export const methodGone = (at: number, name: string): AttemptEnd => ({
  outcome: 'failed',
  endedAt: iso(at),
  code: 'method_gone',
  answer: `The remote notification method ${name} is not in the active configuration any more.`,
  next: 'give_up',
});
