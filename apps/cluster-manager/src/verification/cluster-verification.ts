import { automaticLines } from '@fallover/events';
import type { OpenedStore } from '@fallover/store';
import { hashed } from '../definition/documents.ts';
import type { Journal } from '../journal/journal.ts';
import type { Clock } from '../runs/clock.ts';
import { automaticVerification } from './automatic.ts';
import { localInspector, type NodeInspector } from './inspector.ts';
import { verificationRecords } from './stored.ts';
import { type Verification, type VerificationParts, verification } from './verification.ts';

export interface ClusterVerification extends Pick<Verification, 'useCases' | 'verifyDraft'> {
  /** Automatic verification, when it is due. */
  pass(): Promise<void>;
  /** What cluster_notify prints. */
  automaticFindings(): Promise<string[]>;
}

/** Verification as the daemon of one node has it: its own files, its own journal. */
export function clusterVerification(
  parts: Pick<
    VerificationParts,
    'active' | 'draft' | 'managed' | 'certificates' | 'library' | 'methods' | 'failed' | 'changed'
  > & {
    node: string;
    store: OpenedStore;
    journal: Pick<Journal, 'lastSha256' | 'durations'>;
    clock: Clock;
    /** Those of the other nodes that can be asked. */
    others?(): readonly NodeInspector[];
    /** cluster_notify is queued. */
    queued(): void;
  },
): ClusterVerification {
  const { node, store, journal, clock } = parts;
  const records = verificationRecords(store);
  const own = localInspector({ node, lastSha256: journal.lastSha256 });
  const inspectors = () => [own, ...(parts.others?.() ?? [])].sort((a, b) => (a.node < b.node ? -1 : 1));
  const verifying = verification({
    ...parts,
    ...(store.etcdMembers ? { etcdMembers: store.etcdMembers } : {}),
    records,
    inspectors,
    hashOf: (document) => hashed(document).hash,
    durations: journal.durations,
    now: clock.wall,
    reading: () => clock.reading().ms,
  });
  const automatic = automaticVerification({
    ...parts,
    records,
    liveNodes: () => inspectors().map((inspector) => inspector.node),
    look: verifying.look,
    now: clock.wall,
  });
  return {
    useCases: verifying.useCases,
    verifyDraft: verifying.verifyDraft,
    pass: automatic.pass,
    async automaticFindings() {
      const { automatic: last } = await records.read('active');
      return last ? automaticLines(last.revision, last.result.at, last.result.findings) : [];
    },
  };
}
