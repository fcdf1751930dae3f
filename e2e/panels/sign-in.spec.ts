import type { Page } from '@playwright/test';
import {
  ADMINISTRATOR,
  entry,
  expect,
  expectAccessible,
  expectRefused,
  test as onAnEmptyCluster,
  testOnOneCluster,
  title,
} from '../test.ts';

const test = testOnOneCluster();
const signIn = async (page: Page, name: string, password: string): Promise<void> => {
  await entry(page, 'Name').fill(name);
  await entry(page, 'Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
};

test('whoever signs out is signed out, and signs in again', async ({ console: page }) => {
  await page.goto('/smit/cm_events');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(title(page, 'Sign in')).toBeVisible();
  await expectAccessible(page);
  await signIn(page, ADMINISTRATOR.name, 'not the passphrase');
  await expect(page.getByRole('alert')).toBeVisible();
  await expectAccessible(page);
  await signIn(page, ADMINISTRATOR.name, ADMINISTRATOR.password);
  await expect(page.getByRole('navigation', { name: 'Menu' })).toBeVisible();
});

test('a page deep inside is reached after signing in', async ({ console: page }) => {
  await page.context().clearCookies();
  await page.goto('/smit/cm_events?q=swap');
  await signIn(page, ADMINISTRATOR.name, ADMINISTRATOR.password);
  await expect(title(page, 'Change/Show Pre-Defined Events')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Search events' })).toHaveValue('swap');
});

test('a session that ends in the middle asks for the password, and what was typed is still there', async ({ console: page }) => {
  // The session of the other tests is over since one of them signed out.
  await page.context().clearCookies();
  await page.goto('/smit/cm_event/node_up');
  await signIn(page, ADMINISTRATOR.name, ADMINISTRATOR.password);
  await entry(page, 'Time Until Warning').fill('55');
  await page.context().clearCookies();
  await page.getByRole('button', { name: /Do: save in the draft/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Signed out' });
  await expect(dialog).toBeVisible();
  await expectAccessible(page);
  await dialog.getByLabel('Name').fill(ADMINISTRATOR.name);
  await dialog.getByLabel('Password').fill(ADMINISTRATOR.password);
  await dialog.getByRole('button', { name: 'Sign in' }).click();
  await expect(dialog).toBeHidden();
  await expect(entry(page, 'Time Until Warning')).toHaveValue('55');
  await page.getByRole('button', { name: /Do: save in the draft/ }).click();
  await expect(page.getByText('Saved in the draft.')).toBeVisible();
});

onAnEmptyCluster('the administrator is created once, with a password that is hard to guess', async ({ page, daemon }) => {
  await page.goto('/');
  await expect(title(page, 'Create the administrator first')).toBeVisible();
  await expectAccessible(page);
  await page.goto('/setup');
  await expect(page.getByText('This address lacks its token.')).toBeVisible();
  await expectAccessible(page);

  await page.goto('about:blank');
  await page.goto(daemon.setUpUrl);
  await expect(title(page, 'Create the administrator')).toBeVisible();
  await entry(page, 'Password').fill('short');
  await entry(page, 'Password again').fill('shorter');
  await page.getByRole('button', { name: 'Create the administrator' }).click();
  await expectRefused(page, 'Password again', 'The two passwords differ.');
  await entry(page, 'Password again').fill('short');
  await page.getByRole('button', { name: 'Create the administrator' }).click();
  await expect(entry(page, 'Password')).toHaveAttribute('aria-invalid', 'true');
  await expectAccessible(page);

  await entry(page, 'Password').fill(ADMINISTRATOR.password);
  await entry(page, 'Password again').fill(ADMINISTRATOR.password);
  await page.getByRole('button', { name: 'Create the administrator' }).click();
  await expect(page.getByRole('navigation', { name: 'Menu' })).toBeVisible();
});
