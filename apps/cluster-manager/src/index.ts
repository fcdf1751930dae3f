export { type ClusterManager, startClusterManager } from './start-cluster-manager.ts';
