import type { getCluster, getConfiguration, getVerification } from '@fallover/contract';
import type { Reply } from '../../api.ts';
import { changesWords } from '../../smit/definition/changes.ts';
import { countsWords } from '../../smit/finding-words.ts';
import { runTitle } from '../../smit/RunTable.tsx';
import { componentPath } from '../../smit/components/paths.ts';
import { clockTime } from '../../smit/times.ts';

export interface Waiting {
  level: 'danger' | 'warning' | 'info';
  sentence: string;
  /** More about it. */
  detail?: string;
  to?: { path: string; label: string };
  /** The run that it is about. */
  run?: { path: string; label: string };
}

/** What a person has to decide, or should look at; what matters most comes first. */
export function waitingForMe(
  cluster: Reply<typeof getCluster>,
  configuration: Reply<typeof getConfiguration> | undefined,
  verification: Reply<typeof getVerification> | undefined,
): Waiting[] {
  const { state, running, beside, troubles } = cluster;
  const waiting: Waiting[] = [];
  if (state === 'RP_FAILED')
    waiting.push({
      level: 'danger',
      sentence:
        running?.outcome === 'interrupted'
          ? 'A step was interrupted: the cluster does not fail over.'
          : 'A script failed: the cluster does not fail over.',
      detail: running
        ? `${runTitle(running)} waits for your decision, and nothing further is started.`
        : 'Nothing further is started until you have decided.',
      to: { path: '/smit/cm_recover', label: 'Recover from script failure' },
      ...(running ? { run: { path: `/runs/${running.id}`, label: `See what failed in ${runTitle(running)}` } } : {}),
    });
  // Without the store nothing is started anywhere.
  if (cluster.store.state !== 'connected')
    waiting.push({
      level: 'danger',
      sentence: cluster.store.sentence,
      detail: `Since ${clockTime(cluster.store.since)}. What is shown of other nodes is of that time, and no event is started here.`,
    });
  for (const { node, state, sentence } of cluster.fencing)
    waiting.push({
      level: state === 'failed' ? 'danger' : 'warning',
      sentence,
      to: {
        path: '/smit/cm_cluster_services',
        label: state === 'failed' ? `Make sure that ${node} is off, and confirm it` : 'Look at the nodes',
      },
    });
  for (const { node, component, isTrouble, sentence, since } of cluster.health)
    if (isTrouble)
      waiting.push({
        level: 'warning',
        sentence,
        ...(since === undefined ? {} : { detail: `Since ${clockTime(since)}.` }),
        // The components of another node are in its own console.
        ...(node === cluster.node ? { to: { path: componentPath(component), label: `Look at the component ${component}` } } : {}),
      });
  // The state of the store says the same.
  for (const { code, sentence } of troubles)
    if (code !== 'store' || cluster.store.state === 'connected') waiting.push({ level: 'warning', sentence });
  for (const run of [...(running ? [running] : []), ...beside])
    if (run.warnings > 0 && run.state === 'running')
      waiting.push({
        level: 'warning',
        sentence: `${runTitle(run)} takes longer than its time until warning: ${run.warnings === 1 ? '1 warning' : `${run.warnings} warnings`} so far.`,
        to: { path: `/runs/${run.id}`, label: 'See what it does' },
      });
  const { active, draft } = verification ?? {};
  if (active?.upToDate && active.errors > 0)
    waiting.push({
      level: 'warning',
      sentence: `${active.automatic ? 'Automatic verification' : 'Verification'} of what is active found ${countsWords(active)}.`,
      detail: `${clockTime(active.at)}: ${active.findings.find(({ severity }) => severity === 'error')?.sentence ?? ''}`,
      to: { path: '/smit/cm_synchronise#verification-active', label: 'See what it found' },
    });
  const changes = configuration?.changeCount ?? 0;
  if (changes > 0)
    waiting.push({
      level: 'info',
      sentence: `${changesWords(changes)} of the draft ${changes === 1 ? 'is' : 'are'} not used yet.`,
      ...(draft?.upToDate && draft.errors > 0 ? { detail: `Verification of the draft found ${countsWords(draft)}.` } : {}),
      to: { path: '/smit/cm_synchronise', label: 'Look at the draft and synchronise it' },
    });
  return waiting;
}
