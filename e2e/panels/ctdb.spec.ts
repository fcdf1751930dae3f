import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { commandOf, entry, expect, expectAccessible, expectRefused, testOnOneCluster, title, toolbar } from '../test.ts';

const test = testOnOneCluster(
  async (daemon) => {
    const { ctdbBase, eventScript, must, shell } = daemon;
    const waits = daemon.gate('startup').waits;
    eventScript('legacy', '10.interface.script', ['#!/bin/sh', 'case $1 in takeip) echo "$2 gets $3/$4" ;; esac']);
    eventScript('legacy', '20.waits.script', ['#!/bin/sh', `[ "$1" = startup ] || exit 0; ${waits}`]);
    eventScript('legacy', '30.empty.script', []);
    eventScript('legacy', '50.samba.script', [
      '#!/bin/sh',
      '# \u202ehostile',
      '[ "$1" = monitor ] || exit 0',
      `printf 'smbd is \\033[31mnot\\033[0m running <b>here</b>\\n\\007'`,
      'exit 1',
    ]);
    eventScript('legacy', '60.off.script', ['#!/bin/sh'], 0o644);
    eventScript('legacy', '70.old.script~', ['#!/bin/sh']);
    eventScript('watched', '10.interface.script', ['#!/bin/sh']);
    const installed = join(ctdbBase, 'share/events/legacy');
    mkdirSync(installed, { recursive: true, mode: 0o755 });
    writeFileSync(join(installed, '80.nfs.script'), '#!/bin/sh\n', { mode: 0o755 });
    await must('fallover modify component watched mode=observed');
    await shell('fallover ctdb event run 10 legacy monitor');
  },
  { ctdb: true },
);

const scripts = (page: Page) => page.getByRole('table', { name: 'Scripts in the order in which they run' });
const row = (page: Page, name: string) => scripts(page).getByRole('row', { name: new RegExp(name.replace('.', '\\.')) });

test('the components of the node, each with its mode, its health and what runs in it', async ({ console: page }) => {
  await page.goto('/');
  await page.getByRole('navigation', { name: 'Menu' }).getByRole('link', { name: 'Components', exact: true }).click();
  await expect(title(page, 'Components')).toBeVisible();
  const table = page.getByRole('table', { name: 'Components' });
  // Its monitor was run by a person and failed: that is no health.
  await expect(table.getByRole('row', { name: /^legacy/ })).toContainText('not monitored');
  await expect(table.getByRole('row', { name: /^watched/ })).toContainText('observed');
  await expectAccessible(page);
  expect(await commandOf(page)).toContain('fallover ctdb event script list legacy');
});

test('one component: scripts in their order, why one is not run, and what they said', async ({ console: page, daemon }) => {
  // All of it at once: what the function bar covers in part would be a target that is too small.
  await page.setViewportSize({ width: 1280, height: 1600 });
  await page.goto('/smit/cm_component/legacy');
  await expect(scripts(page).getByRole('row')).toContainText([/Script/, /10/, /20/, /30/, /50/, /60/]);
  await expect(row(page, '30.empty')).toContainText('DISABLED');
  await expect(row(page, '30.empty')).toContainText('is empty: it counts as disabled');
  await expect(row(page, '60.off')).toContainText('its owner may not execute it');
  await expect(row(page, '50.samba')).toContainText('ERROR');
  await expect(page.getByRole('region', { name: 'Output of 50.samba' })).toContainText('smbd is not running <b>here</b>');
  await expect(page.getByRole('region', { name: 'Ignored files' })).toContainText('70.old.script~');
  await expect(page.getByRole('img', { name: /1 failed/ })).toBeVisible();
  await expectAccessible(page);
  const said = await daemon.shell((await commandOf(page)).split('\n').at(-1) ?? '');
  expect(said.out).toMatch(/50\.samba +ERROR/);
});

