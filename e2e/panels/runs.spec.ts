import { commandOf, expect, expectAccessible, loadExample, testOnOneCluster, title } from '../test.ts';

const test = testOnOneCluster(async (daemon) => {
  await loadExample(daemon);
  await daemon.must('fallover run start_server app1');
  await daemon.must('fallover run network_down -1 net1');
  await daemon.shell('fallover run swap_adapter nodea net1 ip1 ip2');
  await daemon.must('fallover recover');
});

test('every run stands there, newest first, with its outcome', async ({ console: page, daemon }) => {
  await page.goto('/runs');
  await expect(title(page, 'Runs')).toBeVisible();
  const runs = page.getByRole('table', { name: 'Runs' });
  await expect(runs.getByRole('link', { name: /^(start_server|network_down|swap_adapter) / })).toHaveText([
    'swap_adapter nodea net1 ip1 ip2',
    'network_down -1 net1',
    'start_server app1',
  ]);
  await expect(runs.getByRole('row', { name: /^swap_adapter/ })).toContainText('status 7');
  await expect(runs.getByRole('row', { name: 'network_down' })).toContainText('succeeded');
  await expectAccessible(page);
  expect(await daemon.must(await commandOf(page))).toContain('swap_adapter');
});

test('a filter is kept in the URL', async ({ console: page }) => {
  await page.goto('/runs');
  await page.getByRole('combobox', { name: 'Event', exact: true }).selectOption('start_server');
  await expect(page).toHaveURL(/\/runs\?event=start_server$/);
  const links = page.getByRole('table', { name: 'Runs' }).getByRole('link');
  await expect(links).toHaveText(['start_server app1']);
  await page.goto('/runs?outcome=succeeded');
  await expect(page.getByLabel('Outcome')).toHaveValue('succeeded');
  await expect(links).toHaveText([/^event_error 7 swap_adapter/, 'network_down -1 net1', 'start_server app1']);
  await links.nth(1).click();
  await expect(title(page, 'network_down -1 net1')).toBeVisible();
  await page.goBack();
  await expect(page.getByLabel('Outcome')).toHaveValue('succeeded');
});

test('a run that starts meanwhile appears by itself', async ({ console: page, daemon }) => {
  await page.goto('/runs?event=network_up');
  await expect(page.getByText(/No run matches/)).toBeVisible();
  await expectAccessible(page);
  await daemon.must('fallover run network_up nodea net1');
  await expect(page.getByRole('row', { name: 'network_up nodea net1' })).toContainText('succeeded');
});
