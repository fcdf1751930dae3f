/**
 * From the start of the navigation until home shows what runs and what happened last and its first button can be used, in a
 * browser without and with a cache; beside a bare page with one button, from a plain server in the same run. The console has to
 * be built.
 *
 *     node e2e/bench/home.bench.ts [rounds]
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type BrowserContext, chromium } from '@playwright/test';
import { findBrowser } from '../browser.ts';
import { startDaemon } from '../daemon.ts';

const rounds = Number(process.argv[2] ?? 20);
const found = findBrowser();
if (found.kind !== 'found') {
  console.error(found.kind === 'missing' ? found.sentence : 'There is no browser: run npm test once, which installs it.');
  process.exit(2);
}
const bare = createServer((_, response) => {
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.end('<!doctype html><title>Bare</title><section aria-label="Last events">None</section><button>Do</button>');
});
await new Promise<void>((resolve) => bare.listen(0, '127.0.0.1', resolve));
const daemon = await startDaemon();
const browser = await chromium.launch({
  executablePath: found.path,
  args: ['--disable-gpu', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
});
try {
  await daemon.must('fallover load-example && fallover run node_up nodea');
  const session = await administrator();
  const bareUrl = `http://127.0.0.1:${(bare.address() as AddressInfo).port}/`;
  const [first, again, plain]: number[][] = [[], [], []];
  // In turns, so that a busy moment of the machine falls on all three.
  for (let round = 0; round < rounds; round += 1) {
    const fresh = await browser.newContext({ storageState: session, viewport: { width: 1280, height: 800 } });
    plain?.push(await usableAfter(fresh, bareUrl));
    first?.push(await usableAfter(fresh, daemon.url));
    again?.push(await usableAfter(fresh, daemon.url));
    await fresh.close();
  }
  console.log(`navigation start → data shown and first button usable, ${rounds} rounds:`);
  console.log(`  a bare page with a button     ${tell(plain ?? [])}`);
  console.log(`  home, nothing in the cache    ${tell(first ?? [])}`);
  console.log(`  home, a second time           ${tell(again ?? [])}`);
  console.log(`  ratio of the medians          ${ratio(first ?? [], plain ?? [])} and ${ratio(again ?? [], plain ?? [])}`);
} finally {
  await browser.close();
  await daemon.remove();
  bare.close();
}

/** In the page's own clock: a frame with a button that is enabled and the last events has been painted, and nothing blocks. */
async function usableAfter(context: BrowserContext, url: string): Promise<number> {
  const page = await context.newPage();
  await page.addInitScript(`
    const usable = () => document.querySelector('button:not([disabled])') && document.querySelector('[aria-label="Last events"]');
    const look = () => usable() ? requestAnimationFrame(() => setTimeout(() => { globalThis.usableAt = performance.now(); })) : requestAnimationFrame(look);
    requestAnimationFrame(look);
  `);
  await page.goto(url, { waitUntil: 'commit' });
  const at = await page.waitForFunction(() => Reflect.get(globalThis, 'usableAt'));
  const milliseconds = Number(await at.jsonValue());
  await page.close();
  return milliseconds;
}

async function administrator() {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(daemon.setUpUrl);
  await page.getByLabel('Password', { exact: true }).fill('a long enough passphrase');
  await page.getByLabel('Password again').fill('a long enough passphrase');
  await page.getByRole('button', { name: 'Create the administrator' }).click();
  await page.getByRole('navigation', { name: 'Menu' }).waitFor();
  const session = await context.storageState();
  await context.close();
  return session;
}

function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

function tell(values: readonly number[]): string {
  return `p50 ${percentile(values, 0.5).toFixed(0)} ms, p95 ${percentile(values, 0.95).toFixed(0)} ms`;
}

function ratio(values: readonly number[], base: readonly number[]): string {
  return (percentile(values, 0.5) / percentile(base, 0.5)).toFixed(1);
}
