import { hostname } from 'node:os';
import { EXIT } from '../io.ts';
import { refuse } from '../report.ts';
import type { RunVerb } from '../shell.ts';
import { readStartSettings, settingsSentence } from '../start-settings.ts';

/**
 * What may be over by itself: after a power cut etcd has no majority before most of its machines are up. The unit of systemd tries
 * again after 1, and never after 2.
 */
const PASSES: readonly string[] = ['store_unreachable', 'no_quorum', 'outcome_unknown'];

export const start: RunVerb = async (args, { io, state }) => {
  const settings = readStartSettings(args, {
    env: io.env,
    hostName: hostname(),
    stateDirectory: state,
  });
  if (!settings.ok) return refuse(io, settingsSentence(settings.error));

  const ending = new Promise<void>((resolve) => {
    const ignore = io.onInterrupt(() => {
      // A second signal then has its usual effect, should stopping hang.
      ignore();
      resolve();
    });
  });
  // Loaded only here: it is most of the code, and every other verb is a client.
  const { startClusterManager } = await import('@fallover/cluster-manager');
  const started = await startClusterManager({ ...settings.value, tell: (sentence) => io.err(`${sentence}\n`) });
  if (!started.ok) {
    const status = refuse(io, started.error.sentence);
    return PASSES.includes(started.error.code) ? EXIT.failed : status;
  }
  const manager = started.value;
  io.out(`Fallover serves cluster ${manager.cluster}, node ${manager.node}, on ${manager.url}\n`);
  if (manager.setupUrl !== undefined) io.out(`Create the administrator once at ${manager.setupUrl}\n`);
  await ending;
  await manager.stop();
  return EXIT.done;
};
