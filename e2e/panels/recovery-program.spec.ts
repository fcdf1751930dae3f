import type { Page } from '@playwright/test';
import { commandOf, entry, expect, expectAccessible, loadExample, testOnOneCluster, toolbar } from '../test.ts';

const test = testOnOneCluster(loadExample);
// High enough that the function bar lies over no part of the page.
test.use({ viewport: { width: 1280, height: 2600 } });
const section = (page: Page) => page.getByRole('region', { name: 'Recovery program' });
const save = (page: Page) =>
  toolbar(page)
    .getByRole('button', { name: /Do: save in the draft/ })
    .click();

test('the program in force is there with numbered lines and what each of them means', async ({ console: page }) => {
  await page.goto('/smit/cm_event/node_up');
  await expect(section(page).getByText('predefined', { exact: true })).toBeVisible();
  const lines = section(page).getByRole('list', { name: 'Predefined program' }).getByRole('listitem');
  await expect(lines).toHaveCount(5);
  await expect(lines.nth(0)).toContainText('1other "node_up" 0 NULL');
  await expect(lines.nth(0)).toContainText('Every node but the one where it happened: the event node_up');
  await expect(lines.nth(1)).toContainText('No node goes past here until every one has done what stands above, or is lost.');
  await expect(lines.nth(4)).toContainText('Any exit status is success.');
  await expectAccessible(page);
});

test('an event that happens in several ways has a program for each', async ({ console: page }) => {
  await page.goto('/smit/cm_event/node_down');
  for (const way of ['failure', 'graceful', 'takeover', 'forced'])
    await expect(section(page).getByRole('list', { name: `Predefined program, ${way}` })).toBeVisible();
  await page.goto('/smit/cm_event/event_error');
  await expect(section(page)).toContainText('It has none: it runs beside another event');
});

test('it is replaced: a wrong line is named and led to, then the draft has it, the shell too, and it holds once synchronised', async ({
  console: page,
  daemon,
}) => {
  const path = daemon.script('move-route', []);
  await page.goto('/smit/cm_event/swap_adapter');
  await section(page).getByRole('button', { name: 'Replace it by a program of your own' }).click();
  const editor = entry(page, 'Recovery Program');
  await expect(editor).toHaveValue('event "swap_adapter" 0 NULL\nbarrier\nevent "swap_adapter_complete" X NULL\n');
  await editor.fill(`event "swap_adapter" 0 NULL\nbarier\nall "${path}" 3`);
  await expect(editor).toHaveAttribute('aria-invalid', 'true');
  await expect(editor).toHaveAccessibleDescription(/Line 2 ?: "barier" is no node set. Did you mean barrier\?/);
  await expectAccessible(page);
  await save(page);
  await expect(section(page).getByRole('alert')).toContainText('Line 3: NULL is missing at the end of the line.');
  expect(await daemon.must('fallover query program')).toBe('');
  await section(page).getByRole('button', { name: 'Line 3' }).click();
  await expect(editor).toBeFocused();

  const program = `event "swap_adapter" 0 NULL\nbarrier\nall "${path}" 3 NULL`;
  await editor.fill(program);
  await expect(editor).toHaveAttribute('aria-invalid', 'false');
  await expect(section(page)).toContainText('it replaces the predefined program of swap_adapter.');
  await expect(section(page).getByRole('list', { name: 'What the lines mean' })).toContainText(
    `the command ${path} alone, with the arguments of the event. Exit status 3 is success`,
  );
  const command = await commandOf(page);
  expect(command).toBe(`fallover modify event swap_adapter RECOVERY_PROGRAM='${program}'`);
  await save(page);
  await expect(page.getByText('Saved in the draft.')).toBeVisible();
  await expect(section(page)).toContainText('In force is still the predefined one, until the draft is synchronised.');
  await expectAccessible(page);
  expect(await daemon.must('fallover query program swap_adapter --raw')).toBe(program);
  expect(await daemon.must('fallover query program swap_adapter --active')).toContain('PROGRAM="predefined"');
  await daemon.must('fallover sync');
  await page.reload();
  await expect(section(page).getByText('replaced', { exact: true })).toBeVisible();
  await expect(section(page)).not.toContainText('In force is still');

  await section(page).getByRole('button', { name: 'Take the predefined program again' }).click();
  await expect(section(page).getByText('predefined', { exact: true })).toBeVisible();
  expect(await commandOf(page)).toBe('fallover modify event swap_adapter RECOVERY_PROGRAM=');
});

test('a full pathname in it is run when the event is reported, and the run shows it', async ({ console: page, daemon }) => {
  const path = daemon.script('tell-route', ['echo "route of $1 on $LOCALNODENAME"', 'exit 3']);
  await daemon.must(
    `fallover modify event join_standby RECOVERY_PROGRAM='all "${path}" 3 NULL\nbarrier\nevent "join_standby" 0 NULL'`,
  );
  await daemon.must('fallover sync');
  const run = /[0-9a-f]{8}-[0-9a-f-]+/.exec(
    await daemon.must('fallover report join_standby nodea label1 --source test --id 1'),
  )?.[0];
  await page.goto(`/runs/${run}`);
  await expect(page.getByText('succeeded').first()).toBeVisible();
  await expect(page.getByText(path).first()).toBeVisible();
  await expect(page.getByText('status 3, as expected')).toBeVisible();
  await expectAccessible(page);
  expect(await daemon.must(`fallover query run ${run}`)).toContain(path);
});
