import { hostname } from 'node:os';
import { EXIT } from '../io.ts';
import { refuse } from '../report.ts';
import type { RunVerb } from '../shell.ts';
import { readStartSettings, settingsSentence } from '../start-settings.ts';

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
  if (!started.ok) return refuse(io, started.error.sentence);
  const manager = started.value;
  io.out(`Fallover serves cluster ${manager.cluster}, node ${manager.node}, on ${manager.url}\n`);
  if (manager.setupUrl !== undefined) io.out(`Create the administrator once at ${manager.setupUrl}\n`);
  await ending;
  await manager.stop();
  return EXIT.done;
};
