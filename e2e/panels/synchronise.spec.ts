import { commandOf, entry, expect, expectAccessible, loadExample, testOnOneCluster, title, toolbar } from '../test.ts';

const test = testOnOneCluster(loadExample);

test('there is nothing to synchronise while the draft is what is active', async ({ console: page }) => {
  await page.goto('/smit/cm_synchronise');
  await expect(title(page, 'Synchronise')).toBeVisible();
  await expect(page.getByText('The draft is what is active: there is nothing to synchronise.')).toBeVisible();
  await expect(toolbar(page).getByRole('button', { name: /Do: synchronise/ })).toBeDisabled();
  await expectAccessible(page);
});

test('the changes of the draft become active, with a comment', async ({ console: page, daemon }) => {
  await daemon.must('fallover modify event node_down TIMEUNTILWARNING=77');
  await daemon.must(`fallover add event one_more FILE=${daemon.script('one-more', [])}`);
  await page.goto('/smit/cm_synchronise');
  const changes = page.getByRole('table', { name: 'Changes that are not synchronised' });
  await expect(changes.getByRole('row', { name: 'node_down' })).toContainText('Time Until Warning');
  await expect(changes.getByRole('row', { name: 'one_more' })).toContainText('added');
  await entry(page, 'Comment').fill("it's longer now");
  expect(await commandOf(page)).toBe("fallover sync --comment 'it'\\''s longer now'");
  await expectAccessible(page);
  await toolbar(page)
    .getByRole('button', { name: /Do: synchronise/ })
    .click();
  await expect(page.getByText('Revision 2 is active, with 2 changes.')).toBeVisible();
  await expect(page.getByText("it's longer now")).toBeVisible();
  await expectAccessible(page);
  expect(await daemon.must('fallover query event node_down')).toContain('TIMEUNTILWARNING="77"');
});

test('its command does the same in a shell, and the panel follows', async ({ console: page, daemon }) => {
  await daemon.must('fallover modify event node_down TIMEUNTILWARNING=78');
  await page.goto('/smit/cm_synchronise');
  await entry(page, 'Comment').fill('from a shell; $(reboot) `x` "y"');
  await daemon.must(await commandOf(page));
  await expect(page.getByText('The draft is what is active: there is nothing to synchronise.')).toBeVisible();
  await expect(page.getByText('from a shell; $(reboot) `x` "y"')).toBeVisible();
});
