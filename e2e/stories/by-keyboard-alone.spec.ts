import type { Locator, Page } from '@playwright/test';
import { entry, expect, loadExample, testOnOneCluster, title } from '../test.ts';

const test = testOnOneCluster(loadExample);

/** Tab, until what is wanted has the focus; every stop on the way has to show that it has it. */
async function tabTo(page: Page, wanted: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let stops = 0; stops < 80; stops += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`Eighty times ${key} did not lead to ${wanted}.`);
}

test('I configure and run an event by keyboard alone', async ({ console: page, daemon }) => {
  const script = daemon.script('typed', ['echo "started from the keyboard"']);
  const menu = page.getByRole('navigation', { name: 'Menu' });
  await page.goto('/runs');
  await expect(title(page, 'Runs')).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'To the panel' })).toBeFocused();

  await tabTo(page, menu.getByRole('link', { name: 'Change/Show Pre-Defined Events' }));
  await page.keyboard.press('Enter');
  await expect(title(page, 'Change/Show Pre-Defined Events')).toBeVisible();
  await tabTo(page, page.getByRole('textbox', { name: 'Search events' }));
  await page.keyboard.type('join_standby');
  const found = page.getByRole('table', { name: 'Events' }).getByRole('link', { name: 'join_standby', exact: true });
  await expect(page.getByRole('table', { name: 'Events' }).getByRole('link')).toHaveCount(1);
  await tabTo(page, found);
  await page.keyboard.press('Enter');

  await expect(title(page, 'join_standby')).toBeVisible();
  await tabTo(page, entry(page, 'Event Command'));
  await page.keyboard.type(script);
  await tabTo(page, entry(page, 'Pre-Event Command'));
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('list', { name: 'Pre-Event Command, in order' })).toContainText('check_disks');
  await tabTo(page, entry(page, 'Time Until Warning'));
  await page.keyboard.type('90');
  await page.keyboard.press('F6');
  const command = page.getByRole('dialog', { name: 'Command' });
  await expect(command).toContainText(
    `fallover modify event join_standby COMMAND=${script} PREEVENTCOMMAND=check_disks TIMEUNTILWARNING=90`,
  );
  await page.keyboard.press('Escape');
  await expect(command).toBeHidden();
  await tabTo(page, entry(page, 'Time Until Warning'));
  await page.keyboard.press('Enter');
  await expect(page.getByText('Saved in the draft.')).toBeVisible();

  await tabTo(
    page,
    page
      .getByRole('main')
      .getByRole('link', { name: /synchronised/ })
      .first(),
    'Shift+Tab',
  );
  await page.keyboard.press('Enter');
  await expect(title(page, 'Synchronise')).toBeVisible();
  await tabTo(page, entry(page, 'Comment'));
  await page.keyboard.type('by keyboard');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Revision 2 is active, with changes in 1 entry.')).toBeVisible();

  await tabTo(page, menu.getByRole('link', { name: 'Run an Event', exact: true }), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(title(page, 'Run an Event')).toBeVisible();
  await tabTo(page, entry(page, 'Event'));
  await page.keyboard.type('join_standby');
  await tabTo(page, entry(page, 'LABEL'));
  await page.keyboard.type('ip1');
  await expect(page.getByRole('region', { name: 'What will be run' })).toContainText(script);
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Run join_standby nodea ip1?' });
  await expect(dialog).toBeVisible();
  await tabTo(page, dialog.getByRole('button', { name: 'Run', exact: true }));
  await page.keyboard.press('Enter');

  await expect(dialog).toBeHidden();
  await expect(title(page, 'join_standby nodea ip1')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Output of event' })).toContainText('started from the keyboard');
  await tabTo(page, page.getByRole('region', { name: 'Steps' }).getByRole('button').first());
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Output of pre-event check_disks' })).toContainText('Before join_standby');
  await page.keyboard.press('Escape');
  await page.keyboard.press('3');
  await expect(title(page, 'Runs')).toBeVisible();
});
