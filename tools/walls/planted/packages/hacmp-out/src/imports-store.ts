export type { ClusterStore } from '@fallover/store';
