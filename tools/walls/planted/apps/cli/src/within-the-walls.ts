import { startClusterManager } from '@fallover/cluster-manager';
import { compile } from '@fallover/hacmp-out';

export const verbs = { start: startClusterManager, summaries: compile };
