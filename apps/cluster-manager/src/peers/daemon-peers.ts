import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ClusterStore } from '@fallover/store';
import type { AuditTrail } from '../access/audit.ts';
import type { Journal } from '../journal/journal.ts';
import { logUseCases, nodeLogs } from '../logs/use-cases.ts';
import type { OutputLines } from '../output/output-lines.ts';
import { outputFile, outputUseCases } from '../output/use-cases.ts';
import type { Clock } from '../runs/clock.ts';
import { leftProcesses } from '../runs/left-processes.ts';
import { type ClusterManagerSettings, isShared } from '../settings.ts';
import { logContextUseCases } from '../summaries/log-context.ts';
import { eventSummaries } from '../summaries/summaries.ts';
import { summaryUseCases } from '../summaries/use-cases.ts';
import { localInspector } from '../verification/inspector.ts';
import { SECRET_KEY } from './files.ts';
import { type OpenedPeers, type OpenPeersParts, openPeers } from './open-peers.ts';
import { peerPlace } from './place.ts';
import { solePeers } from './sole-peers.ts';
import type { NodeUseCases } from './through-peers.ts';

export interface DaemonPeersParts
  extends Pick<
    OpenPeersParts,
    'inspectComponent' | 'layDownDraft' | 'members' | 'nodes' | 'trouble' | 'log' | 'failed' | 'stopped'
  > {
  settings: ClusterManagerSettings;
  store: ClusterStore;
  journal: Journal;
  /** Of the output of a step. */
  fileOf(step: string): string;
  lines: OutputLines;
  hacmpOut: string;
  secrets: { reload(): void };
  audit: Pick<AuditTrail, 'append'>;
  clock: Clock;
}

/** Outputs, logs and summaries as the daemon of one node gives them: its own, and through peers those of the others. */
export async function daemonPeers(parts: DaemonPeersParts): Promise<OpenedPeers> {
  const { settings, journal, fileOf, lines, hacmpOut, audit, clock } = parts;
  const { node, stateDirectory, oneProcess } = settings;
  const processes = leftProcesses({ journal, stateDirectory });
  const local: NodeUseCases = {
    ...outputUseCases({ journal, fileOf, lines }),
    ...logContextUseCases({ path: hacmpOut, lines }),
    ...logUseCases({ node, hacmpOut, lines }),
    ...processes.useCases,
    ...summaryUseCases(eventSummaries({ directory: dirname(hacmpOut), node, now: clock.wall })),
  };
  if (!isShared(settings)) return solePeers({ node, local });
  return openPeers({
    ...parts,
    node,
    cluster: settings.cluster,
    stateDirectory,
    local,
    outputFile: outputFile({ journal, fileOf }),
    endProcesses: processes.end,
    logFile: nodeLogs({ hacmpOut }).fileNamed,
    inspector: localInspector({ node, lastSha256: journal.lastSha256 }),
    through: oneProcess?.peers ?? { listen: peerPlace(settings) },
    secretKey: () => readFileSync(join(stateDirectory, SECRET_KEY), 'utf8').trim(),
    secretsReplaced: parts.secrets.reload,
    audit: (action, target, address, outcome) =>
      audit.append({ principal: `node ${target}`, via: 'network', action, target, phase: 'effect', address, outcome }),
  });
}
