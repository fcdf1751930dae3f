import { join } from 'node:path';
import { err, ok, type Result } from '@fallover/events';
import { openStore, storeFaultSentence } from '@fallover/store';
import { type Cuttable, cuttable } from '../faults/cuttable.ts';
import { type ClusterManager, startClusterManager } from '../src/index.ts';
import { inProcess } from '../src/peers/in-process.ts';
import { type Hosts, type HostSettings, LAB_CLUSTER } from './hosts.ts';
import { killNodeProcesses } from './node-processes.ts';
import { LAB_NODES, type LabNode } from './words.ts';

/** Three cluster managers in this process, which share an embedded store; only launchers and commands are processes of their own. */
export async function oneProcess({ directory, leaseSeconds, listenAt }: HostSettings): Promise<Result<Hosts, string>> {
  const opened = await openStore(`sqlite:${join(directory, 'store.db')}`);
  if (!opened.ok) return err(storeFaultSentence(opened.error));
  const store = opened.value;
  const peers = inProcess();
  const managers = new Map<LabNode, ClusterManager>();
  const lines = new Map<LabNode, Cuttable>();
  const cuts = new Map<LabNode, (() => void)[]>();
  const state = (node: LabNode): string => join(directory, node);

  function cut(node: LabNode): void {
    lines.get(node)?.cut();
    const others = LAB_NODES.filter((other) => other !== node);
    cuts.set(
      node,
      others.map((other) => peers.cut(node, other)),
    );
  }
  function heal(node: LabNode): void {
    lines.get(node)?.mend();
    for (const mend of cuts.get(node) ?? []) mend();
    cuts.delete(node);
    // Another node that is cut off stays so.
    for (const other of cuts.keys()) cut(other);
  }
  /** Nothing of it gets out from the first moment on, so that what it still does while it ends is as if it had not been done. */
  async function kill(node: LabNode): Promise<void> {
    lines.get(node)?.cut();
    killNodeProcesses(state(node));
    await managers.get(node)?.stop();
    managers.delete(node);
    killNodeProcesses(state(node));
  }

  return ok({
    where: 'in one process on the embedded store',
    async start(node) {
      const line = cuttable(store, () => 0);
      lines.set(node, line);
      if (cuts.has(node)) line.cut();
      const started = await startClusterManager({
        listen: listenAt(node),
        stateDirectory: state(node),
        node,
        nodes: [...LAB_NODES],
        cluster: LAB_CLUSTER,
        hostNames: [],
        behindTlsProxy: false,
        leaseSeconds,
        oneProcess: { store: line.store, peers },
      });
      if (!started.ok) return err(started.error.sentence);
      const { url, setupUrl } = started.value;
      managers.set(node, started.value);
      return ok({ url, ...(setupUrl === undefined ? {} : { setupUrl }) });
    },
    kill,
    cut,
    heal,
    async end() {
      await Promise.all([...managers.values()].map((manager) => manager.stop()));
      for (const node of LAB_NODES) killNodeProcesses(state(node));
      await store.close();
    },
  });
}
