import type { Page } from '@playwright/test';
import { commandOf, entry, expect, expectAccessible, loadExample, testOnOneCluster, title, toolbar } from '../test.ts';

const test = testOnOneCluster(loadExample);
const changes = (page: Page) => page.getByRole('table', { name: 'Changes that are not synchronised' });
const nothingToDo = (page: Page) => page.getByText('The draft is what is active: there is nothing to synchronise.');

test('there is nothing to synchronise while the draft is what is active', async ({ console: page }) => {
  await page.goto('/smit/cm_synchronise');
  await expect(title(page, 'Verify and Synchronise')).toBeVisible();
  await expect(nothingToDo(page)).toBeVisible();
  await expect(toolbar(page).getByRole('button', { name: /Do: synchronise/ })).toBeDisabled();
  await expectAccessible(page);
});

test('the changes of the draft stand there value by value, and become active with a comment', async ({
  console: page,
  daemon,
}) => {
  await daemon.must('fallover modify event node_down TIMEUNTILWARNING=77');
  await daemon.must(`fallover add event one_more FILE=${daemon.script('one-more', [])}`);
  await page.goto('/smit/cm_synchronise');
  await expect(changes(page).getByRole('row', { name: /^Time Until Warning/ })).toContainText('77');
  await expect(changes(page).getByRole('row', { name: /^added custom event one_more/ })).toBeVisible();
  await entry(page, 'Comment').fill("it's longer now");
  expect(await commandOf(page)).toBe("fallover sync --comment 'it'\\''s longer now'");
  await expectAccessible(page);
  await toolbar(page)
    .getByRole('button', { name: /Do: synchronise/ })
    .click();
  await expect(page.getByText('Revision 2 is active, with changes in 2 entries.')).toBeVisible();
  await expect(page.getByText("it's longer now")).toBeVisible();
  await expectAccessible(page);
  expect(await daemon.must('fallover query event node_down')).toContain('TIMEUNTILWARNING="77"');
});

test('its command does the same in a shell, and the panel follows', async ({ console: page, daemon }) => {
  await daemon.must('fallover modify event node_down TIMEUNTILWARNING=78');
  await page.goto('/smit/cm_synchronise');
  await entry(page, 'Comment').fill('from a shell; $(reboot) `x` "y"');
  await daemon.must(await commandOf(page));
  await expect(nothingToDo(page)).toBeVisible();
  await expect(page.getByText('from a shell; $(reboot) `x` "y"')).toBeVisible();
});

test('a change is taken back: a value, an entry, everything', async ({ console: page, daemon }) => {
  await daemon.must('fallover modify event node_down TIMEUNTILWARNING=99 RECOVERYCOUNTER=3');
  await daemon.must(`fallover add event taken_back FILE=${daemon.script('taken-back', [])}`);
  await daemon.must('fallover modify event network_down TIMEUNTILWARNING=55');
  await page.goto('/smit/cm_synchronise');

  await page.getByRole('button', { name: 'Revert Time Until Warning of node_down' }).click();
  const value = page.getByRole('dialog', { name: 'Revert Time Until Warning of node_down?' });
  await expect(value).toContainText(/In the draft\s*99\s*Then again, as active\s*78/);
  await expectAccessible(page);
  await value.getByRole('button', { name: 'Revert in the draft' }).click();
  await expect(page.getByText(/^Time Until Warning of node_down is reverted\./)).toBeVisible();
  expect(await daemon.must('fallover query event node_down')).toContain('TIMEUNTILWARNING="78"');

  await page.getByRole('button', { name: 'Revert entry: custom event taken_back' }).click();
  const whole = page.getByRole('dialog', { name: 'Revert the custom event taken_back?' });
  await expect(whole).toContainText('It is not active, so it is deleted from the draft.');
  await whole.getByRole('button', { name: 'Revert in the draft' }).click();
  await expect(changes(page)).not.toContainText('taken_back');

  await page.getByRole('button', { name: 'Revert all changes' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revert in the draft' }).click();
  await expect(page.getByText('All changes are reverted. The draft is what is active.')).toBeVisible();
  await expect(nothingToDo(page)).toBeVisible();
});

test('every panel says how much is not synchronised, and leads there', async ({ console: page, daemon }) => {
  await page.goto('/smit/cm_event/network_down');
  await expect(title(page, 'network_down')).toBeVisible();
  const sign = page.getByRole('link', { name: /^not synchronised: / });
  await expect(sign).toBeHidden();
  await daemon.must('fallover modify event node_down TIMEUNTILWARNING=60 RECOVERYCOUNTER=4');
  await expect(sign).toHaveText('not synchronised: 2 changes');
  await sign.click();
  await expect(title(page, 'Verify and Synchronise')).toBeVisible();
  await page.goto('/');
  await expect(sign).toHaveText('not synchronised: 2 changes');
});

test('somebody else’s change is shown at once, said, and what was typed stays', async ({ console: page, daemon }) => {
  await page.goto('/smit/cm_synchronise');
  await entry(page, 'Comment').fill('mine');
  await daemon.must('fallover modify event network_up TIMEUNTILWARNING=61');
  await expect(page.getByText('It has moved in: event network_up.')).toBeVisible();
  await expect(entry(page, 'Comment')).toHaveValue('mine');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'I have seen it' }).click();
  await expect(page.getByText(/It has moved in/)).toBeHidden();
});
