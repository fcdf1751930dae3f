import type { FindingView, VerificationResult } from '@fallover/contract';
import {
  type CommandFacts,
  cleanEntries,
  commandsOn,
  type DefinitionDocument,
  type EtcdMember,
  etcdHosts,
  type Finding,
  type NodeFacts,
  namesOf,
  nodesOf,
  type Overriding,
  ok,
  MEMBERS_NOT_TOLD,
  overriding,
  type PastDurations,
  quorumSentence,
  silentMembers,
  verifyDefinition,
} from '@fallover/events';
import type { VerifiedDocument } from '@fallover/store';
import type { NumberedDocument } from '../definition/state.ts';
import type { UseCases } from '../http/use-cases.ts';
import { dailyOf, nextMoment } from './daily.ts';
import type { NodeInspector } from './inspector.ts';
import type { VerificationRecords } from './stored.ts';

/** The script library. Its commands are known by the document that they stand in: their files need not be laid down yet. */
export interface VerifiedLibrary {
  findings(document: DefinitionDocument): Promise<Finding[]>;
  /** Undefined for a command that is not of the library. */
  commandOf(path: string, document: DefinitionDocument): Promise<CommandFacts | undefined>;
}

export interface VerificationParts {
  records: VerificationRecords;
  /** One for each node whose cluster manager takes part. */
  inspectors(): readonly NodeInspector[];
  /** All nodes that have a cluster manager, whether it takes part now or not. */
  managed(): readonly string[];
  active(): Promise<NumberedDocument>;
  draft(): Promise<NumberedDocument>;
  hashOf(document: DefinitionDocument): string;
  durations(event: string): PastDurations;
  /** The members of the etcd that the nodes share; missing where there is none. */
  etcdMembers?(): Promise<readonly EtcdMember[]>;
  /** Of the cluster managers: those that end soon. */
  certificates?(): Promise<Finding[]>;
  library?: VerifiedLibrary;
  /** The remote notification methods. */
  methods?: { findings(document: DefinitionDocument): Promise<Finding[]> };
  /** Milliseconds since 1970, and of a clock that does not jump. */
  now(): number;
  reading(): number;
  /** A node could not be asked. */
  failed(node: string, error: unknown): void;
  /** There is a new result: screens are told. */
  changed(): void;
}

export interface Verification {
  useCases: Pick<UseCases, 'verify' | 'getVerification'>;
  /** Looks at a document on every node. Nothing is recorded. */
  look(document: DefinitionDocument, by: Pick<VerificationResult, 'of' | 'by' | 'automatic'>): Promise<VerificationResult>;
  /** Whether a draft may become active; what was found is recorded as the draft's. */
  verifyDraft(
    document: DefinitionDocument,
    override: readonly string[],
    by: string,
  ): Promise<Overriding & { findings: FindingView[] }>;
}

export function verification(parts: VerificationParts): Verification {
  const look: Verification['look'] = async (document, by) => {
    const at = new Date(parts.now()).toISOString();
    const began = parts.reading();
    const entries = cleanEntries(document);
    const inspectors = parts.inspectors();
    const liveNodes = inspectors.map(({ node }) => node);
    const managed = [...new Set([...liveNodes, ...parts.managed()])];
    const kept = await ofLibrary(new Set(liveNodes.flatMap((node) => commandsOn(entries, node))), document);
    const asked = await Promise.all(
      inspectors.map((inspector) =>
        ask(
          inspector,
          commandsOn(entries, inspector.node).filter((path) => !kept.has(path)),
        ),
      ),
    );
    const seen = asked
      .filter((facts) => facts !== undefined)
      .map((facts) => ({ ...facts, commands: new Map([...facts.commands, ...kept]) }));
    const durations = new Map(namesOf(entries, 'event').map((event) => [event, parts.durations(event)]));
    const further = [
      ...((await parts.certificates?.()) ?? []),
      ...((await parts.library?.findings(document)) ?? []),
      ...((await parts.methods?.findings({ ...document, entries })) ?? []),
    ];
    // etcd may let only its root see them; nothing else of verification hangs on that.
    const etcdMembers = await parts.etcdMembers?.().catch(() => 'not_told' as const);
    const findings = verifyDefinition(
      { document, liveNodes, managed, seen, durations, etcdMembers: etcdMembers === 'not_told' ? [] : (etcdMembers ?? []) },
      further,
    );
    return {
      ...by,
      hash: parts.hashOf(document),
      at,
      durationMs: Math.round(parts.reading() - began),
      nodes: nodesOf(entries, managed).map((node) => ({ node, looked: seen.some((facts) => facts.node === node) })),
      commands: new Set(seen.flatMap(({ commands }) => [...commands.keys()])).size,
      ...(etcdMembers === undefined
        ? {}
        : {
            etcd:
              etcdMembers === 'not_told'
                ? MEMBERS_NOT_TOLD
                : quorumSentence(etcdHosts(etcdMembers, entries, managed), silentMembers(etcdMembers)),
          }),
      errors: countOf(findings, 'error'),
      warnings: countOf(findings, 'warning'),
      findings,
    };
  };

  async function ofLibrary(paths: ReadonlySet<string>, document: DefinitionDocument): Promise<Map<string, CommandFacts>> {
    const kept = new Map<string, CommandFacts>();
    for (const path of paths) {
      const facts = await parts.library?.commandOf(path, document);
      if (facts) kept.set(path, facts);
    }
    return kept;
  }

  /** A node that cannot be asked is found by the rules, and does not keep the others from being looked at. */
  async function ask(inspector: NodeInspector, commands: string[]): Promise<NodeFacts | undefined> {
    try {
      return await inspector.inspect(commands);
    } catch (error) {
      parts.failed(inspector.node, error);
      return undefined;
    }
  }

  async function lookAndRecord(of: VerifiedDocument, document: DefinitionDocument, by: string): Promise<VerificationResult> {
    const result = await look(document, { of, by, automatic: false });
    await parts.records.change(of, (before) => ({ ...before, result }));
    parts.changed();
    return result;
  }

  return {
    look,
    async verifyDraft(document, override, by) {
      const { findings } = await lookAndRecord('draft', document, by);
      return { findings, ...overriding(findings, override) };
    },
    useCases: {
      async verify({ body: { of } }, { principal }) {
        const { document } = of === 'draft' ? await parts.draft() : await parts.active();
        return ok(await lookAndRecord(of, document, principal.name));
      },
      async getVerification() {
        const [draft, active] = [await parts.draft(), await parts.active()];
        const liveNodes = parts.inspectors().map(({ node }) => node);
        const daily = active.number === 0 ? undefined : dailyOf(active.document, liveNodes);
        return ok({
          ...(await withCurrency('draft', draft.hash)),
          ...(await withCurrency('active', active.hash)),
          ...(daily ? { daily: { ...daily, next: new Date(nextMoment(parts.now(), daily.hour)).toISOString() } } : {}),
        });
      },
    },
  };

  async function withCurrency(of: VerifiedDocument, hash: string) {
    const { result } = await parts.records.read(of);
    return result ? { [of]: { ...result, upToDate: result.hash === hash } } : {};
  }
}

const countOf = (findings: readonly Finding[], severity: Finding['severity']): number =>
  findings.filter((finding) => finding.severity === severity).length;
