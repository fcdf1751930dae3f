import { expect, expectAccessible, loadExample, testOnOneCluster, title } from '../test.ts';

const test = testOnOneCluster(async (daemon) => {
  await loadExample(daemon);
  await daemon.must('fallover run network_down -1 net1 && fallover modify event node_up TIMEUNTILWARNING=90');
  await daemon.shell('fallover run swap_adapter nodea net1 ip1 ip2');
});

// High enough that the function bar lies over no part of the page.
test.use({ colorScheme: 'dark', viewport: { width: 1280, height: 1600 } });

for (const [path, heading] of [
  ['/', 'Cluster payroll'],
  ['/runs', 'Runs'],
  ['/smit/cm_event/node_up', 'node_up'],
  ['/smit/cm_synchronise', 'Synchronise'],
  ['/smit/cm_recover', 'Recover From Script Failure'],
  ['/smit/cm_event_summaries', 'View Event Summaries'],
] as const)
  test(`${heading} can be read in the dark`, async ({ console: page }) => {
    await page.goto(path);
    await expect(title(page, heading)).toBeVisible();
    await expect(page.locator('html')).toHaveClass(/pf-v6-theme-dark/);
    await expect(page.getByText('Reading …')).toHaveCount(0);
    await expectAccessible(page);
  });

test('the colours that are chosen stay chosen', async ({ console: page }) => {
  await page.goto('/smit/cm_recover');
  await page.getByRole('button', { name: 'Light', exact: true }).click();
  await expect(page.locator('html')).not.toHaveClass(/pf-v6-theme-dark/);
  await page.reload();
  await expect(title(page, 'Recover From Script Failure')).toBeVisible();
  await expect(page.locator('html')).not.toHaveClass(/pf-v6-theme-dark/);
});
