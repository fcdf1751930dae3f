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
  const first = page.getByRole('article', { name: /^swap_adapter nodea net1 ip1 ip2,/ });
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

test('a summary leads to its place in hacmp.out, with what stands around it', async ({ console: page }) => {
  await page.goto('/smit/cm_event_summaries?event=network_down');
  await page.getByRole('article').getByRole('link', { name: 'In hacmp.out' }).click();
  await expect(page).toHaveURL(/file=.*hacmp\.out/);
  const place = page.getByRole('region', { name: 'In hacmp.out' });
  await expect(place.locator('[aria-current=location]')).toHaveText(/HACMP Event Summary/);
  await expect(place).toContainText('EVENT COMPLETED: network_down -1 net1 0');
  await expectAccessible(page);
  await place.getByRole('button', { name: 'Back to the summaries' }).click();
  await expect(page.getByRole('article')).toHaveCount(1);
});

test('a hacmp.out that is dropped onto the page is compiled in the browser, and not sent', async ({ console: page }) => {
  await page.goto('/smit/cm_event_summaries');
  await expect(page.getByRole('article').first()).toBeVisible();
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.method() !== 'GET') sent.push(request.url());
  });
  const transfer = await page.evaluateHandle(() => {
    const lines = [
      'Nov  3 2026 04:02:10 EVENT START: node_down nodez',
      'Nov  3 2026 04:02:12 EVENT FAILED: 1: node_down nodez 1',
      'HACMP Event Summary',
      'Event: node_down nodez',
      'Start time: Tue Nov  3 04:02:10 2026',
      '',
      'End time: Tue Nov  3 04:02:12 2026',
      '',
      'Action:                         Resource:                       Script Name:',
      '----------------------------------------------------------------------------',
      'Releasing resource group:       rg1     process_resources',
      '----------------------------------------------------------------------------',
    ];
    const data = new DataTransfer();
    data.items.add(new File([`${'a line of output that says nothing\n'.repeat(200_000)}${lines.join('\n')}\n`], 'hacmp.out.3'));
    return data;
  });
  await page.dispatchEvent('main', 'dragover', { dataTransfer: transfer });
  await expect(page.getByText('Drop it to compile its event summaries.')).toBeVisible();
  await page.dispatchEvent('main', 'drop', { dataTransfer: transfer });
  const brought = page.getByRole('region', { name: 'Summaries of a file' });
  await expect(brought.getByRole('article', { name: 'node_down nodez,' })).toContainText('failed · status 1');
  await expect(brought).toContainText('2026-11-03 04:02:10 · 2.0 s');
  await expect(brought.getByRole('cell', { name: 'rg1' })).toBeVisible();
  await expectAccessible(page);
  await brought.getByRole('button', { name: 'Back to this cluster' }).click();
  await expect(page.getByRole('article', { name: 'network_down -1 net1,' })).toBeVisible();
  expect(sent).toEqual([]);
});
