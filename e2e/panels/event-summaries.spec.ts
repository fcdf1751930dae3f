import { readFileSync } from 'node:fs';
import { commandOf, expect, expectAccessible, loadExample, testOnOneCluster, title } from '../test.ts';

const test = testOnOneCluster(async (daemon) => {
  await loadExample(daemon);
  await daemon.must('fallover run start_server app1');
  await daemon.must('fallover run network_down -1 net1');
  await daemon.shell('fallover run swap_adapter nodea net1 ip1 ip2');
  await daemon.must('fallover recover');
});
const TIME = /\b2\d{3}-\d\d-\d\d \d\d:\d\d:\d\d\b/;

test('the summaries of the last days stand there, newest first, with local times', async ({ console: page }) => {
  await page.goto('/smit/cm_event_summaries');
  await expect(title(page, 'View Event Summaries')).toBeVisible();
  const first = page.getByRole('article').filter({ hasText: 'swap_adapter nodea net1 ip1 ip2' });
  await expect(first).toContainText('failed · status 7');
  await expect(first).toContainText(TIME);
  await expect(page.getByRole('article', { name: 'network_down -1 net1,' })).toContainText('succeeded');
  await expectAccessible(page);
});

test('a filter is kept in the URL', async ({ console: page }) => {
  await page.goto('/smit/cm_event_summaries');
  await page.getByRole('searchbox', { name: 'Event' }).pressSequentially('network_down');
  await page.getByLabel('Outcome').selectOption('succeeded');
  await expect(page).toHaveURL(/event=network_down/);
  await expect(page).toHaveURL(/outcome=succeeded/);
  await expect(page.getByRole('article')).toHaveCount(1);
  await page.reload();
  await expect(page.getByRole('searchbox', { name: 'Event' })).toHaveValue('network_down');
  await expect(page.getByRole('article')).toHaveCount(1);
  await page.getByRole('searchbox', { name: 'Text' }).fill('nothing of the kind');
  await expect(page.getByText(/No event summary matches/)).toBeVisible();
  await expectAccessible(page);
});

test('a summary is read as it stands in the log', async ({ console: page }) => {
  await page.goto('/smit/cm_event_summaries?event=swap_adapter');
  await page
    .getByRole('button', { name: /As it stands in the log/ })
    .first()
    .click();
  await expect(page.getByText('Event: swap_adapter nodea net1 ip1 ip2').first()).toBeVisible();
  await expectAccessible(page);
});

test('what is shown is saved to a file', async ({ console: page, daemon }) => {
  await page.goto('/smit/cm_event_summaries?event=network_down');
  await expect(page.getByRole('article')).toHaveCount(1);
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Save to file' }).click()]);
  expect(download.suggestedFilename()).toMatch(/\.txt$/);
  const saved = readFileSync(await download.path(), 'utf8');
  expect(saved).toContain('Event: network_down -1 net1\n');
  expect(saved).not.toContain('swap_adapter');
  const command = await commandOf(page);
  expect(command).toBe('fallover summaries --days 7 --event network_down');
  expect(await daemon.must(command)).toContain('Event: network_down -1 net1\n');
});
