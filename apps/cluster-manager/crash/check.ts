import { checkChildren } from './check-children.ts';
import { checkLog } from './check-log.ts';
import { checkOrder } from './check-order.ts';
import { checkOutput } from './check-output.ts';
import { checkRequests } from './check-requests.ts';
import { checkSteps } from './check-steps.ts';
import type { Evidence, Violation } from './evidence.ts';

/** Every promise of crash safety (P1, P2, P3, P6, P8, P10) that the evidence shows to be broken; none when all were kept. */
export function check(evidence: Evidence): Violation[] {
  return [
    ...checkSteps(evidence),
    ...checkOutput(evidence),
    ...checkOrder(evidence),
    ...checkRequests(evidence),
    ...checkChildren(evidence),
    ...checkLog(evidence),
    ...evidence.unaccounted.map(
      ({ step, pid }): Violation => ({
        code: 'unaccounted_process',
        sentence: `Process ${pid} of step ${step} ran, and the daemon showed the step neither as running nor as interrupted with that process.`,
      }),
    ),
    ...(evidence.audit.whole
      ? []
      : [violation('audit_chain_broken', `The audit trail is broken at line ${evidence.audit.brokenAt}.`)]),
    ...evidence.troubles.map((sentence) => violation('trouble', sentence)),
  ];
}

const violation = (code: Violation['code'], sentence: string): Violation => ({ code, sentence });
