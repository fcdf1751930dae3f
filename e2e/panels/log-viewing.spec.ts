import { appendFileSync, createReadStream, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { expect, expectAccessible, loadExample, testOnOneCluster, title, toolbar } from '../test.ts';

const test = testOnOneCluster(async (daemon) => {
  await loadExample(daemon);
  await daemon.must('fallover run network_down -1 net1');
  mkdirSync(join(daemon.state, 'log'), { recursive: true });
  const lines = Array.from({ length: 60_000 }, (_, line) => `|0badcafe node_up event.1| line ${line + 1} of yesterday`);
  lines[41_000] = '|0badcafe node_up event.1| \u001b[31mred\u001b[0m needle \u0007 <img src=x onerror=alert(1)>';
  writeFileSync(join(daemon.state, 'log/hacmp.out.1'), `${lines.join('\n')}\n`);
});

const linesOf = (page: Page, log: string) => page.getByRole('region', { name: `Lines of ${log}`, exact: true });

test('the logs of the node stand there with their size; the newest is open at its end, and is followed', async ({
  console: page,
  daemon,
}) => {
  await page.goto('/smit/cm_log_viewing');
  await expect(title(page, 'Log Viewing')).toBeVisible();
  const logs = page.getByRole('table', { name: 'Logs' });
  await expect(logs.getByRole('link')).toHaveText(['hacmp.out', 'hacmp.out.1', 'daemon.log']);
  await expect(logs.getByRole('row', { name: /^hacmp\.out\.1 / })).toContainText('2.9 MiB');
  await expect(linesOf(page, 'hacmp.out')).toContainText('EVENT COMPLETED: network_down -1 net1 0');
  await expectAccessible(page);
  await daemon.must('fallover run network_up -1 net1');
  await expect(linesOf(page, 'hacmp.out')).toContainText('EVENT COMPLETED: network_up -1 net1 0');
  await toolbar(page).getByRole('button', { name: 'F1 Help' }).click();
  await expect(page.getByText('at midnight it becomes hacmp.out.1', { exact: false }).last()).toBeVisible();
});

test('a long one is searched on the server, and each line has an address', async ({ console: page }) => {
  await page.goto('/smit/cm_log_viewing?log=hacmp.out.1');
  const lines = linesOf(page, 'hacmp.out.1');
  await expect(lines).toContainText('line 60000 of yesterday');
  await page.getByRole('textbox', { name: 'Find in the log' }).fill('NEEDLE');
  await page.getByRole('textbox', { name: 'Find in the log' }).press('Enter');
  await expect(lines.getByText('red', { exact: true })).toHaveCSS('color', 'rgb(255, 123, 114)');
  await expect(lines).toContainText('␇ <img src=x onerror=alert(1)>');
  await expect(page).toHaveURL(/log=hacmp.out.1&line=41001&find=NEEDLE$/);
  await page.reload();
  await expect(lines.locator('[aria-current="location"]')).toContainText('needle');
  await lines.press('Control+Home');
  await expect(lines.getByText('line 1 of yesterday')).toBeVisible();
  await page
    .getByRole('button', { name: 'Jump to live' })
    .or(page.getByRole('button', { name: 'To the end' }))
    .click();
  await expect(lines.getByText('line 60000 of yesterday')).toBeVisible();
});

test('only the lines with a text are shown, and lead to their place', async ({ console: page }) => {
  await page.goto('/smit/cm_log_viewing?log=hacmp.out.1');
  await page.getByRole('textbox', { name: 'Only lines with' }).fill('line 5999');
  await page.getByRole('button', { name: 'Show only these' }).click();
  const found = page.getByRole('region', { name: 'Lines of hacmp.out.1 with "line 5999"' });
  await expect(page.getByRole('status').filter({ hasText: '11 lines of hacmp.out.1' })).toBeVisible();
  await expect(page).toHaveURL(/only=line\+5999/);
  await expectAccessible(page);
  await found.getByRole('link', { name: 'Line 59995' }).click();
  await expect(linesOf(page, 'hacmp.out.1').locator('[aria-current="location"]')).toContainText('line 59995 of yesterday');
});

test('a log is downloaded as it is, raw or as gzip', async ({ console: page, daemon }) => {
  await page.goto('/smit/cm_log_viewing?log=hacmp.out.1');
  const written = readFileSync(join(daemon.state, 'log/hacmp.out.1'));
  for (const [name, open] of [
    ['Download', (bytes: Buffer) => bytes],
    ['Download as gzip', gunzipSync],
  ] as const) {
    const starting = page.waitForEvent('download');
    await page.getByRole('link', { name, exact: true }).click();
    const download = await starting;
    expect(open(await buffer(createReadStream(await download.path()))).equals(written)).toBe(true);
  }
});

test('a log that is rotated while it is shown goes on with the new file', async ({ console: page, daemon }) => {
  const path = join(daemon.state, 'log/hacmp.out');
  await page.goto('/smit/cm_log_viewing');
  const lines = linesOf(page, 'hacmp.out');
  await expect(lines).toContainText('EVENT COMPLETED: network_');
  renameSync(path, `${path}.2`);
  appendFileSync(path, 'the first line of a new day\n');
  await expect(lines).toContainText('the first line of a new day');
  await expect(lines).not.toContainText('EVENT COMPLETED');
  await expect(page.getByRole('table', { name: 'Logs' }).getByRole('link', { name: 'hacmp.out.2' })).toBeVisible();
});
