import type { Processing } from '../processing/processing.ts';
import { type ClusterServices, soleClusterServices } from './cluster-services.ts';
import { type SharedServicesParts, sharedClusterServices } from './shared-services.ts';

export interface DaemonServicesParts
  extends Pick<SharedServicesParts, 'node' | 'names' | 'store' | 'journal' | 'clock' | 'clockDifferenceMs' | 'removal'> {
  version: string;
  processing: Pick<Processing, 'shared' | 'engine'>;
}

/** Cluster services of the nodes that share a store, or of the one that has its own. */
export function clusterServices({ processing, version, ...parts }: DaemonServicesParts): ClusterServices {
  const { shared, engine } = processing;
  if (!shared) return soleClusterServices({ node: parts.node, release: version, since: parts.clock.now() });
  return sharedClusterServices({ ...parts, view: shared.view, silentSince: shared.part.silentSince, engine });
}
