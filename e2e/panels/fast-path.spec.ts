import { expect, expectAccessible, loadExample, testOnOneCluster, title } from '../test.ts';

const test = testOnOneCluster(loadExample);

test('Ctrl-K finds panels, events and runs, and leads there by keyboard', async ({ console: page, daemon }) => {
  await daemon.must('fallover run network_down nodea net1');
  await page.goto('/');
  await expect(title(page, /^Cluster/)).toBeVisible();
  await page.keyboard.press('Control+k');
  const box = page.getByRole('combobox', { name: 'Fast path' });
  await expect(box).toBeFocused();
  await expectAccessible(page);
  await box.fill('cm_events');
  await page.keyboard.press('Enter');
  await expect(title(page, 'Change/Show Pre-Defined Events')).toBeFocused();

  await page.keyboard.press('/');
  await box.fill('network_down');
  const options = page.getByRole('option');
  await expect(options.first()).toContainText('network_down');
  const run = page.getByRole('group', { name: 'Runs' }).getByRole('option');
  await expect(run).toContainText('network_down nodea net1');
  await expectAccessible(page);
  await run.click();
  await expect(title(page, 'network_down nodea net1')).toBeVisible();

  await page.getByRole('button', { name: 'Fast path' }).click();
  await box.fill('check_disks');
  await expect(page.getByRole('group', { name: 'Custom events' }).getByRole('option')).toHaveCount(1);
  await box.press('Enter');
  await expect(title(page, 'check_disks')).toBeVisible();
});

test('settings are changed from it', async ({ console: page }) => {
  await page.goto('/');
  await expect(title(page, /^Cluster/)).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Fast path' }).fill('colours dark');
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveClass(/pf-v6-theme-dark/);
  await expect(page.getByRole('button', { name: 'Dark' })).toHaveAttribute('aria-pressed', 'true');
  await expectAccessible(page);
});

test('HACMP’s own names are addresses; what comes later says so; an unknown address offers to find', async ({
  console: page,
}) => {
  await page.goto('/smit/sysmirror');
  await expect(title(page, 'Cluster payroll')).toBeVisible();
  await expect(page).toHaveURL(/\/$/);

  await page.getByRole('navigation', { name: 'Menu' }).getByRole('link', { name: 'User-Defined Events' }).click();
  await expect(page.getByText('come in a later release.')).toBeVisible();
  await expectAccessible(page);

  await page.goto('/smit/cm_recovr');
  await expect(title(page, 'No such panel')).toBeVisible();
  await page.getByRole('button', { name: 'Find a panel …' }).click();
  const box = page.getByRole('combobox', { name: 'Fast path' });
  await expect(box).toHaveValue('cm_recovr');
  await expect(page.getByText('Nothing is called cm_recovr.')).toBeVisible();
  await box.fill('recover');
  // The events have come: the list does not grow any more.
  await expect(page.getByRole('group', { name: 'Events' })).toBeVisible();
  await box.press('ArrowDown');
  await expect(page.getByRole('option', { name: 'Recover From Script Failure' })).toHaveAttribute('aria-selected', 'false');
  await box.press('ArrowUp');
  await expect(page.getByRole('option', { name: 'Recover From Script Failure' })).toHaveAttribute('aria-selected', 'true');
  await box.press('Enter');
  await expect(title(page, 'Recover From Script Failure')).toBeVisible();
});
