import type { Page } from '@playwright/test';
import { commandOf, expect, expectAccessible, loadExample, testOnOneCluster, title } from '../test.ts';

const test = testOnOneCluster(loadExample);
const steps = (page: Page) => page.getByRole('region', { name: 'Steps' }).getByRole('button');
const output = (page: Page, step = 'event') => page.getByRole('region', { name: `Output of ${step}` });
const runOf = (printed: string): string => /\b[0-9a-f]{8}-[0-9a-f-]{27}\b/.exec(printed)?.[0] ?? '';

test('every step stands there with its command, status and output', async ({ console: page, daemon }) => {
  const run = runOf(await daemon.must('fallover run network_down -1 net1'));
  await page.goto(`/runs/${run}`);
  await expect(title(page, 'network_down -1 net1')).toBeVisible();
  await expect(steps(page)).toHaveText([
    /notify start.*\/notify.*status 0/,
    /event.*\/fail-once.*status 1/,
    /recovery.*\/recover-network.*status 0/,
    /event attempt 2.*\/fail-once.*status 0/,
    /post-event report_status.*status 0/,
    /notify complete.*status 0/,
  ]);
  await expectAccessible(page);
  await expect(output(page)).toContainText('Network net1 is in order again.');
  await steps(page).nth(1).click();
  await expect(output(page)).toContainText('Network net1 cannot be reached.');
  await steps(page).nth(4).click();
  await expect(page).toHaveURL(/step=1%2Fnodea%2Fpost_event|step=1\/nodea\/post_event/);
  await expect(output(page, 'post-event report_status')).toContainText('After network_down -1 net1: it succeeded.');
  await page.reload();
  await expect(output(page, 'post-event report_status')).toContainText('After network_down -1 net1: it succeeded.');
  expect(await daemon.must(await commandOf(page))).toContain('network_down');
});

test('a sub-event stands below the step that called it', async ({ console: page, daemon }) => {
  const run = runOf(await daemon.must('fallover run node_up nodea'));
  await page.goto(`/runs/${run}`);
  await expect(steps(page).filter({ hasText: 'start-server' })).toContainText('status 0');
  await expect(steps(page)).toHaveCount(8);
  await steps(page).filter({ hasText: 'bring-node-up' }).click();
  await expect(output(page)).toContainText('start_server app1 ended with status 0.');
});

test('who comes late sees all earlier lines, and then what follows', async ({ console: page, daemon }) => {
  const gate = daemon.gate('late');
  const lines = ['i=0', 'while [ $i -lt 300 ]; do i=$((i + 1)); echo "line $i"; done', gate.waits, 'echo "the last words"'];
  await daemon.must(`fallover modify event join_standby COMMAND=${daemon.script('talks', lines)} && fallover sync`);
  const ran = daemon.must('fallover run join_standby nodea ip1');
  await page.goto('/runs');
  await page.getByRole('link', { name: 'join_standby nodea ip1' }).click();
  await expect(output(page).getByText('line 300', { exact: true })).toBeVisible();
  await output(page).press('Control+Home');
  await expect(output(page).getByText('line 1', { exact: true })).toBeVisible();
  await expect(page.getByText('running').first()).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Jump to live' }).click();
  await expect(output(page).getByText('line 300', { exact: true })).toBeVisible();
  gate.open();
  await expect(output(page).getByText('the last words')).toBeVisible();
  await expect(page.getByText('succeeded', { exact: true }).first()).toBeVisible();
  await ran;
});

test('what a command writes is text: colours are shown, control characters made visible, nothing is markup', async ({
  console: page,
  daemon,
}) => {
  const lines = [
    `printf '\\033[31mred alert\\033[0m\\n'`,
    `printf '<img src=x onerror=alert(1)> & <b>bold</b>\\n'`,
    `printf 'bell \\007 and clear \\033[2J end\\n'`,
    `printf 'not utf-8: \\377\\376\\n'`,
  ];
  await daemon.must(`fallover modify event network_up_complete COMMAND=${daemon.script('hostile', lines)} && fallover sync`);
  const run = runOf(await daemon.must('fallover run network_up_complete nodea net1'));
  await page.goto(`/runs/${run}`);
  await expect(output(page)).toContainText('<img src=x onerror=alert(1)> & <b>bold</b>');
  await expect(output(page).getByText('red alert')).toHaveCSS('color', 'rgb(255, 123, 114)');
  await expect(output(page).locator('img')).toHaveCount(0);
  await expect(output(page)).toContainText('bell ␇ and clear');
  await expect(output(page)).toContainText('not utf-8: \uFFFD');
  await expectAccessible(page);
});

test('a run is aborted: its commands end, and the cluster waits for somebody', async ({ console: page, daemon }) => {
  const script = daemon.script('takes-long', ['echo "this takes long"', 'exec sleep 300']);
  await daemon.must(`fallover modify event fail_standby COMMAND=${script} && fallover sync`);
  const ran = daemon.shell('fallover run fail_standby nodea ip1');
  await page.goto('/runs?event=fail_standby');
  await page.getByRole('link', { name: 'fail_standby nodea ip1' }).click();
  await expect(output(page)).toContainText('this takes long');
  const run = new URL(page.url()).pathname.split('/').at(-1);
  expect(await commandOf(page)).toContain(`fallover abort ${run}`);
  await page.getByRole('button', { name: 'Abort', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Abort fail_standby nodea ip1?' });
  await expect(dialog).toContainText(script);
  await expect(dialog).toContainText(`fallover abort ${run}`);
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Abort', exact: true }).click();
  await expect(page.getByText('The event command of fail_standby nodea ip1 was aborted on nodea.').first()).toBeVisible();
  await expectAccessible(page);
  await daemon.must('fallover recover');
  expect((await ran).status).not.toBe(0);
});

test('what exactly ran is told: step, times, hash, environment', async ({ console: page, daemon }) => {
  const run = runOf(await daemon.must('fallover run start_server app1'));
  await page.goto(`/runs/${run}`);
  await steps(page).filter({ hasText: 'start-server' }).click();
  await page.getByRole('button', { name: 'What exactly ran' }).click();
  await expect(page.getByText('1/nodea/event/1', { exact: true })).toBeVisible();
  await expect(page.getByText(/^[0-9a-f]{64}$/).first()).toBeVisible();
  await expect(page.getByText('LOCALNODENAME').first()).toBeVisible();
  await expectAccessible(page);
});

test('a run that does not exist has a page that says so', async ({ console: page }) => {
  await page.goto('/runs/01a2072d-0a41-7000-8068-c4f6727d106f');
  await expect(page.getByRole('alert')).toContainText('There is no run 01a2072d-0a41-7000-8068-c4f6727d106f.');
  await expectAccessible(page);
});
