import type { Change, StoreBackend } from '../backend.ts';
import type { ClusterStore } from '../cluster-store.ts';
import { keyOf } from '../follow.ts';
import { answersIn } from './answers.ts';
import { definitionIn } from './draft.ts';
import { followCluster } from './follow-cluster.ts';
import { historyIn } from './history.ts';
import { isOfInterest } from './keys.ts';
import { nodesIn } from './nodes.ts';
import { notificationIn } from './notification.ts';
import { peersIn } from './peers.ts';
import { queueIn } from './queue.ts';
import { reportsIn } from './reports.ts';
import { runsIn } from './runs.ts';

/** The state that the nodes share, on any backend. Every effect that takes several keys is one commit. */
export function clusterStore(backend: StoreBackend, clock: { now: () => number }): ClusterStore {
  const answers = answersIn(backend, clock);
  const { nodeWrites, ...nodes } = nodesIn(backend);
  return {
    answerTo: answers.answerTo,
    recordAnswer: answers.recordAnswer,
    ...definitionIn(backend, answers),
    ...historyIn(backend, answers),
    ...queueIn(backend, answers),
    ...reportsIn(backend, answers, clock),
    ...notificationIn(backend, answers, clock),
    ...nodes,
    ...peersIn(backend),
    ...runsIn(backend, { nodeWrites }),
    followCluster: (signal) => followCluster(backend, signal),
    watch(signal) {
      const from = backend.revision();
      from.catch(() => {}); // whoever iterates gets it
      return changesOfInterest(backend, from, signal);
    },
    close: () => backend.close(),
  };
}

async function* changesOfInterest(backend: StoreBackend, from: Promise<number>, signal: AbortSignal): AsyncGenerator<Change[]> {
  for await (const changes of backend.watch('', await from, signal)) {
    const wanted = changes.filter((change) => isOfInterest(keyOf(change)));
    if (wanted.length > 0) yield wanted;
  }
}