test('a script is enabled and disabled, by its mode or by a link, as is said before', async ({ console: page, daemon }) => {
  await page.goto('/smit/cm_component/legacy');
  await page.getByRole('button', { name: 'Enable 60.off' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('60.off.script (chmod a+x)');
  await expect(dialog).toContainText('fallover ctdb event script enable legacy 60.off');
  await dialog.getByRole('button', { name: 'Enable' }).click();
  await expect(page.getByText(/^60\.off is enabled: .* has the mode 0755\.$/)).toBeVisible();
  await expect(row(page, '60.off')).toContainText('enabled');
  await page.getByRole('button', { name: 'Enable 80.nfs' }).click();
  const installed = join(daemon.ctdbBase, 'share/events/legacy/80.nfs.script');
  await expect(dialog).toContainText(`a link in ${join(daemon.ctdbBase, 'events/legacy')} to the installed script ${installed}`);
  await dialog.getByRole('button', { name: 'Enable' }).click();
  await expect(row(page, '80.nfs')).toContainText(`by a link to ${installed}`);
  await page.getByRole('button', { name: 'Disable 80.nfs' }).click();
  await expect(dialog).toContainText('removes the link');
  await daemon.must((await dialog.locator('pre').textContent()) ?? '');
  await expect(row(page, '80.nfs')).toBeHidden();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
});

test('the text of a script is read with its line numbers, and is text whatever it says', async ({ console: page }) => {
  await page.goto('/smit/cm_component/legacy');
  await page.getByRole('link', { name: '50.samba' }).click();
  await expect(title(page, '50.samba')).toBeVisible();
  const text = page.getByRole('region', { name: 'Text of 50.samba' });
  await expect(text).toContainText('# <U+202E>hostile');
  await expect(text.locator('.script-line')).toHaveCount(5);
  await expectAccessible(page);
});

test('an event is run with the arguments that it has, by keyboard alone, and followed to its end', async ({
  console: page,
  daemon,
}) => {
  await page.goto('/smit/cm_run_component_event?component=legacy');
  await entry(page, 'Event').focus();
  await page.keyboard.type('takeip');
  await page.keyboard.press('Control+Enter');
  await expectRefused(page, 'IP', 'IP is missing.');
  await entry(page, 'IFACE').focus();
  await page.keyboard.type('eth0');
  await page.keyboard.press('Tab');
  await page.keyboard.type('10.0.0.9');
  await page.keyboard.press('Tab');
  await page.keyboard.type('24');
  await expectAccessible(page);
  const command = await commandOf(page);
  expect(command).toBe('fallover ctdb event run 30 legacy takeip eth0 10.0.0.9 24');
  await entry(page, 'MASKBITS').focus();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('dialog', { name: 'Run takeip eth0 10.0.0.9 24 in legacy?' })).toBeVisible();
  await page.keyboard.press('Tab');
  await page.getByRole('dialog').getByRole('button', { name: 'Run' }).press('Enter');
  await expect(title(page, 'takeip eth0 10.0.0.9 24 in legacy')).toBeVisible();
  await expect(page.getByText('takeip in legacy is done.')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Output of 10.interface' })).toContainText('eth0 gets 10.0.0.9/24');
  await expectAccessible(page);
  await daemon.must(command);
});

test('it is watched script by script, goes on when its page is closed, and ends when it is cancelled', async ({
  console: page,
  daemon,
}) => {
  await page.goto('/smit/cm_run_component_event?component=legacy&event=startup');
  await toolbar(page)
    .getByRole('button', { name: /Do: run/ })
    .click();
  await page.getByRole('dialog').getByRole('button', { name: 'Run' }).click();
  const table = page.getByRole('table', { name: 'Scripts' });
  await expect(table.getByRole('row', { name: /^20\.waits/ })).toContainText('running');
  await expect(table.getByRole('row', { name: /^10\.interface/ })).toContainText('OK');
  await expect(table.getByRole('row', { name: /^50\.samba/ })).toContainText('still to come');
  await expect(page.getByText('Closing this page does not end it')).toBeVisible();
  await expectAccessible(page);
  await page.goto('/smit/cm_component/legacy');
  const now = page.getByRole('region', { name: 'Runs now' });
  await expect(now).toContainText('startup');
  await expect(now).toContainText('in 20.waits');
  await now.getByRole('button', { name: 'Cancel startup in legacy' }).click();
  await page.getByRole('button', { name: 'Cancel the event' }).click();
  await expect(now).toBeHidden();
  daemon.gate('startup').open();
  await page.getByRole('button', { name: 'Events', exact: true }).click();
  const ran = page.getByRole('table', { name: 'Events that ran' });
  await expect(ran.getByRole('row', { name: /^startup/ })).toContainText('cancelled');
  await expectAccessible(page);
  await daemon.must('fallover ctdb event run 10 legacy startup');
  await expect(ran.getByRole('row', { name: /^startup/ }).first()).toContainText('OK');
});

test('the health of monitor is a strip and a table, and heals', async ({ console: page, daemon }) => {
  daemon.eventScript('legacy', '50.samba.script', ['#!/bin/sh']);
  await daemon.must('fallover ctdb event run 10 legacy monitor');
  await page.goto('/smit/cm_component/legacy?view=health');
  await expect(page.getByRole('img', { name: /1 failed, 1 OK/ })).toBeVisible();
  const table = page.getByRole('table', { name: 'How monitor ended' });
  await expect(table.getByRole('row')).toContainText([/Outcome/, /OK/, /failed.*50\.samba/]);
  await expectAccessible(page);
});

test('verification says what is wrong in a directory and why a file is ignored', async ({ console: page, daemon }) => {
  await page.goto('/smit/cm_component/legacy?view=verification');
  const table = page.getByRole('table', { name: 'Findings' });
  await expect(table.getByRole('row', { name: /^warning/ })).toContainText('30.empty');
  const path = join(daemon.ctdbBase, 'events/legacy/10.interface.script');
  chmodSync(path, 0o777);
  await page.getByRole('button', { name: 'Verify again' }).click();
  await expect(table.getByRole('row', { name: /^error/ })).toContainText('10.interface.script');
  await expectAccessible(page);
  chmodSync(path, 0o755);
  await daemon.must('fallover modify component legacy profile=readme');
  daemon.eventScript('legacy', '10.double', ['#!/bin/sh']);
  await page.reload();
  await expect(page.getByText(/have the number 10, and under the profile readme/).first()).toBeVisible();
  await page.goto('/smit/cm_run_component_event?component=legacy&event=monitor');
  await expect(toolbar(page).getByRole('button', { name: /Do: run/ })).toBeDisabled();
});

test('in an observed component no event is run, and it is said who runs them', async ({ console: page }) => {
  await page.goto('/smit/cm_run_component_event?component=watched&event=monitor');
  await expect(page.getByText(/The component watched is observed: the ctdbd of this node runs its events/)).toBeVisible();
  await expect(toolbar(page).getByRole('button', { name: /Do: run/ })).toBeDisabled();
  await expectAccessible(page);
});

test('a directory is made a component, is changed, and is none again, by keyboard', async ({ console: page, daemon }) => {
  const directory = `${daemon.ctdbBase}/events/watched`;
  await page.goto('/smit/cm_components');
  await page.getByRole('link', { name: 'Add a component …' }).press('Enter');
  await expect(title(page, 'Add a Component')).toBeVisible();
  await page.getByLabel('Component Name').focus();
  await page.keyboard.type('mine');
  await page.keyboard.press('Tab');
  await page.keyboard.type('events/watched');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('has to be a full pathname, beginning with / and without')).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel('Directory').focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.type(directory);
  expect(await commandOf(page)).toBe(`fallover add component mine DIRECTORY=${directory}`);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('is a component now, with 1 event script.')).toBeVisible();

  await page.goto('/smit/cm_component/mine');
  await page.getByRole('link', { name: 'Change or remove …' }).press('Enter');
  await expect(title(page, 'Change/Show a Component')).toBeVisible();
  await entry(page, 'Profile').selectOption('readme');
  await daemon.must(await commandOf(page));
  await expect(entry(page, 'Profile')).toHaveValue('readme');
  await expect(page.getByRole('button', { name: /Do: change/ })).toBeDisabled();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Remove this component …' }).press('Enter');
  await expectAccessible(page);
  await page.getByRole('dialog').getByRole('button', { name: 'Remove it' }).press('Enter');
  await expect(title(page, 'Components')).toBeVisible();
  await expect(page.getByRole('row', { name: /^mine/ })).toHaveCount(0);
});

