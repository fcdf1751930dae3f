import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [react()],
  // The policy is font-src 'self' and img-src 'self': nothing is inlined as a data URL.
  build: { assetsInlineLimit: 0, modulePreload: { polyfill: false }, reportCompressedSize: true },
  server: { proxy: { '/api': { target: 'http://127.0.0.1:8770', changeOrigin: true } } },
  test: {
    name: 'console',
    environment: 'jsdom',
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['src/test/setup.ts'],
    css: false,
    // Every test makes its own page, its own server and its own client: files can share a worker, which saves most of the time.
    isolate: false,
    testTimeout: 20_000,
    server: { deps: { inline: [/@patternfly/] } },
  },
});
