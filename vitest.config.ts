import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** A project for each workspace; the console brings its own, because it needs a DOM and React. */
const workspaces = [
  'packages/events',
  'packages/contract',
  'packages/store',
  'packages/hacmp-out',
  'packages/notify',
  'apps/cluster-manager',
  'apps/cli',
  'tools',
  'e2e',
];

/** Every core: by itself Vitest leaves one free, which on a machine with two is half of it. Many tests wait for a process. */
const maxWorkers = Math.max(2, availableParallelism());

export default defineConfig({
  test: {
    testTimeout: 20_000,
    hookTimeout: 20_000, // hooks start daemons as tests do
    maxWorkers,
    projects: [
      ...workspaces.map((root) => ({
        extends: true as const,
        root,
        test: { name: root.replace(/^.*\//, ''), include: ['**/*.test.ts'] },
      })),
      { extends: './apps/console/vite.config.ts', root: 'apps/console', test: { maxWorkers } },
    ],
  },
});
