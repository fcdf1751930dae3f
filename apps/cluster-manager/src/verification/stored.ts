import { type VerificationResult, verificationResult } from '@fallover/contract';
import type { ClusterStore, VerifiedDocument } from '@fallover/store';
import { z } from 'zod';

const FORMAT = 1;

/** What automatic verification found, and the event that tells of it. */
const automaticResult = z.object({
  result: verificationResult,
  /** The number of the revision that was active. */
  revision: z.number().int(),
  /** Missing when there is nothing to tell. Queued once: its run has an id of its own for each day. */
  event: z.object({ run: z.string(), message: z.string(), queued: z.boolean() }).optional(),
});
export type AutomaticResult = z.infer<typeof automaticResult>;

const stored = z.object({
  format: z.literal(FORMAT),
  result: verificationResult.optional(),
  automatic: automaticResult.optional(),
});
export interface StoredVerification {
  /** The last one, whoever asked for it. */
  result?: VerificationResult | undefined;
  /** The last one that nobody asked for; only of the active revision. */
  automatic?: AutomaticResult | undefined;
}

export interface VerificationRecords {
  read(of: VerifiedDocument): Promise<StoredVerification>;
  /** One change at a time, so that none undoes another. */
  change(of: VerifiedDocument, next: (before: StoredVerification) => StoredVerification): Promise<void>;
}

/** What was found last. A text that this release does not understand counts as none: verification can always be done anew. */
export function verificationRecords(store: Pick<ClusterStore, 'verification' | 'recordVerification'>): VerificationRecords {
  let turn: Promise<unknown> = Promise.resolve();
  const read = async (of: VerifiedDocument): Promise<StoredVerification> => parse(await store.verification(of));
  return {
    read,
    change(of, next) {
      const changed = turn.then(async () => {
        const { result, automatic } = next(await read(of));
        await store.recordVerification(of, JSON.stringify({ format: FORMAT, result, automatic }));
      });
      turn = changed.catch(() => undefined);
      return changed;
    },
  };
}

function parse(text: string | undefined): StoredVerification {
  if (text === undefined) return {};
  try {
    const parsed = stored.safeParse(JSON.parse(text));
    return parsed.success ? { result: parsed.data.result, automatic: parsed.data.automatic } : {};
  } catch {
    return {};
  }
}
