import { expect, expectAccessible, test, title } from '../test.ts';

/** P12: within two seconds of reconnecting the screen shows the server's truth. */
const TRUTH = { timeout: 2_000 };

test('the daemon is killed while I watch, and comes back', async ({ console: page, daemon }) => {
  const gate = daemon.gate('killed');
  const script = daemon.script('goes-on', ['echo "before the kill"', gate.waits, 'echo "after the kill"']);
  const told = daemon.script('told', []);
  await daemon.must(`fallover modify event network_up COMMAND=${script} NOTIFYCOMMAND=${told} && fallover sync`);
  const ran = daemon.shell('fallover run network_up nodea net1');
  await page.goto('/');
  await page.getByRole('link', { name: 'network_up nodea net1' }).first().click();
  await expect(title(page, 'network_up nodea net1')).toBeVisible();
  const output = page.getByRole('region', { name: 'Output of event' });
  await expect(output).toContainText('before the kill');

  await daemon.kill();
  const banner = page.getByRole('status').filter({ hasText: 'Reconnecting to the cluster manager' });
  await expect(banner).toContainText(/This page is not current: last heard at \d\d:\d\d:\d\d, .+ ago\./);
  await expect(output).toContainText('before the kill');
  await expectAccessible(page);
  // The launcher lets what runs finish, and starts nothing more.
  gate.open();

  await daemon.startAgain();
  await expect(banner).toBeHidden();
  await expect(output).toContainText('after the kill', TRUTH);
  await expect(page.getByRole('region', { name: 'Steps' }).getByRole('button')).toHaveText([
    /notify start.*status 0/,
    /event.*status 0/,
    /notify complete.*status 0/,
  ]);
  await expect(page.getByText('succeeded', { exact: true }).first()).toBeVisible();
  await expectAccessible(page);
  expect(daemon.hacmpOut()).toContain('TIME EVENT COMPLETED: network_up nodea net1 0\n');
  await ran;
});

test('a page that is opened while the daemon is away says so, and opens when it is back', async ({ console: page, daemon }) => {
  await page.goto('/smit/cm_event/node_up');
  await page.getByLabel('Time Until Warning', { exact: true }).fill('44');
  await daemon.kill();
  await expect(page.getByText('Reconnecting to the cluster manager')).toBeVisible();
  await page.getByRole('button', { name: /Do: save in the draft/ }).click();
  await expect(page.getByText('The cluster manager cannot be reached.').first()).toBeVisible();
  await expect(page.getByLabel('Time Until Warning', { exact: true })).toHaveValue('44');
  await daemon.startAgain();
  await expect(page.getByText('Reconnecting to the cluster manager')).toBeHidden();
  await page.getByRole('button', { name: /Do: save in the draft/ }).click();
  await expect(page.getByText('Saved in the draft.')).toBeVisible();
});
