export type { ClusterManagerSettings } from './settings.ts';
export { type ClusterManager, startClusterManager } from './start-cluster-manager.ts';
