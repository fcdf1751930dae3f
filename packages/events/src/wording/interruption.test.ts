import { describe, expect, it } from 'vitest';
import { INTERRUPTION_REASONS } from '../runs/types.ts';
import { interruptionSentence } from './interruption.ts';

const WHAT_TO_DO =
  'How the step ended is not known. Look at what it did, then recover from script failure: skip it, count it as succeeded, or run it again.';

describe('why it is not known how a step ended', () => {
  it('is a sentence for each reason', () => {
    expect(INTERRUPTION_REASONS.map(interruptionSentence)).toEqual([
      `The cluster manager ended while this step ran, and left no result of it. ${WHAT_TO_DO}`,
      `The launcher, which starts the commands, ended while this step ran. ${WHAT_TO_DO}`,
      `The node was restarted while this step ran. ${WHAT_TO_DO}`,
    ]);
  });
});
