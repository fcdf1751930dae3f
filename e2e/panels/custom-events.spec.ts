import type { Page } from '@playwright/test';
import {
  commandOf,
  entry,
  expect,
  expectAccessible,
  expectRefused,
  loadExample,
  testOnOneCluster,
  title,
  toolbar,
} from '../test.ts';

const test = testOnOneCluster(loadExample);
const save = (page: Page) => toolbar(page).getByRole('button', { name: /Do: / }).click();

test('each custom event stands there with its script and who uses it', async ({ console: page, daemon }) => {
  await page.goto('/smit/cm_custom_events');
  await expect(title(page, 'Configure Pre/Post-Event Commands')).toBeVisible();
  const row = page.getByRole('table', { name: 'Custom events' }).getByRole('row', { name: 'check_disks' });
  await expect(row).toContainText('/example-scripts/check-disks');
  await expect(row.getByRole('link', { name: 'node_up' })).toBeVisible();
  await expect(row).toContainText('synchronised');
  await expectAccessible(page);
  expect(await daemon.must(await commandOf(page))).toContain('check_disks');
});

test('one is added: what cannot be accepted is refused below its field, and F6 shows the line', async ({
  console: page,
  daemon,
}) => {
  const script = daemon.script('warn-users', []);
  await page.goto('/smit/cm_custom_events');
  await page.getByRole('button', { name: 'Add a custom event' }).click();
  await expect(title(page, 'Add a custom event')).toBeVisible();
  await entry(page, 'Cluster Event Name').fill('warn users');
  await entry(page, 'Cluster Event Method').fill('warn-users');
  await save(page);
  await expectRefused(page, 'Cluster Event Name', 'Cluster Event Name: "warn users" is not a name.');
  await expectRefused(page, 'Cluster Event Method', 'Cluster Event Method: "warn-users" is not a full pathname.');
  await expectAccessible(page);
  await entry(page, 'Cluster Event Name').fill('node_up');
  await entry(page, 'Cluster Event Method').fill(script);
  await save(page);
  await expectRefused(page, 'Cluster Event Name', '"node_up" is a predefined event.');

  await entry(page, 'Cluster Event Name').fill('warn_users');
  await entry(page, 'Cluster Event Description').fill("Tells who's logged in");
  const command = await commandOf(page);
  expect(command).toBe(`fallover add event warn_users DESCRIPTION='Tells who'\\''s logged in' FILE=${script}`);
  await save(page);
  await expect(title(page, 'warn_users')).toBeVisible();
  expect(await daemon.must('fallover query event warn_users')).toContain(`FILE="${script}"`);
  await daemon.must(command.replaceAll('warn_users', 'warn_users_too'));
  await page.goto('/smit/cm_custom_events');
  await expect(page.getByRole('row', { name: 'warn_users_too' })).toContainText("Tells who's logged in");
});

test('one is changed, and deleted', async ({ console: page, daemon }) => {
  await daemon.must(`fallover add event look_around FILE=${daemon.script('look', [])}`);
  await page.goto('/smit/cm_custom_event/look_around');
  await entry(page, 'Cluster Event Description').fill('Looks around');
  expect(await commandOf(page)).toBe("fallover modify event look_around DESCRIPTION='Looks around'");
  await save(page);
  await expect(page.getByText('Saved in the draft.')).toBeVisible();

  await page.getByRole('button', { name: 'Delete this custom event' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete look_around?' });
  await expect(dialog).toContainText('fallover delete event look_around');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Delete from the draft' }).click();
  await expect(title(page, 'Configure Pre/Post-Event Commands')).toBeVisible();
  await expect(page.getByRole('row', { name: 'look_around' })).toBeHidden();
});

test('one that an event lists is not deleted, and the sentence says which', async ({ console: page }) => {
  await page.goto('/smit/cm_custom_event/check_services');
  await page.getByRole('button', { name: 'Delete this custom event' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete check_services?' });
  await expect(dialog).toContainText('These events list it: node_up.');
  await dialog.getByRole('button', { name: 'Delete from the draft' }).click();
  await expect(dialog.getByRole('alert')).toContainText('node_up');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(title(page, 'check_services')).toBeVisible();
});

test('one that does not exist has a page that says so', async ({ console: page }) => {
  await page.goto('/smit/cm_custom_event/nobody');
  await expect(page.getByText('There is no custom event nobody.')).toBeVisible();
  await expectAccessible(page);
});
