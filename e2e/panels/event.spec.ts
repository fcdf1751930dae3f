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
const save = (page: Page) =>
  toolbar(page)
    .getByRole('button', { name: /Do: save in the draft/ })
    .click();

test('the form shows what is configured, and what the event is', async ({ console: page }) => {
  await page.goto('/smit/cm_event/network_down');
  await expect(title(page, 'network_down')).toBeVisible();
  await expect(entry(page, 'Event Command')).toHaveValue(/\/example-scripts\/fail-once$/);
  await expect(entry(page, 'Recovery Command Retry')).toHaveValue('2');
  await expect(page.getByRole('list', { name: 'Post-Event Command, in order' }).getByRole('listitem')).toHaveText([
    /report_status/,
  ]);
  await expect(entry(page, 'Time Until Warning')).toHaveAttribute('placeholder', '180 (default)');
  await expect(page.getByText('network_down NODE NETWORK', { exact: true })).toBeVisible();
  await expectAccessible(page);
});

test('what cannot be accepted is refused below its field, and nothing is saved', async ({ console: page, daemon }) => {
  await page.goto('/smit/cm_event/fail_standby');
  await entry(page, 'Notify Command').fill('notify.sh');
  await entry(page, 'Recovery Command Retry').fill('many');
  await save(page);
  await expectRefused(page, 'Notify Command', 'Notify Command: "notify.sh" is not a full pathname.');
  await expectRefused(page, 'Recovery Command Retry', 'Recovery Command Retry: "many" is not a whole number.');
  await expectAccessible(page);
  expect(await daemon.must('fallover query event fail_standby')).toContain('NOTIFYCOMMAND=""');
});

test('what is worth knowing is said before and after it is saved', async ({ console: page, daemon }) => {
  const script = daemon.script('open-to-all', []);
  await daemon.must(`chmod go+w ${script}`);
  await page.goto('/smit/cm_event/network_up');
  await entry(page, 'Event Recovery Command').fill(script);
  await expect(page.getByText('Event Recovery Command: it is never run, because Recovery Command Retry is 0.')).toBeVisible();
  await expectAccessible(page);
  await save(page);
  await expect(page.getByText('Command: OK')).toBeVisible();
  await expect(
    page.getByText(`"${script}" can be written by its group or by others. Forbid that with chmod go-w.`),
  ).toBeVisible();
  await expect(page.getByText('not synchronised', { exact: true })).toBeVisible();
  await expectAccessible(page);
});

test('F6 shows the line that a shell takes for the same change', async ({ console: page, daemon }) => {
  const script = daemon.script('tell', []);
  await page.goto('/smit/cm_event/join_standby');
  await entry(page, 'Notify Command').fill(script);
  await entry(page, 'Pre-Event Command').selectOption('check_services');
  await entry(page, 'Pre-Event Command').selectOption('check_disks');
  await page.getByRole('button', { name: 'Move check_disks up' }).click();
  await entry(page, 'Fail event if pre or post event fails').selectOption('yes');
  await entry(page, 'Time Until Warning').fill('90');
  const command = await commandOf(page);
  expect(command).toBe(
    `fallover modify event join_standby NOTIFYCOMMAND=${script} PREEVENTCOMMAND='check_disks check_services' FAILONPREPOST=true TIMEUNTILWARNING=90`,
  );

  await toolbar(page).getByRole('button', { name: 'F5 Reset' }).click();
  await expect(entry(page, 'Notify Command')).toHaveValue('');
  expect(await commandOf(page)).toBe('fallover query event join_standby');
  await daemon.must(command);
  await expect(entry(page, 'Notify Command')).toHaveValue(script);
  await expect(entry(page, 'Time Until Warning')).toHaveValue('90');
  await expect(page.getByRole('list', { name: 'Pre-Event Command, in order' }).getByRole('listitem')).toHaveText([
    /check_disks/,
    /check_services/,
  ]);
});

test('what is saved stands in the draft, and holds once it is synchronised', async ({ console: page, daemon }) => {
  const script = daemon.script('tell-more', []);
  await page.goto('/smit/cm_event/network_up_complete');
  await entry(page, 'Notify Command').fill(script);
  await save(page);
  await expect(page.getByText('Saved in the draft.')).toBeVisible();
  expect(await daemon.must('fallover query event network_up_complete')).toContain(`NOTIFYCOMMAND="${script}"`);
  await page.reload();
  await expect(entry(page, 'Notify Command')).toHaveValue(script);
  await expect(page.getByText('not synchronised', { exact: true })).toBeVisible();
  await page.getByRole('link', { name: 'Synchronise' }).last().click();
  await expect(title(page, 'Synchronise')).toBeVisible();
});

test('an event that does not exist has a page that says so', async ({ console: page }) => {
  await page.goto('/smit/cm_event/nod_up');
  await expect(page.getByRole('alert')).toContainText('nod_up');
  await expectAccessible(page);
});

test('it shows the sequence that the event belongs to, and how long its runs took', async ({ console: page, daemon }) => {
  await daemon.must('fallover run network_up nodea net1');
  await page.goto('/smit/cm_event/network_up');
  const sequence = page.getByRole('list', { name: 'A network is available again' });
  await expect(sequence.getByRole('listitem')).toHaveCount(2);
  await expect(page.getByRole('img', { name: 'Diagram: A network is available again' })).toBeVisible();
  const past = page.getByRole('region', { name: 'Past runs' });
  await expect(past).toContainText('the time until warning is 3 min');
  await expect(past.getByRole('link', { name: 'network_up nodea net1' })).toBeVisible();
  await expectAccessible(page);
  await sequence.getByRole('link', { name: 'network_up_complete' }).click();
  await expect(title(page, 'network_up_complete')).toBeVisible();
});
