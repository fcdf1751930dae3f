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
const ask = (page: Page) =>
  toolbar(page)
    .getByRole('button', { name: /Do: run/ })
    .click();
const plan = (page: Page) => page.getByRole('region', { name: 'What will be run' });

test('the arguments of an event are asked for, and what will be run is shown', async ({ console: page }) => {
  await page.goto('/smit/cm_run_event');
  await expect(title(page, 'Run an Event')).toBeVisible();
  await expect(toolbar(page).getByRole('button', { name: /Do: run/ })).toBeDisabled();
  await expectAccessible(page);
  await entry(page, 'Event').fill('network_down');
  await expect(page).toHaveURL(/[?&]event=network_down\b/);
  await entry(page, 'NODE').selectOption('-1');
  await entry(page, 'NETWORK').fill('net1');
  await expect(plan(page).getByRole('row')).toHaveText([
    /Step/,
    /notify start.*\/notify network_down start -1 net1/,
    /event.*\/fail-once -1 net1/,
    /recovery.*at most 2.*\/recover-network network_down -1 net1/,
    /post-event report_status.*\/report-status network_down STATUS -1 net1/,
    /notify complete.*\/notify network_down complete STATUS -1 net1/,
  ]);
  await expect(plan(page).getByText(/no network "net1" is defined in this cluster/)).toBeVisible();
  await expectAccessible(page);
});

test('an argument that cannot be accepted is refused below its field', async ({ console: page }) => {
  await page.goto('/smit/cm_run_event?event=network_down');
  await entry(page, 'NODE').selectOption('nodea');
  await entry(page, 'NETWORK').fill('net 1');
  await expectRefused(page, 'NETWORK', 'NETWORK: "net 1" is not a name.');
  await expect(toolbar(page).getByRole('button', { name: /Do: run/ })).toBeDisabled();
  await expectAccessible(page);
  await entry(page, 'Event').fill('nod_up');
  await entry(page, 'Event').blur();
  await expectRefused(page, 'Event', 'There is no event nod_up.');
});

test('it asks once more, names every command, and shows the run', async ({ console: page, daemon }) => {
  await page.goto('/smit/cm_run_event?event=start_server');
  await entry(page, 'SERVER').fill('app1\n--app 2');
  await expectRefused(page, 'SERVER', '"--app 2"');
  await entry(page, 'SERVER').fill('app1\napp2');
  const command = await commandOf(page);
  expect(command).toBe('fallover run start_server app1 app2');
  await ask(page);
  const dialog = page.getByRole('dialog', { name: 'Run start_server app1 app2?' });
  await expect(dialog).toContainText('nodea');
  await expect(dialog.getByRole('listitem').first()).toContainText('/example-scripts/start-server app1 app2');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toBeHidden();
  await ask(page);
  await dialog.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(title(page, 'start_server app1 app2')).toBeVisible();
  expect(await daemon.must(command)).toContain('start_server app1 app2 succeeded');
});

test('a drill is marked as one, and its scripts know', async ({ console: page, daemon }) => {
  await daemon.must(
    `fallover modify event network_up_complete COMMAND=${daemon.script('drilled', ['echo "drill: $FALLOVER_DRILL"'])}`,
  );
  await daemon.must('fallover sync');
  await page.goto('/smit/cm_run_event?event=network_up_complete');
  await entry(page, 'NODE').selectOption('nodea');
  await entry(page, 'NETWORK').fill('net1');
  await page.getByLabel('this is a drill').check({ force: true });
  expect(await commandOf(page)).toBe('fallover run network_up_complete --drill nodea net1');
  await ask(page);
  await page.getByRole('dialog').getByRole('button', { name: 'Run', exact: true }).click();
  await expect(page.getByText('drill', { exact: true })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Output of event' })).toContainText('drill: 1');
});

test('what takes something away wants a name typed', async ({ console: page }) => {
  await page.goto('/smit/cm_run_event?event=node_down');
  await entry(page, 'NODE').selectOption('nodea');
  await ask(page);
  const dialog = page.getByRole('dialog', { name: 'Run node_down nodea?' });
  await expect(dialog.getByRole('button', { name: 'Run', exact: true })).toBeDisabled();
  await expectAccessible(page);
  await dialog.getByLabel('Type nodea to confirm').fill('nodeb');
  await expect(dialog.getByRole('button', { name: 'Run', exact: true })).toBeDisabled();
  await dialog.getByLabel('Type nodea to confirm').fill('nodea');
  await expect(dialog.getByRole('button', { name: 'Run', exact: true })).toBeEnabled();
});

test('a plan that has changed since it was shown is not run, and is shown anew', async ({ console: page, daemon }) => {
  const script = daemon.script('came-later', []);
  await page.goto('/smit/cm_run_event?event=join_standby');
  await entry(page, 'NODE').selectOption('nodea');
  await entry(page, 'LABEL').fill('ip1');
  await ask(page);
  const dialog = page.getByRole('dialog', { name: 'Run join_standby nodea ip1?' });
  await expect(dialog).toContainText('nodea');
  await daemon.must(`fallover modify event join_standby NOTIFYCOMMAND=${script} && fallover sync`);
  await expect(dialog).not.toContainText(script);
  await dialog.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(dialog.getByRole('alert')).toContainText('has changed since the plan was shown');
  await expect(dialog).toContainText(script);
  await expectAccessible(page);
  expect(await daemon.must('fallover query run')).not.toContain('join_standby');
  await dialog.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(title(page, 'join_standby nodea ip1')).toBeVisible();
});
