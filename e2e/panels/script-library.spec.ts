import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { commandOf, entry, expect, expectAccessible, loadExample, testOnOneCluster, title, toolbar } from '../test.ts';

const test = testOnOneCluster(loadExample, { scriptLibrary: true });
const save = (page: Page) => toolbar(page).getByRole('button', { name: /Do: (add to|save in) the draft/ });
const editor = (page: Page) => page.getByRole('textbox', { name: 'Script', exact: true });

test('a script is typed, looked at by sh -n, added, laid down by Synchronise and run', async ({ console: page, daemon }) => {
  await page.goto('/smit/cm_script_library');
  await expect(page.getByText('The library is empty.', { exact: false })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Add a library script' }).click();
  await entry(page, 'Script Name').fill('mend-disks');
  await editor(page).fill('#!/bin/sh\nif true; then\necho "mended $1"\n');
  await expect(page.getByRole('list').getByText(/expecting "fi"/)).toBeVisible();
  await expectAccessible(page);
  await editor(page).fill('#!/bin/sh\necho "mended $1"\n');
  await expect(page.getByText('/bin/sh -n finds nothing wrong.', { exact: false })).toBeVisible();
  await save(page).click();
  await expect(title(page, 'mend-disks')).toBeVisible();
  await expect(page.getByText('No file of it is laid down yet: it is not active.')).toBeVisible();

  const path = join(daemon.library, 'current/mend-disks');
  await daemon.must(`fallover modify event network_down NOTIFYCOMMAND=${path}`);
  await daemon.must('fallover sync');
  expect(readFileSync(path, 'utf8')).toBe('#!/bin/sh\necho "mended $1"\n');
  await expect(page.getByText('On this node its file is as it was laid down.')).toBeVisible();
  await expect(page.getByText(/^event network_down$/)).toBeVisible();
  await daemon.must('fallover run network_down -1 net1');
  expect(daemon.hacmpOut()).toContain('mended network_down');
});

test('what differs from the active script stands line by line, and F6 has the line that says the same', async ({
  console: page,
  daemon,
}) => {
  await page.goto('/smit/cm_script/mend-disks');
  await editor(page).fill('#!/bin/sh\necho "mended $1, it’s done"\n');
  await page.getByRole('button', { name: 'Differences from active' }).click();
  const differences = page.getByRole('region', { name: 'Differences from the active script' });
  await expect(differences.getByRole('row', { name: /it’s done/ })).toBeVisible();
  await expectAccessible(page);
  await daemon.must(await commandOf(page));
  await expect(save(page)).toBeDisabled();
  expect(await daemon.must('fallover query script mend-disks')).toContain('it’s done');
  await daemon.must('fallover revert script mend-disks');
});

test('a file that somebody has changed is told, found by Verify and mended by Synchronise', async ({ console: page, daemon }) => {
  const path = join(daemon.library, 'current/mend-disks');
  chmodSync(path, 0o755);
  writeFileSync(path, '#!/bin/sh\nexit 0\n');
  await page.goto('/smit/cm_script_library');
  await expect(page.getByRole('row', { name: /^mend-disks/ })).toContainText('changed');
  await expectAccessible(page);
  expect((await daemon.shell('fallover verify')).out).toContain('mend-disks');
  await daemon.must('fallover sync');
  expect(readFileSync(path, 'utf8')).toContain('mended');
  await expect(page.getByRole('row', { name: /^mend-disks/ })).toContainText('as configured');
});

test('somebody saved it meanwhile: their lines stand there, and what was typed stays', async ({ console: page, daemon }) => {
  await page.goto('/smit/cm_script/mend-disks');
  await editor(page).fill('#!/bin/sh\necho mine\n');
  writeFileSync(join(daemon.state, 'theirs.sh'), '#!/bin/sh\necho theirs\n');
  await daemon.must(`fallover modify script mend-disks FILE=${join(daemon.state, 'theirs.sh')}`);
  await expect(page.getByText('Somebody saved this script meanwhile. What you typed is still here.')).toBeVisible();
  await expect(page.getByRole('region', { name: 'What they changed' }).getByRole('row', { name: /echo theirs/ })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Keep my text, drop theirs' }).click();
  await save(page).click();
  await expect(save(page)).toBeDisabled();
  expect(await daemon.must('fallover query script mend-disks')).toContain('echo mine');
  await page.goto('/smit/cm_synchronise');
  await page.getByRole('link', { name: 'Line by line' }).click();
  await expect(page.getByRole('region', { name: 'Differences from the active script' })).toContainText('echo mine');
});
