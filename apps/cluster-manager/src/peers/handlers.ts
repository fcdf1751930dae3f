import { statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { err, ok, type PeerRefusal, type Result } from '@fallover/events';
import type { Principal } from '../access/principal.ts';
import { readBytes } from '../output/read-bytes.ts';
import type { LeftProcesses } from '../runs/left-processes.ts';
import type { NodeInspector } from '../verification/inspector.ts';
import type { PeerContext, PeerHandlers } from './answering.ts';
import { type Asker, type GivenReply, HELD_MS, type InputOf, type PeerCallName } from './calls.ts';
import type { KeptRuns } from './kept-runs.ts';
import { bounded } from './summaries.ts';
import type { NodeUseCases } from './through-peers.ts';

export interface HandlerParts {
  /** What the API gives of this node. Never asked of another one in turn. */
  local: NodeUseCases;
  outputFile(run: string, step: string): Result<string, PeerRefusal>;
  logFile(name: string, principal: Principal): Result<string, PeerRefusal>;
  endProcesses: LeftProcesses['end'];
  inspector: Pick<NodeInspector, 'inspect'>;
  /** A sentence that says why not. */
  layDownDraft(hash: string): Promise<string | undefined>;
  kept: KeptRuns;
  inspectComponent(component: string): GivenReply<'inspectComponent'>;
  now(): number;
  /** `from`: as the certificate says with which it asks. */
  renewCertificate(from: string, request: string): Promise<Result<GivenReply<'renewCertificate'>, PeerRefusal>>;
  addJoinToken(node: string, by: Asker): Promise<Result<GivenReply<'addJoinToken'>, PeerRefusal>>;
}

/** How often a file that may grow is looked at. */
const LOOK_MS = 150;
const MOST_SUMMARY_BYTES = 12 * 1024 * 1024;

/** What this node tells other cluster managers, as the table of calls has it. */
export function peerHandlers(parts: HandlerParts): PeerHandlers {
  const { local, kept } = parts;
  /** The use case of the API, for whoever asks at the other node. */
  const asApi =
    <Name extends PeerCallName & keyof NodeUseCases>(name: Name) =>
    (input: InputOf<Name>, { asker, signal }: PeerContext) => {
      const useCase = local[name] as unknown as (
        input: unknown,
        context: unknown,
      ) => Promise<Result<GivenReply<Name>, PeerRefusal>>;
      return useCase({ ...(input as object), body: undefined }, { principal: principalOf(asker), signal });
    };

  return {
    getOutputLines: asApi('getOutputLines'),
    searchOutput: asApi('searchOutput'),
    listLogs: asApi('listLogs'),
    getLogLines: asApi('getLogLines'),
    searchLog: asApi('searchLog'),
    getHacmpOut: asApi('getHacmpOut'),
    searchHacmpOut: asApi('searchHacmpOut'),
    listProcesses: asApi('listProcesses'),
    endProcesses: ({ run, step }) => parts.endProcesses(run, step),
    async listEventSummaries(input, context) {
      const listed = await asApi('listEventSummaries')(input, context);
      return listed.ok ? ok(bounded(listed.value, MOST_SUMMARY_BYTES)) : listed;
    },

    async readFile({ file, at, most }, { asker }) {
      const path = 'log' in file ? parts.logFile(file.log, principalOf(asker)) : parts.outputFile(file.run, file.step);
      if (!path.ok) return path;
      const { bytes, size } = await readBytes(path.value, at, most);
      return ok({ base64: bytes.toString('base64'), size });
    },

    async watchOutput({ run, seen }, { signal }) {
      const until = performance.now() + HELD_MS;
      for (;;) {
        const sizes = seen.map(({ step }) => ({ step, size: sizeOf(parts.outputFile(run, step)) }));
        const isNews = sizes.some(({ size }, index) => size !== seen[index]?.size);
        if (isNews || seen.length === 0 || signal.aborted || performance.now() >= until) return ok({ sizes });
        await sleep(LOOK_MS, undefined, { signal }).catch(() => {});
      }
    },

    listKeptRuns: async ({ before, limit }) => ok({ runs: kept.list(before, limit) }),
    getKeptRun: async ({ run, from }) => ok(kept.get(run, from)),

    async inspectFiles({ paths }) {
      const { commands, lastRun } = await parts.inspector.inspect(paths);
      return ok({ commands: [...commands], lastRun: [...lastRun] });
    },

    async layDownDraft({ hash }) {
      const refused = await parts.layDownDraft(hash);
      return ok(refused === undefined ? {} : { refused });
    },

    inspectComponent: async ({ component }) => ok(parts.inspectComponent(component)),

    getClock: async () => ok({ at: parts.now() }),

    renewCertificate: ({ request }, { from }) => parts.renewCertificate(from, request),

    async addJoinToken({ node }, { asker }) {
      return asker ? parts.addJoinToken(node, asker) : err(NOBODY);
    },
  };
}

/** The table of calls asks for a person before a handler is reached. */
const NOBODY: PeerRefusal = { code: 'not_signed_in', status: 401, sentence: 'Nobody is named for whom this is asked.' };

const principalOf = (asker: Asker | undefined): Principal => ({
  name: asker?.name ?? 'nobody',
  role: asker?.role ?? 'monitor',
  via: 'session',
});

/** A run that is only on its way to the journal has no output here yet. */
const sizeOf = (path: Result<string, PeerRefusal>): number =>
  path.ok ? (statSync(path.value, { throwIfNoEntry: false })?.size ?? 0) : 0;
