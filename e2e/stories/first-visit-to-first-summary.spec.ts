import { createAdministrator, expect, expectAccessible, test } from '../test.ts';

test('whoever has just started Fallover creates the administrator, runs an event and reads its summary', async ({
  page,
  daemon,
}) => {
  await page.goto(daemon.url);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expectAccessible(page);

  await createAdministrator(page, daemon);
  await expectAccessible(page);

  const menu = page.getByRole('navigation', { name: 'Menu' });
  await menu.getByRole('link', { name: 'Run an Event' }).click();
  await page.getByLabel('Event', { exact: true }).fill('node_up');
  await page.getByLabel('Node', { exact: true }).fill('nodea');
  await expectAccessible(page);
  await page.getByRole('toolbar').getByRole('button', { name: 'Enter' }).click();

  await expect(page.getByRole('heading', { level: 1, name: 'node_up nodea' })).toBeVisible();
  await expect(page.getByText('succeeded').first()).toBeVisible();
  await expectAccessible(page);

  await menu.getByRole('link', { name: 'View Event Summaries' }).click();
  await expect(page.getByText('node_up nodea').first()).toBeVisible();
  await expectAccessible(page);

  expect(daemon.hacmpOut()).toContain('TIME EVENT START: node_up nodea\n');
  expect(daemon.hacmpOut()).toContain('TIME EVENT COMPLETED: node_up nodea 0\n');
});

test('the set-up URL serves once', async ({ console, daemon }) => {
  await console.context().clearCookies();
  await console.goto('about:blank');
  await console.goto(daemon.setUpUrl);
  await console.getByLabel('Name').fill('second');
  await console.getByLabel('Password', { exact: true }).fill('another long passphrase');
  await console.getByLabel('Password again').fill('another long passphrase');
  await console.getByRole('button', { name: 'Create the administrator' }).click();
  await expect(console.getByRole('alert')).toBeVisible();
});
