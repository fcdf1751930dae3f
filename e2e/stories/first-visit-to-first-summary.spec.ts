import { createAdministrator, expect, expectAccessible, test } from '../test.ts';

test('whoever has just started Fallover loads the example, runs an event with a recovery and reads its summary', async ({
  page,
  daemon,
}) => {
  await page.goto(daemon.url);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expectAccessible(page);

  await createAdministrator(page, daemon);
  await expect(page.getByRole('heading', { level: 1, name: 'Cluster payroll' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Load the example' }).click();
  await expect(page.getByText('The example is active')).toBeVisible();

  await page.getByRole('link', { name: 'Run an event', exact: true }).click();
  await page.getByLabel('Event', { exact: true }).fill('network_down');
  await page.getByLabel('NODE', { exact: true }).selectOption('nodea');
  await page.getByLabel('NETWORK', { exact: true }).fill('net1');
  await expectAccessible(page);
  await page.getByRole('toolbar').getByRole('button', { name: 'Do: run' }).click();
  await page.getByRole('dialog').getByLabel('Type nodea to confirm').fill('nodea');
  await expectAccessible(page);
  await page.getByRole('dialog').getByRole('button', { name: 'Run' }).click();

  await expect(page.getByRole('heading', { level: 1, name: 'network_down nodea net1' })).toBeVisible();
  const steps = page.getByRole('region', { name: 'Steps' });
  await expect(steps.getByRole('button').last()).toContainText('notify');
  await expect(steps.getByRole('img')).toHaveCount(6);
  await expectAccessible(page);

  await page.getByRole('link', { name: 'View Event Summaries' }).click();
  await expect(page.getByRole('article', { name: 'network_down nodea net1,' })).toContainText('succeeded');
  await expectAccessible(page);

  const log = daemon.hacmpOut();
  expect(log).toContain('TIME EVENT START: network_down nodea net1\n');
  expect(log).toContain('TIME EVENT COMPLETED: network_down nodea net1 0\n');
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
