import type { Action, LabNode } from './words.ts';

/** What has been done to a node of the laboratory. */
export interface NodeCondition {
  is: 'running' | 'dead' | 'paused';
  isCut: boolean;
}

/** Why this cannot be done to a node that is so; undefined where it can. */
export function whyNot(action: Action, node: LabNode, { is, isCut }: NodeCondition, canPause: boolean): string | undefined {
  if ((action === 'pause' || action === 'resume') && !canPause)
    return `${node} cannot be paused alone: the three nodes are one process here. Cut it off instead: cut ${node}. Or end this and use: npm run lab -- --store etcd`;
  switch (action) {
    case 'kill':
      return is === 'dead' ? `${node} is dead already; start ${node} brings it back.` : undefined;
    case 'start':
      if (is === 'paused') return `${node} is there, and paused: resume ${node}.`;
      return is === 'running' ? `${node} runs already.` : undefined;
    case 'pause':
      if (is === 'dead') return `${node} is dead; start ${node} brings it back.`;
      return is === 'paused' ? `${node} is paused already; resume ${node} lets it go on.` : undefined;
    case 'resume':
      return is === 'paused' ? undefined : `${node} is not paused.`;
    case 'cut':
      return isCut ? `${node} is cut off already; heal ${node} brings it back.` : undefined;
    case 'heal':
      return isCut ? undefined : `${node} is not cut off.`;
  }
}

/** What has been done, and what comes of it. */
export function doneSentence(action: Action, node: LabNode, leaseSeconds: number): string {
  const downOf = `the others process node_down ${node}`;
  switch (action) {
    case 'kill':
      return `${node} is dead, with all that it ran. Within ${leaseSeconds} s its lease has ended, and ${downOf}; start ${node} brings it back.`;
    case 'start':
      return `${node} runs again. Back within its lease it has not been away; later it joins by node_up.`;
    case 'pause':
      return `${node} stands still. Within ${leaseSeconds} s its lease has ended, and ${downOf}; resume ${node} lets it go on.`;
    case 'resume':
      return `${node} goes on. What it was told of before it stood still counts no more: it looks, and joins again if it was lost.`;
    case 'cut':
      return `${node} is cut off from the store. A second before its lease ends it stops acting; then ${downOf}; heal ${node} joins it again.`;
    case 'heal':
      return `${node} reaches the store again. If it was lost meanwhile it joins by node_up.`;
  }
}
