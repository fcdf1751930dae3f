import { becomes } from '../roles.ts';
import { expect, expectAccessible, loadExample, testOnOneCluster, toolbar } from '../test.ts';

const test = testOnOneCluster(loadExample);

test('a monitor reads everything, and is told what takes another role before anything is typed for nothing', async ({
  console: page,
  daemon,
}) => {
  becomes(daemon, 'monitor');
  for (const [path, sentence] of [
    ['/smit/cm_event/node_up', '“Do: save in the draft” needs the role admin; admin has the role monitor.'],
    ['/smit/cm_worksheet/node_up', '“Do: save in the draft” needs the role admin; admin has the role monitor.'],
    ['/smit/cm_custom_event/report_status', '“Do: save in the draft” needs the role admin; admin has the role monitor.'],
    ['/smit/cm_time_until_warning', '“Do: save in the draft” needs the role admin; admin has the role monitor.'],
    ['/smit/cm_run_event?event=node_up', '“Do: run …” needs the role operator; admin has the role monitor.'],
  ] as const) {
    await page.goto(path);
    await expect(toolbar(page).getByText(sentence)).toBeVisible();
    await expect(toolbar(page).getByRole('button', { name: /Do:/ })).toHaveCount(0);
  }
  await expectAccessible(page);
});

test('an operator runs and recovers, and leaves the configuration to administrators', async ({ console: page, daemon }) => {
  becomes(daemon, 'operator');
  await daemon.shell('fallover run swap_adapter nodea net1 ip1 ip2');
  await page.goto('/smit/cm_custom_event/report_status');
  await expect(toolbar(page).getByText('needs the role admin; admin has the role operator.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Delete this custom event' })).toHaveCount(0);
  await page.goto('/smit/cm_recover');
  await toolbar(page)
    .getByRole('button', { name: /Do: recover/ })
    .click();
  await expect(page.getByText('The rest of the event was skipped.')).toBeVisible();
});
