import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { commandOf, entry, expect, expectAccessible, loadExample, testOnOneCluster, toolbar } from '../test.ts';

const test = testOnOneCluster(loadExample);
const doIt = (page: Page) => toolbar(page).getByRole('button', { name: /Do: (show what would change|read it into the draft)/ });
const changes = (page: Page) => page.getByRole('table', { name: 'Changes in the draft' });

/** What odmget prints of a cluster on AIX. */
const ODM = `
HACMPevent:
	name = "network_down"
	desc = "Script run when a network has failed."
	setno = 101
	msgno = 18
	catalog = "events.cat"
	cmd = "/usr/es/sbin/cluster/events/network_down"
	notify = ""
	pre = ""
	post = ""
	recv = ""
	count = 0
	event_duration = 90
`;

test('the configuration is seen in each format, and downloaded as it is seen', async ({ console: page, daemon }) => {
  await page.goto('/smit/cm_import_export');
  const file = page.getByRole('region', { name: 'The file' });
  await expect(file).toContainText('"cluster": "payroll"');
  await expectAccessible(page);
  await entry(page, 'Format').selectOption('clmgr');
  await expect(file).toContainText('clmgr modify event');
  await expect(page).toHaveURL(/format=clmgr$/);
  const downloading = page.waitForEvent('download');
  await page.getByRole('link', { name: /^Download / }).click();
  const saved = readFileSync(await (await downloading).path(), 'utf8');
  expect(saved).toBe(await daemon.must('fallover export --format clmgr --of draft'));
});

test('a file is read into the draft in two steps: what would change, then the change', async ({ console: page, daemon }) => {
  await page.goto('/smit/cm_import_export?do=import');
  await page.getByLabel('File', { exact: true }).setInputFiles({
    name: 'hacmp-events.odm',
    mimeType: 'text/plain',
    buffer: Buffer.from(ODM),
  });
  expect(await commandOf(page)).toBe('fallover apply hacmp-events.odm --dry-run');
  await doIt(page).click();
  await expect(changes(page).getByRole('row', { name: /^Time Until Warning/ })).toContainText('90');
  await expect(page.getByText(/thing[s]? to know$/)).toBeVisible();
  expect(await daemon.must('fallover query event network_down')).not.toContain('TIMEUNTILWARNING="90"');
  await expectAccessible(page);
  await doIt(page).click();
  await expect(page.getByText('It is in the draft. It holds once it is synchronised.')).toBeVisible();
  expect(await daemon.must('fallover query event network_down')).toContain('TIMEUNTILWARNING="90"');
});

test('a file that cannot be read is refused with the lines that are wrong, and changes nothing', async ({
  console: page,
  daemon,
}) => {
  const before = await daemon.must('fallover export');
  await page.goto('/smit/cm_import_export?do=import');
  await entry(page, 'Text of the file').fill(
    'Class,Name,Field,Node,Value\nevent,node_up,RECOVERYCOUNTER,,many\nevent,node_sideways,,,\n',
  );
  await doIt(page).click();
  const wrong = page.getByRole('region', { name: 'Lines that cannot be read' });
  await expect(wrong).toContainText('event,node_up,RECOVERYCOUNTER,,many');
  await expectAccessible(page);
  await expect(entry(page, 'Text of the file')).toHaveValue(/node_sideways/);
  expect(await daemon.must('fallover export')).toBe(before);
});
