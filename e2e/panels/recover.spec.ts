import { commandOf, expect, expectAccessible, loadExample, testOnOneCluster, title, toolbar } from '../test.ts';

const test = testOnOneCluster(loadExample);
const FAILING = 'fallover run swap_adapter nodea net1 ip1 ip2';

test('nothing is to recover from while no event has failed', async ({ console: page }) => {
  await page.goto('/smit/cm_recover');
  await expect(title(page, 'Recover From Script Failure')).toBeVisible();
  await expect(page.getByText('No event has failed or was interrupted: there is nothing to recover from.')).toBeVisible();
  await expectAccessible(page);
});

test('the rest of the event is skipped, and the queue is cancelled', async ({ console: page, daemon }) => {
  await daemon.shell(FAILING);
  const waits = daemon.shell('fallover run start_server app1');
  await page.goto('/smit/cm_recover');
  await expect(
    page.getByText('The event command of swap_adapter nodea net1 ip1 ip2 ended with status 7 on nodea.'),
  ).toBeVisible();
  await page.getByLabel('Cancel the event that waits').check();
  await expectAccessible(page);
  expect(await commandOf(page)).toMatch(/^fallover recover [0-9a-f-]{36} --as skip --cancel-queue$/);
  await toolbar(page)
    .getByRole('button', { name: /Do: recover/ })
    .click();
  await expect(page.getByText('Cancelled from the queue: 1.')).toBeVisible();
  await expect(page.getByText('RP_FAILED')).toHaveCount(0);
  await expectAccessible(page);
  expect((await waits).status).not.toBe(0);
});

test('the step counts as succeeded: the line of F6 does it in a shell, and the panel follows', async ({
  console: page,
  daemon,
}) => {
  await daemon.shell(FAILING);
  await page.goto('/smit/cm_recover');
  await page.getByLabel('The step counts as succeeded').check();
  const command = await commandOf(page);
  expect(command).toMatch(/^fallover recover [0-9a-f-]{36} --as succeeded$/);
  await daemon.must(command);
  await expect(page.getByText('there is nothing to recover from')).toBeVisible();
});

test('the step runs again once its cause is mended', async ({ console: page, daemon }) => {
  const gate = daemon.gate('mended');
  await daemon.must(
    `fallover modify event fail_standby COMMAND=${daemon.script('mend', [`[ -e ${gate.path} ]`])} && fallover sync`,
  );
  await daemon.shell('fallover run fail_standby nodea ip1');
  await page.goto('/');
  await page.goto('/smit/cm_recover');
  await page.getByLabel('Run the step again').check();
  gate.open();
  await toolbar(page)
    .getByRole('button', { name: /Do: recover/ })
    .click();
  await page.getByRole('link', { name: 'See what became of it' }).click();
  await expect(title(page, 'fail_standby nodea ip1')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Steps' }).getByRole('button').last()).toContainText('attempt 2');
  await expect(page.getByText('succeeded', { exact: true }).first()).toBeVisible();
});
