import { expect, expectAccessible, testOnOneCluster, title, toolbar } from '../test.ts';

const test = testOnOneCluster();

test('it teaches how to begin', async ({ console: page }) => {
  await page.goto('/smit/cm_worksheet');
  await expect(title(page, 'The Cluster Event Worksheet')).toBeVisible();
  await expect(page.getByText('Nothing is customised yet')).toBeVisible();
  await expectAccessible(page);

  await page.getByLabel('Event', { exact: true }).fill('node_up');
  await page.getByRole('button', { name: 'Fill in its fields' }).click();
  await expect(title(page, 'node_up')).toBeVisible();
});

test('an event is filled in, with what is refused and how it will be called in sight', async ({ console: page }) => {
  await page.goto('/smit/cm_worksheet/node_up');
  const calls = page.getByRole('region', { name: 'How it will be called on nodea' });
  await expect(calls.getByRole('listitem')).toHaveText([/node_up nodea/]);

  await page.getByLabel('Notify Command', { exact: true }).fill('notify');
  await expect(page.getByText('Notify Command: "notify" is not a full pathname.')).toBeVisible();
  await expect(calls.getByText('Left out, because it is refused: Notify Command.')).toBeVisible();
  await page.getByLabel('Remote Notification Message Text').fill('%e: 100%');
  await expect(page.getByText('"%" at character 8 stands for nothing.')).toBeVisible();
  await expectAccessible(page);

  await page.getByLabel('Notify Command', { exact: true }).fill('/bin/true');
  await page.getByLabel('Remote Notification Message Text').fill('%e on %n: %o');
  await page.getByLabel('Remote Notification Message Location').fill('/etc/ha/node up.msg');
  await expect(calls.getByRole('listitem')).toHaveText([
    /\/bin\/true node_up start nodea/,
    /node_up nodea/,
    /\/bin\/true node_up complete STATUS nodea/,
  ]);
  await toolbar(page).getByRole('button', { name: 'Do: save in the draft' }).click();
  await expect(page.getByText('Saved in the draft')).toBeVisible();
  await page.getByRole('tab', { name: 'nodea' }).click();
  await page.getByLabel('Time Until Warning').fill('60');
  await toolbar(page).getByRole('button', { name: 'Do: save in the draft' }).click();
  await expect(page.getByRole('tab', { name: 'nodea •' })).toBeVisible();
});

test('a sheet says what holds on its node, and is printed black on white', async ({ console: page, daemon }) => {
  const attributes = "NOTIFYCOMMAND=/bin/true NOTIFICATIONTEXT='%e on %n: %o'";
  await daemon.must(`fallover modify event node_up ${attributes}`);
  await daemon.must('fallover modify event node_up TIMEUNTILWARNING=60 NODE=nodea');
  await page.goto('/smit/cm_worksheet');
  const sheet = page.getByRole('table', { name: 'Event node_up' });
  await expect(sheet.getByRole('row', { name: /Notify Command/ })).toContainText('/bin/true');
  await expect(sheet.getByRole('row', { name: /Message Text/ })).toContainText('%e on %n: %o');
  await expect(sheet.getByRole('row', { name: /Time Until Warning/ })).toContainText('nodea only');
  await expectAccessible(page);

  await page.getByRole('button', { name: 'Print view' }).click();
  const paper = page.getByRole('article', { name: 'Worksheet of nodea' });
  await expect(paper.locator('.worksheet-number')).toHaveText([
    '1',
    '2',
    '3',
    '4',
    '5',
    '6',
    '7',
    '8',
    '9',
    '10',
    '11',
    '12',
    '13',
  ]);
  await expectAccessible(page);
  await page.emulateMedia({ media: 'print' });
  await expect(paper).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Menu' })).toBeHidden();
  await expect(toolbar(page)).toBeHidden();
  expect(await paper.evaluate((sheet) => getComputedStyle(sheet).backgroundColor)).toBe('rgb(255, 255, 255)');
});
