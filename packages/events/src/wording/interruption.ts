import type { InterruptionReason } from '../runs/types.ts';

/** Why it is not known how a step ended, and what to do about it. */
export const interruptionSentence = (reason: InterruptionReason): string =>
  `${whatHappened(reason)} How the step ended is not known. Look at what it did, then recover from script failure: skip it, count it as succeeded, or run it again.`;

function whatHappened(reason: InterruptionReason): string {
  switch (reason) {
    case 'cluster_manager_died':
      return 'The cluster manager ended while this step ran, and left no result of it.';
    case 'launcher_died':
      return 'The launcher, which starts the commands, ended while this step ran.';
    case 'node_restarted':
      return 'The node was restarted while this step ran.';
  }
}
