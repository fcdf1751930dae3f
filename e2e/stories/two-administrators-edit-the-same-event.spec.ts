import type { Page } from '@playwright/test';
import { entry, expect, expectAccessible, loadExample, testOnOneCluster, title, toolbar } from '../test.ts';

const test = testOnOneCluster(loadExample);
const save = (page: Page) =>
  toolbar(page)
    .getByRole('button', { name: /Do: save in the draft/ })
    .click();

test('two administrators edit the same event: the later one sees both changes, and nothing typed is lost', async ({
  console: mine,
  browser,
  daemon,
}) => {
  const [theirScript, myScript] = [daemon.script('theirs', []), daemon.script('mine', [])];
  const other = await browser.newContext({ baseURL: daemon.url, storageState: await mine.context().storageState() });
  const theirs = await other.newPage();
  for (const page of [mine, theirs]) {
    await page.goto('/smit/cm_event/network_down');
    await expect(title(page, 'network_down')).toBeVisible();
  }
  await entry(mine, 'Time Until Warning').fill('111');
  await entry(mine, 'Notify Command').fill(myScript);
  await entry(theirs, 'Notify Command').fill(theirScript);
  await entry(theirs, 'Recovery Command Retry').fill('5');
  await save(theirs);
  await expect(theirs.getByText('Saved in the draft.')).toBeVisible();

  const conflict = mine.getByRole('alert').filter({ hasText: 'Somebody saved this entry meanwhile.' });
  await expect(conflict).toBeVisible();
  await expect(conflict.getByRole('row', { name: /^Notify Command/ })).toContainText(theirScript);
  await expect(conflict.getByRole('row', { name: /^Notify Command/ })).toContainText(myScript);
  await expect(conflict.getByRole('row', { name: /^Recovery Command Retry/ })).toHaveText(/25unchanged$/);
  await expect(conflict.getByRole('row', { name: /^Time Until Warning/ })).toHaveText(/unchanged111$/);
  await expect(entry(mine, 'Time Until Warning')).toHaveValue('111');
  await expect(entry(mine, 'Notify Command')).toHaveValue(myScript);
  await expectAccessible(mine);

  await conflict.getByRole('button', { name: 'Keep my changes, take theirs elsewhere' }).click();
  await expect(conflict).toBeHidden();
  await expect(entry(mine, 'Recovery Command Retry')).toHaveValue('5');
  await expect(entry(mine, 'Notify Command')).toHaveValue(myScript);
  await save(mine);
  await expect(mine.getByText('Saved in the draft.')).toBeVisible();
  await expect(entry(theirs, 'Notify Command')).toHaveValue(myScript);
  await expect(entry(theirs, 'Time Until Warning')).toHaveValue('111');
  const saved = await daemon.must('fallover query event network_down');
  expect(saved).toContain(`NOTIFYCOMMAND="${myScript}"`);
  expect(saved).toContain('RECOVERYCOUNTER="5"');
  expect(saved).toContain('TIMEUNTILWARNING="111"');
  await other.close();
});
