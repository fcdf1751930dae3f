/**
 * How smoothly a log of 1 GB scrolls in Log Viewing: the time between frames while the wheel turns, beside that of a plain
 * list of 100 rows that is scrolled by the same wheel in the same browser and run. The console has to be built.
 *
 *     node e2e/bench/log-viewer.bench.ts [megabytes]
 */
import { closeSync, existsSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { findBrowser } from '../browser.ts';
import { startDaemon } from '../daemon.ts';

const MEGABYTES = Number(process.argv[2] ?? 1024);
const TURNS = 150;
const STEP_PX = 120;
const ROUNDS = 3;

const found = findBrowser();
if (found.kind !== 'found') throw new Error('The bench needs a browser, as the browser tests do: npm test installs one.');
if (!existsSync(join(import.meta.dirname, '../../apps/console/dist/index.html')))
  throw new Error('The console is not built. Build it by npm start or npm test, then run the bench again.');

const daemon = await startDaemon();
const browser = await chromium.launch({ executablePath: found.path, args: ['--no-sandbox', '--disable-gpu'] });
try {
  const lines = fill(join(daemon.state, 'log/hacmp.out.1'));
  const page = await browser.newPage({ viewport: { width: 1280, height: 1300 } });
  await signIn(page);
  await page.goto(`${daemon.url}/smit/cm_log_viewing?log=hacmp.out.1`);
  const log = page.getByRole('region', { name: 'Lines of hacmp.out.1' });
  const opened = performance.now();
  await log.getByRole('link', { name: `Line ${lines}`, exact: true }).waitFor({ timeout: 120_000 });
  console.log(`${MEGABYTES} MB, ${lines} lines; every line has its number after ${Math.round(performance.now() - opened)} ms`);
  const list = await browser.newPage({ viewport: { width: 1280, height: 1300 } });
  await list.setContent(plainList());

  const plain: number[] = [];
  const viewer: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await list.bringToFront();
    plain.push(...(await framesOf(list, 'section', () => 1)));
    await page.bringToFront();
    // Somewhere in the middle, where nothing is read yet.
    await page.goto(`${daemon.url}/smit/cm_log_viewing?log=hacmp.out.1&line=${Math.floor((lines * (round + 1)) / 5)}`);
    await log.locator('[aria-current="location"]').waitFor({ timeout: 120_000 });
    viewer.push(...(await framesOf(page, 'section[aria-label="Lines of hacmp.out.1"]', (turn) => (turn < TURNS / 2 ? 1 : -1))));
  }
  tell('plain list of 100 rows', plain);
  tell('the log viewer', viewer);
  console.log(`  ratio of the p95: ${(percentile(viewer, 95) / percentile(plain, 95)).toFixed(2)}`);
} finally {
  await browser.close();
  await daemon.remove();
}

/** Milliseconds between frames while the wheel turns over this element; a plain list is turned back at its ends. */
async function framesOf(page: Page, selector: string, direction: (turn: number) => number): Promise<number[]> {
  const box = await page.locator(selector).boundingBox();
  if (!box) throw new Error(`${selector} is not there.`);
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.evaluate((of) => {
    const frames: number[] = [];
    const places: number[] = [];
    Object.assign(window, { frames, places });
    const next = (at: number): void => {
      frames.push(at);
      places.push(document.querySelector(of)?.scrollTop ?? 0);
      if ('frames' in window && window.frames === (frames as unknown)) requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  }, selector);
  let back = 1;
  for (let turn = 0; turn < TURNS; turn += 1) {
    await page.mouse.wheel(0, STEP_PX * direction(turn) * back);
    if (selector === 'section' && turn % 10 === 9) back = -back;
  }
  const { frames, places } = await page.evaluate(() => {
    const all = window as unknown as { frames: number[]; places: number[] };
    const told = { frames: all.frames, places: all.places };
    Object.assign(window, { frames: [] });
    return told;
  });
  const moved = places.filter((place, frame) => frame > 0 && place !== places[frame - 1]).length;
  if (moved < TURNS / 4)
    throw new Error(`The wheel did not scroll ${selector}: it moved in ${moved} of ${frames.length} frames.`);
  return frames.slice(1).map((at, index) => at - (frames[index] ?? at));
}

async function signIn(page: Page): Promise<void> {
  await page.goto(daemon.setUpUrl);
  await page.getByLabel('Name').fill('admin');
  await page.getByLabel('Password', { exact: true }).fill('a long enough passphrase');
  await page.getByLabel('Password again').fill('a long enough passphrase');
  await page.getByRole('button', { name: 'Create the administrator' }).click();
  await page.getByRole('navigation', { name: 'Menu' }).waitFor();
}

function fill(path: string): number {
  const file = openSync(path, 'wx');
  let lines = 0;
  for (let bytes = 0; bytes < MEGABYTES * 1024 * 1024; ) {
    const block: string[] = [];
    for (let number = 0; number < 10_000; number += 1, lines += 1)
      block.push(
        `|0199abcd node_down event.1| start_server[${lines % 900}] mounting /data/fs${lines % 40} ${'.'.repeat(lines % 60)}\n`,
      );
    bytes += writeSync(file, block.join(''));
  }
  closeSync(file);
  return lines;
}

function plainList(): string {
  const rows = Array.from({ length: 100 }, (_, row) => `<div>${row + 1} start_server mounting /data/fs${row}</div>`);
  return `<style>section { height: 520px; overflow: auto; font: 13px/20px monospace }</style><section>${rows.join('')}</section>`;
}

function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? 0;
}

function tell(what: string, frames: readonly number[]): void {
  const [p50, p95, most] = [50, 95, 100].map((percent) => percentile(frames, percent).toFixed(1));
  console.log(`  ${what.padEnd(24)} a frame p50 ${p50} ms, p95 ${p95} ms, at most ${most} ms (${frames.length} frames)`);
}
