import { defineConfig } from '@playwright/test';
import { findBrowser } from './browser.ts';

const browser = findBrowser();
const isRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: '.',
  testMatch: ['panels/*.spec.ts', 'stories/*.spec.ts'],
  outputDir: 'test-results',
  // A daemon and a browser for each worker; the machines that run this are small.
  workers: 2,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  use: {
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    actionTimeout: 30_000,
    // It costs a third of the time; --trace on records one.
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(browser.kind === 'found' ? { executablePath: browser.path } : {}),
      args: [
        ...(isRoot ? ['--no-sandbox'] : []),
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
});
