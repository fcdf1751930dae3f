export { startClusterManager } from '@fallover/cluster-manager';
