import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Role } from '@fallover/contract';
import { openStore, type PeerDirectory } from '@fallover/store';
import type { Principal } from '../access/principal.ts';
import { openJournal } from '../journal/journal.ts';
import { logUseCases, nodeLogs } from '../logs/use-cases.ts';
import { openSecrets } from '../notification/secrets.ts';
import { outputLines } from '../output/output-lines.ts';
import { outputFile, outputUseCases } from '../output/use-cases.ts';
import { systemClock } from '../runs/clock.ts';
import { leftProcesses } from '../runs/left-processes.ts';
import { logContextUseCases } from '../summaries/log-context.ts';
import { eventSummaries } from '../summaries/summaries.ts';
import { summaryUseCases } from '../summaries/use-cases.ts';
import { localInspector } from '../verification/inspector.ts';
import { finishJoin, SECRET_KEY } from './files.ts';
import type { InProcess } from './in-process.ts';
import { type OpenedPeers, openPeers } from './open-peers.ts';

export interface PeerNode extends OpenedPeers {
  node: string;
  state: string;
  journal: ReturnType<typeof journalAt>;
  troubles: Map<string, string>;
  logged: string[];
  audited: string[];
  failures: unknown[];
  /** Of what the clock shows here, against what it is. */
  clock: { aheadMs: number };
  secretKey(): string;
  context(role?: Role, via?: Principal['via']): never;
  stop(): Promise<void>;
}

const journalAt = (path: string) => {
  const opened = openJournal(path);
  if (!opened.ok) throw new Error(opened.error.code);
  return opened.value;
};

/** Nodes with real journals, logs and files on one store, that ask each other as the daemon does. */
export async function peerNodes(through?: InProcess) {
  const directory = mkdtempSync(join(tmpdir(), 'fallover-peers-'));
  const opened = await openStore('memory:');
  if (!opened.ok) throw new Error(opened.error.code);
  const store = opened.value;
  const nodes = new Map<string, PeerNode>();
  /** Also those that have gone, or were never there. */
  const known = new Set<string>();

  async function start(
    node: string,
    { cluster = 'payroll', on = store }: { cluster?: string; on?: PeerDirectory } = {},
  ): Promise<PeerNode> {
    const state = join(directory, `${cluster}-${node}`);
    mkdirSync(join(state, 'log'), { recursive: true, mode: 0o700 });
    finishJoin(state);
    const secrets = openSecrets(join(state, SECRET_KEY));
    const journal = journalAt(join(state, 'journal.db'));
    const stopping = new AbortController();
    const hacmpOut = join(state, 'log', 'hacmp.out');
    const fileOf = (step: string) => join(state, 'log', `${step.replaceAll('/', '_')}.log`);
    const failures: unknown[] = [];
    const lines = outputLines(stopping.signal, (error) => failures.push(error));
    const processes = leftProcesses({ journal, stateDirectory: state });
    const inspector = localInspector({ node, lastSha256: journal.lastSha256 });
    const troubles = new Map<string, string>();
    const logged: string[] = [];
    const audited: string[] = [];
    const real = systemClock();
    const clock = { aheadMs: 0 };
    const peers = await openPeers({
      node,
      cluster,
      stateDirectory: state,
      store: on,
      journal,
      layDownDraft: async () => undefined,
      local: {
        ...outputUseCases({ journal, fileOf, lines }),
        ...logContextUseCases({ path: hacmpOut, lines }),
        ...logUseCases({ node, hacmpOut, lines }),
        ...summaryUseCases(eventSummaries({ directory: join(state, 'log'), node })),
        ...processes.useCases,
      },
      endProcesses: processes.end,
      outputFile: outputFile({ journal, fileOf }),
      logFile: nodeLogs({ hacmpOut }).fileNamed,
      inspector,
      inspectComponent: () => ({ scripts: [{ file: '10.x.script', enabled: true }] }),
      through: through ?? { listen: { host: '127.0.0.1', port: 0 } },
      members: () => [...nodes.keys()],
      nodes: () => [...known],
      secretKey: () => readFileSync(join(state, SECRET_KEY), 'utf8').trim(),
      secretsReplaced: secrets.reload,
      clock: { wall: () => real.wall() + clock.aheadMs, reading: real.reading },
      audit: (action, target, from, outcome) => void audited.push(`${action} ${target} from ${from}: ${outcome}`),
      trouble(code, sentence) {
        if (sentence === undefined) troubles.delete(code);
        else troubles.set(code, sentence);
      },
      log: (sentence) => void logged.push(sentence),
      failed: (error) => void failures.push(error),
      stopped: stopping.signal,
    });
    const started: PeerNode = {
      ...peers,
      node,
      state,
      journal,
      troubles,
      logged,
      audited,
      failures,
      clock,
      secretKey: () => readFileSync(join(state, SECRET_KEY), 'utf8').trim(),
      context: (role = 'admin', via = 'session') => ({ principal: { name: 'ada', role, via }, signal: stopping.signal }) as never,
      async stop() {
        stopping.abort();
        nodes.delete(node);
        await peers.close();
        journal.close();
      },
    };
    nodes.set(node, started);
    known.add(node);
    return started;
  }

  const write = ({ state }: PeerNode, name: string, text: string): string => {
    const path = join(state, 'log', name);
    writeFileSync(path, text);
    chmodSync(path, 0o700);
    return path;
  };

  return {
    store,
    directory,
    nodes,
    known,
    start,
    write,
    /** A token as a member gives it, for the node of this name. */
    async token(at: PeerNode, node: string): Promise<string> {
      const made = await at.useCases.addJoinToken({ parameters: { node }, query: undefined, body: undefined }, at.context());
      if (!('ok' in made) || !made.ok) throw new Error(JSON.stringify(made));
      return made.value.token;
    },
    join: (at: PeerNode, token: string) =>
      at.useCases.joinCluster(
        { parameters: undefined, query: undefined, body: { token } },
        at.context('admin', 'control_socket'),
      ),
    hasFile: ({ state }: PeerNode, name: string) => existsSync(join(state, name)),
    async close() {
      for (const node of [...nodes.values()]) await node.stop();
      await store.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
