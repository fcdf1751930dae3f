import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Followed } from './follow.ts';

const FOLLOW = fileURLToPath(new URL('./follow.ts', import.meta.url));

/** Follows the store from a host; `end` tells what it has found. */
export function startFollower(settings: {
  /** What to put before a command that is to run on that host. */
  on: readonly string[];
  cluster: string;
  members: readonly string[];
  nodes: readonly { node: string; state: string; bootAheadSeconds: number }[];
}): { end(): Promise<Followed> } {
  const { on, cluster, members, nodes } = settings;
  const lines = nodes.map(({ node, state, bootAheadSeconds }) => [node, state, bootAheadSeconds].join('='));
  const [program = '', ...args] = [...on, process.execPath, FOLLOW, cluster, members.join(','), ...lines];
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const said = text(child.stdout);
  return {
    async end() {
      child.kill('SIGTERM');
      const found = await said;
      if (found === '') throw new Error('Whoever followed the store has ended before its time.');
      return JSON.parse(found) as Followed;
    },
  };
}