test('one that is driven is removed only when its shutdown is over, as panel and shell say in the same words', async ({
  console: page,
  daemon,
}) => {
  const gate = daemon.gate('shutdown');
  daemon.eventScript('served', '10.waits.script', ['#!/bin/sh', `[ "$1" = shutdown ] || exit 0; ${gate.waits}`]);
  const refused = async (): Promise<string> => (await daemon.shell('fallover delete component kept')).err.trim();
  await daemon.must(`fallover add component kept directory=${daemon.ctdbBase}/events/served mode=driven`);
  await page.goto('/smit/cm_change_component/kept');
  const driven = await refused();
  expect(driven).toMatch(/^The component kept is driven, and what its scripts have started goes on until its shutdown has run/);
  await expect(page.getByText(driven)).toHaveCount(1);
  await expect(page.getByRole('button', { name: 'Remove this component …' })).toHaveCount(0);
  await entry(page, 'Mode').selectOption('observed');
  await page.getByRole('button', { name: /Do: change/ }).click();
  await expect(page.getByText(driven)).toHaveCount(2);
  await expectAccessible(page);
  await entry(page, 'Mode').selectOption('manual');
  await page.getByRole('button', { name: /Do: change/ }).click();
  await page.getByRole('button', { name: 'Remove this component …' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Remove it' }).click();
  const notOver = await refused();
  expect(notOver).toMatch(/^The shutdown of the component kept is not over yet/);
  await expect(dialog.getByRole('alert')).toContainText(notOver);
  await expectAccessible(page);
  gate.open();
  await expect.poll(() => daemon.must('fallover query component kept')).not.toContain('shutdown in kept');
  await dialog.getByRole('button', { name: 'Remove it' }).click();
  await expect(title(page, 'Components')).toBeVisible();
});
