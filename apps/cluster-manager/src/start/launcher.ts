import type { Logger } from 'pino';
import { prepareCommandDirectory } from '../executor/command-directory.ts';
import type { Executor } from '../executor/executor.ts';
import { readLeftovers } from '../executor/leftovers.ts';
import { superviseLauncher } from '../executor/supervise-launcher.ts';
import type { ClusterManagerSettings } from '../settings.ts';
import { checkout } from './checkout.ts';

/** The launcher, started before this process grows, and what became of the steps of earlier ones, before any of them is judged. */
export async function startLauncher(
  { stateDirectory, node, cluster, scriptLibrary }: ClusterManagerSettings,
  log: Logger,
  closing: AsyncDisposableStack,
): Promise<{ leftovers: Awaited<ReturnType<typeof readLeftovers>>; executor: Executor }> {
  const leftovers = await readLeftovers(stateDirectory);
  await prepareCommandDirectory(stateDirectory, checkout('apps/cli/bin/fallover'));
  const executor = await superviseLauncher({
    stateDirectory,
    node,
    cluster,
    ...(scriptLibrary === undefined ? {} : { scriptLibrary }),
    log: (sentence) => log.warn(sentence),
  });
  closing.defer(executor.close);
  return { leftovers, executor };
}
