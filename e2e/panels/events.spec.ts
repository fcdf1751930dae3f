import { commandOf, expect, expectAccessible, loadExample, testOnOneCluster, title } from '../test.ts';

const test = testOnOneCluster(loadExample);

test('every predefined event stands there with its class, speed and meaning', async ({ console: page }) => {
  await page.goto('/smit/cm_events');
  await expect(title(page, 'Change/Show Pre-Defined Events')).toBeVisible();
  const events = page.getByRole('table', { name: 'Events' });
  await expect(events.getByRole('link', { name: 'node_down_complete', exact: true })).toBeVisible();
  await expect(events.getByRole('row').filter({ has: page.getByRole('link', { name: 'node_up', exact: true }) })).toContainText(
    'customised',
  );
  await expectAccessible(page);
});

test('a filter is kept in the URL, and Back leaves the panel with it', async ({ console: page }) => {
  await page.goto('/smit/cm_events');
  await page.getByRole('textbox', { name: 'Search events' }).fill('swap');
  await page.getByLabel('only customised').check();
  await expect(page).toHaveURL(/\/smit\/cm_events\?q=swap&customised=yes$/);
  const events = page.getByRole('table', { name: 'Events' });
  await expect(events.getByRole('link')).toHaveText(['swap_adapter']);
  await events.getByRole('link', { name: 'swap_adapter' }).click();
  await expect(title(page, 'swap_adapter')).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('textbox', { name: 'Search events' })).toHaveValue('swap');
  await expect(events.getByRole('link')).toHaveText(['swap_adapter']);

  await page.goto('/smit/cm_events?class=network');
  await expect(page.getByLabel('Class')).toHaveValue('network');
  await expect(events.getByRole('link')).toContainText(['network_down', 'network_down_complete', 'network_up']);
  await page.getByRole('textbox', { name: 'Search events' }).fill('no such thing');
  await expect(page.getByText(/No event of \d+ matches/)).toBeVisible();
});

test('its command lists the same events in a shell', async ({ console: page, daemon }) => {
  await page.goto('/smit/cm_events');
  const command = await commandOf(page);
  expect(command).toBe('fallover query event');
  expect(await daemon.must(command)).toContain('node_down_complete');
});
