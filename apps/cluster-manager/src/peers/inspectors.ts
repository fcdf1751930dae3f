import { peerSentence } from '@fallover/events';
import type { NodeInspector } from '../verification/inspector.ts';
import { MOST_PATHS } from './calls.ts';
import type { Peers } from './peers.ts';

/** Looks at the commands of another node by asking its cluster manager, so many at a time. */
export function peerInspector(node: string, peers: Peers): NodeInspector {
  return {
    node,
    async inspect(paths) {
      const commands = new Map();
      const lastRun = new Map<string, string>();
      for (let from = 0; from < paths.length || from === 0; from += MOST_PATHS) {
        const asked = paths.slice(from, from + MOST_PATHS);
        const answer = await peers.ask(node, { name: 'inspectFiles', input: { paths: [...asked] } });
        if (!answer.ok) throw new Error(peerSentence(answer.error));
        // What was not asked for is not believed.
        for (const [path, facts] of answer.value.commands) if (asked.includes(path)) commands.set(path, facts);
        for (const [path, sha256] of answer.value.lastRun) if (asked.includes(path)) lastRun.set(path, sha256);
      }
      return { node, commands, lastRun };
    },
  };
}
