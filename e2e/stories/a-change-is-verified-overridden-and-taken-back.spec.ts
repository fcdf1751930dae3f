import { chmodSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { commandOf, entry, expect, expectAccessible, loadExample, test, title, toolbar } from '../test.ts';

const run = (page: Page, label: RegExp) => toolbar(page).getByRole('button', { name: label }).click();

test('a change is verified, blocked by an error, overridden by its name, found in the history, and taken back', async ({
  console: page,
  daemon,
}) => {
  await loadExample(daemon);
  const script = daemon.script('page-me', []);
  chmodSync(script, 0o644);

  await page.goto('/smit/cm_event/node_down');
  await entry(page, 'Notify Command').fill(script);
  await run(page, /Do: save in the draft/);
  await page.getByRole('link', { name: 'not synchronised: 1 change' }).click();
  await expect(title(page, 'Verify and Synchronise')).toBeVisible();

  // Verification says where, why and what to do, and leads there.
  await page.getByRole('button', { name: 'Verify the draft' }).click();
  const found = page.getByRole('list', { name: 'What verification of the draft found' });
  await expect(found.getByRole('listitem').first()).toContainText('is not executable');
  await expectAccessible(page);
  await found.getByRole('link', { name: 'event node_down · Notify Command on nodea' }).click();
  await expect(entry(page, 'Notify Command')).toBeFocused();
  await page.goBack();

  // It blocks, whoever tries.
  await entry(page, 'Comment').fill('Pages me');
  await run(page, /Do: synchronise/);
  await expect(page.getByText(/Verification found an error, so nothing was made active/)).toBeVisible();
  await expect(entry(page, 'Comment')).toHaveValue('Pages me');
  await found.getByRole('checkbox', { name: /^Override not_executable:/ }).check();
  expect(await commandOf(page)).toBe(
    "fallover sync --comment 'Pages me' --override not_executable:event/node_down/notifyCommand@nodea",
  );
  await run(page, /Do: synchronise/);
  await expect(page.getByText('Revision 2 is active, with changes in 1 entry.')).toBeVisible();

  // The history keeps who overrode what, and the way back.
  await page.getByRole('navigation', { name: 'Menu' }).getByRole('link', { name: 'Configuration History' }).click();
  await expect(page.getByRole('row', { name: /Pages me/ })).toContainText('1 error overridden');
  await page.getByRole('link', { name: 'Changes of revision 2' }).click();
  await expect(page.getByRole('row', { name: /^Notify Command/ })).toContainText(script);
  await page.getByRole('navigation', { name: 'Menu' }).getByRole('link', { name: 'Configuration History' }).click();
  await page.getByRole('link', { name: '1', exact: true }).click();
  await page.getByRole('button', { name: 'Restore as draft' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Restore as draft' }).click();
  await expect(page.getByText('The draft is as revision 1.')).toBeVisible();

  await page.getByRole('link', { name: 'not synchronised: 1 change' }).click();
  await run(page, /Do: synchronise/);
  await expect(page.getByText('Revision 3 is active, with changes in 1 entry.')).toBeVisible();
});
