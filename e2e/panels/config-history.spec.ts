import type { Daemon } from '../daemon.ts';
import { commandOf, expect, expectAccessible, loadExample, testOnOneCluster, title } from '../test.ts';

/** Three revisions: the example, and two that change the time until warning of node_down. */
const threeRevisions = async (daemon: Daemon): Promise<void> => {
  await loadExample(daemon);
  for (const seconds of [71, 72])
    await daemon.must(`fallover modify event node_down TIMEUNTILWARNING=${seconds} && fallover sync --comment 'now ${seconds}'`);
};
const test = testOnOneCluster(threeRevisions);

test('revisions stand there newest first, and what one changed is a click away', async ({ console: page }) => {
  await page.goto('/smit/cm_config_history');
  await expect(title(page, 'Configuration History')).toBeVisible();
  const rows = page.getByRole('table', { name: 'Revisions' }).getByRole('row');
  await expect(rows).toHaveCount(4);
  await expect(rows.nth(1)).toContainText('now 72');
  await expect(rows.nth(1)).toContainText('active');
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Changes of revision 3' }).click();
  await expect(title(page, 'Revision 3')).toBeVisible();
  await expect(page.getByRole('row', { name: /^Time Until Warning/ })).toHaveText(/71\s*72$/);
  expect(await commandOf(page)).toBe('fallover diff 2 3');
  await expectAccessible(page);
});

test('one is looked at, compared with the draft, and given a name', async ({ console: page, daemon }) => {
  await page.goto('/smit/cm_config_history/2');
  await expect(page.getByRole('table', { name: 'Entries of the revision' })).toContainText('71');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Add a snapshot name' }).click();
  const dialog = page.getByRole('dialog', { name: 'A name for revision 2' });
  await dialog.getByLabel('Name', { exact: true }).fill('draft');
  await dialog.getByRole('button', { name: 'Add the name' }).click();
  await expect(dialog).toContainText('numbers, draft and active stand for revisions already');
  await dialog.getByLabel('Name', { exact: true }).fill('before_move');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Add the name' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('definition').filter({ hasText: 'before_move' })).toBeVisible();

  await daemon.must('fallover modify event network_up TIMEUNTILWARNING=61');
  await page.getByLabel('Compare with').selectOption('the draft');
  await expect(page).toHaveURL(/\/smit\/cm_config_history\/2\?with=draft$/);
  await expect(page.getByRole('table', { name: 'Revision 2 against draft' })).toContainText('network_up');

  await page.goto('/smit/cm_config_history');
  await page.getByRole('button', { name: 'Delete snapshot before_move' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete the name' }).click();
  await expect(page.getByRole('table', { name: 'Snapshots' })).toBeHidden();
});

test('one is restored as a draft; changes that are not synchronised are lost only when that is agreed to', async ({
  console: page,
  daemon,
}) => {
  await daemon.must('fallover modify event network_up TIMEUNTILWARNING=62');
  await page.goto('/smit/cm_config_history/2');
  await page.getByRole('button', { name: 'Restore as draft' }).click();
  const dialog = page.getByRole('dialog', { name: 'Restore revision 2 as draft?' });
  await expect(dialog).toContainText('The draft has 1 change that is not synchronised. It is lost.');
  await expect(dialog.getByRole('button', { name: 'Restore as draft' })).toBeDisabled();
  await expectAccessible(page);
  await dialog.getByRole('checkbox', { name: 'Discard these changes' }).check();
  await dialog.getByRole('button', { name: 'Restore as draft' }).click();
  await expect(page.getByText('The draft is as revision 2.')).toBeVisible();
  expect(await daemon.must('fallover query event node_down')).toContain('TIMEUNTILWARNING="71"');
  await page.getByRole('link', { name: 'Verify and Synchronise' }).last().click();
  await expect(page.getByRole('row', { name: /^Time Until Warning/ })).toHaveText(/72\s*71/);
});

test('a number that no revision has is said so', async ({ console: page }) => {
  await page.goto('/smit/cm_config_history/99');
  await expect(page.getByText(/There is no revision or snapshot "99"/)).toBeVisible();
  await expectAccessible(page);
});
