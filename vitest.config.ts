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

export default defineConfig({
  test: {
    testTimeout: 20_000,
    hookTimeout: 20_000, // hooks start daemons as tests do
    projects: [
      ...workspaces.map((root) => ({
        extends: true as const,
        root,
        test: { name: root.replace(/^.*\//, ''), include: ['**/*.test.ts'] },
      })),
      'apps/console/vite.config.ts',
    ],
  },
});
