import { commandOf, expect, expectAccessible, loadExample, testOnOneCluster, title } from '../test.ts';

const test = testOnOneCluster(loadExample);

test('who would run what is shown, and nothing is run', async ({ console: page, daemon }) => {
  await page.goto('/smit/cm_event_emulation');
  await expect(title(page, 'Event Emulation')).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel('Event', { exact: true }).fill('node_down');
  await page.getByLabel('HOW', { exact: true }).selectOption('graceful');
  const shown = page.getByRole('region', { name: 'What would be run, by the active configuration' });
  await expect(shown).toContainText('/example-scripts/slow nodea graceful');
  await expect(page.getByText(/Run for real: Node nodea leaves the cluster/)).toBeVisible();
  await expect(page).toHaveURL(/event=node_down&arg=nodea&arg=graceful/);
  await expectAccessible(page);
  const command = await commandOf(page);
  expect(command).toBe('fallover emulate node_down nodea graceful');
  await daemon.must(command);
  expect(await daemon.must('fallover query run')).not.toContain('node_down');
});

test('the draft is emulated before it is synchronised', async ({ console: page, daemon }) => {
  const script = daemon.script('tell-first', []);
  await daemon.must(`fallover modify event network_up NOTIFYCOMMAND=${script}`);
  await page.goto('/smit/cm_event_emulation?event=network_up&arg=nodea&arg=net1');
  await expect(page.getByRole('region', { name: 'What would be run, by the active configuration' })).not.toContainText(script);
  await page.getByLabel('Configuration', { exact: true }).selectOption('draft');
  await expect(page.getByRole('region', { name: 'What would be run, by the draft' })).toContainText(
    `${script} network_up start nodea net1`,
  );
  expect(await commandOf(page)).toBe('fallover emulate network_up --draft nodea net1');
  await expectAccessible(page);
});
