import type { Page } from '@playwright/test';
import {
  commandOf,
  expect,
  expectAccessible,
  loadExample,
  test as onAnEmptyCluster,
  test as onATelephone,
  testOnOneCluster,
  title,
} from '../test.ts';

const test = testOnOneCluster(loadExample);

onAnEmptyCluster('an empty cluster teaches how to begin, and loads the example', async ({ console: page }) => {
  await page.goto('/');
  await expect(title(page, 'Cluster payroll')).toBeVisible();
  const start = page.getByRole('region', { name: 'Start here' });
  await expect(start.getByRole('heading', { name: 'Nothing is configured yet' })).toBeVisible();
  await expect(page.getByText('NOT_CONFIGURED').first()).toBeVisible();
  await expectAccessible(page);
  await start.getByRole('button', { name: 'Load the example' }).click();
  await expect(page.getByText('The example is active')).toBeVisible();
  await expect(start).toBeHidden();
  await expectAccessible(page);
});

test('it says what runs now, what waits, and what happened last', async ({ console: page, daemon }) => {
  const gate = daemon.gate('home');
  const script = daemon.script('waits', ['echo waiting', gate.waits]);
  await daemon.must(`fallover modify event network_up COMMAND=${script} TIMEUNTILWARNING=3600 && fallover sync`);
  const first = daemon.must('fallover run network_up nodea net1');
  await page.goto('/');
  const now = page.getByRole('region', { name: 'Runs now' });
  await expect(now.getByRole('link', { name: 'network_up nodea net1' })).toBeVisible();
  await expect(now.getByText('of 1 h 0 min until warning')).toBeVisible();
  await expect(now.getByRole('progressbar', { name: 'Time until warning of network_up' })).toBeVisible();
  await expect(now.getByText('event on nodea:')).toContainText(script);
  const second = daemon.must('fallover run start_server app1');
  await expect(page.getByRole('table', { name: 'Queue' }).getByRole('link', { name: 'start_server app1' })).toBeVisible();
  await expectAccessible(page);

  gate.open();
  await Promise.all([first, second]);
  const last = page.getByRole('table', { name: 'Last events' });
  await expect(last.getByRole('row', { name: 'network_up nodea net1' })).toContainText('succeeded');
  await expect(last.getByRole('row', { name: 'start_server app1' })).toContainText('succeeded');
  await expect(now.getByText('No event is processed now.')).toBeVisible();
});

test('it says first that a script failure waits for somebody', async ({ console: page, daemon }) => {
  await daemon.shell('fallover run swap_adapter nodea net1 ip1 ip2');
  await page.goto('/');
  await expect(page.getByText('A script failed: the cluster does not fail over.')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Recover from script failure' }).click();
  await expect(title(page, 'Recover From Script Failure')).toBeVisible();
  await daemon.must('fallover recover');
});

test('its command is one that a shell takes', async ({ console: page, daemon }) => {
  await page.goto('/');
  const command = await commandOf(page);
  expect(command).toBe('fallover query cluster');
  expect(await daemon.must(command)).toContain('payroll');
});

onATelephone.describe('on a telephone', () => {
  onATelephone.use({ hasTouch: true });

  onATelephone(
    'what runs is seen without scrolling, and aborted and recovered from by touch',
    async ({ console: page, daemon }) => {
      const gate = daemon.gate('telephone');
      await loadExample(daemon);
      await daemon.must(
        `fallover modify event network_up COMMAND=${daemon.script('waits', [gate.waits])} TIMEUNTILWARNING=3600 && fallover sync`,
      );
      const over = daemon.shell('fallover run network_up nodea net1');
      await page.setViewportSize({ width: 390, height: 844 });
      await page.goto('/');
      const now = page.getByRole('region', { name: 'Runs now' });
      await expect(now.getByText('event on nodea:')).toBeInViewport();
      await expect(now.getByText('of 1 h 0 min until warning')).toBeInViewport();
      await expect(page.getByText('Nothing is waiting for you.')).toBeInViewport();
      await expectTouchable(page);
      await now.getByRole('button', { name: 'Abort' }).tap();
      await page.getByRole('dialog').getByRole('button', { name: 'Abort', exact: true }).tap();
      const recover = page.getByRole('button', { name: 'Recover from script failure' });
      await expect(recover).toBeInViewport();
      await expectAccessible(page);
      await recover.tap();
      await expect(title(page, 'Recover From Script Failure')).toBeVisible();
      await expectTouchable(page);
      await page.getByRole('button', { name: /Do: recover/ }).tap();
      await expect(page.getByText('The rest of the event was skipped.')).toBeVisible();
      await over;
    },
  );
});

/** WCAG 2.2, 2.5.8: what is touched is at least 24 by 24 pixels; a link within a sentence is as high as its line. */
async function expectTouchable(page: Page): Promise<void> {
  const small = await page.getByRole('main').evaluate((main) =>
    [...main.querySelectorAll('button, input, select, summary')].flatMap((control) => {
      const target = main.querySelector(`label[for="${control.id}"]`) ?? control;
      const { width, height } = target.getBoundingClientRect();
      const isSmall = width > 0 && (width < 24 || height < 24);
      return isSmall ? [`${control.outerHTML.slice(0, 120)} is ${Math.round(width)} by ${Math.round(height)}`] : [];
    }),
  );
  expect(small).toEqual([]);
}
