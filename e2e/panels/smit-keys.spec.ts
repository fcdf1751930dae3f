import type { Page } from '@playwright/test';
import { entry, expect, expectAccessible, loadExample, testOnOneCluster, title, toolbar } from '../test.ts';

const test = testOnOneCluster(loadExample);
const EVENT = '/smit/cm_event/network_down';

test('F1 explains the field beside the panel, follows the focus, and gives it back', async ({ console: page }) => {
  await page.goto(EVENT);
  await entry(page, 'Recovery Command Retry').focus();
  await page.keyboard.press('F1');
  const help = page.getByRole('complementary', { name: 'Help' });
  await expect(help).toContainText('How many times the recovery command is tried for one event, 0 to 100.');
  await expect(help.getByRole('heading', { name: 'Recovery Command Retry' })).toBeFocused();
  await expectAccessible(page);
  await entry(page, 'Notify Command').focus();
  await expect(help.getByRole('heading', { name: 'Notify Command' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('1');
  await expect(help).toBeHidden();
});

test('F4 takes several pre-events by keyboard alone; F6 has the line, F5 puts all back', async ({ console: page }) => {
  await page.goto(EVENT);
  await entry(page, 'Pre-Event Command').focus();
  await page.keyboard.press('F4');
  const list = page.getByRole('dialog', { name: 'Pre-Event Command' });
  await expect(list.getByRole('combobox')).toBeFocused();
  await expect(list.getByRole('option').first()).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.type('check_disks');
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  await expect(list).toBeHidden();
  await expect(entry(page, 'Pre-Event Command')).toBeFocused();
  await page.keyboard.press('F6');
  const command = page.getByRole('dialog', { name: 'Command' });
  await expect(command.locator('pre')).toHaveText('fallover modify event network_down PREEVENTCOMMAND=check_disks');
  await page.keyboard.press('Escape');
  await expect(command).toBeHidden();
  await page.keyboard.press('F5');
  await expect(page.getByRole('list', { name: 'Pre-Event Command, in order' })).toBeHidden();
});

test('a word typed faster than the page is drawn is the list’s from its first letter', async ({ console: page }) => {
  await page.goto(EVENT);
  await entry(page, 'Pre-Event Command').focus();
  await pressAtOnce(page, 'F4', ...'check_disks');
  await expect(page.getByRole('combobox', { name: 'Find in the list of Pre-Event Command' })).toHaveValue('check_disks');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page.getByRole('list', { name: 'Pre-Event Command, in order' })).toBeHidden();
  await title(page, 'network_down').focus();
  await pressAtOnce(page, '/', ...'cm_events');
  await expect(page.getByRole('combobox', { name: 'Fast path' })).toHaveValue('cm_events');
});

test('Esc and a digit are the function keys everywhere, also while typing', async ({ console: page }) => {
  await page.goto(EVENT);
  await entry(page, 'Notify Command').focus();
  await page.keyboard.press('Escape');
  await page.keyboard.press('8');
  const image = page.getByRole('dialog', { name: 'Image of network_down' });
  await expect(image.locator('pre')).toContainText(/Recovery Command Retry +\[2\] #/);
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(image).toBeHidden();
  await page.keyboard.press('Escape');
  await page.keyboard.press('3');
  await expect(title(page, 'Change/Show Pre-Defined Events')).toBeFocused();
});

test('? has all keys of the panel; single letters can be switched off, and stay so', async ({ console: page }) => {
  await page.goto(EVENT);
  await expect(entry(page, 'Notify Command')).toBeVisible();
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keys of this panel' });
  await expect(sheet).toContainText('Ctrl Enter');
  await expectAccessible(page);
  await sheet.getByRole('switch', { name: 'Keys of a single letter' }).press('Space');
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  await page.reload();
  await expect(entry(page, 'Notify Command')).toBeVisible();
  await page.keyboard.press('?');
  await page.keyboard.press('/');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await toolbar(page).getByRole('button', { name: '? Keys' }).click();
  await sheet.getByRole('switch').press('Space');
});

test('Ctrl-Enter does what Enter does, from any entry', async ({ console: page }) => {
  await page.goto('/smit/cm_time_until_warning?q=node_up');
  const seconds = entry(page, 'Time Until Warning of node_up');
  await seconds.fill('90');
  await expectAccessible(page);
  await seconds.press('Control+Enter');
  await expect(page.getByText('One event is saved in the draft.')).toBeVisible();
  await seconds.fill('0');
  await expect(seconds).toHaveAttribute('aria-invalid', 'true');
  await expect(toolbar(page).getByRole('button', { name: /^Enter/ })).toBeDisabled();
});

test('on paper a panel stands without menu and function bar', async ({ console: page }) => {
  await page.goto(EVENT);
  await expect(title(page, 'network_down')).toBeVisible();
  await page.emulateMedia({ media: 'print' });
  await expect(toolbar(page)).toBeHidden();
  await expect(page.getByRole('navigation', { name: 'Menu' })).toBeHidden();
  await expect(entry(page, 'Notify Command')).toBeVisible();
});

/** All keys before the page has done anything about the first, as when it is busy. */
async function pressAtOnce(page: Page, ...keys: string[]): Promise<void> {
  const browser = await page.context().newCDPSession(page);
  const F4 = 115;
  await Promise.all(
    keys.flatMap((key) => [
      browser.send('Input.dispatchKeyEvent', {
        type: 'keyDown',
        key,
        ...(key === 'F4' ? { windowsVirtualKeyCode: F4 } : { text: key }),
      }),
      browser.send('Input.dispatchKeyEvent', { type: 'keyUp', key }),
    ]),
  );
  await browser.detach();
}

for (const width of [1280, 390])
  test(`what is reached by keyboard is never below the function bar, ${width} px wide`, async ({ console: page }) => {
    await page.setViewportSize({ width, height: 500 });
    await page.goto('/smit/cm_event/node_down');
    await expect(title(page, 'node_down')).toBeVisible();
    const hidden: string[] = [];
    for (const key of ['Tab', 'Shift+Tab'])
      for (let times = 0; times < 45; times += 1) {
        await page.keyboard.press(key);
        const below = await page.evaluate(() => {
          const [focused, bar] = [document.activeElement, document.querySelector('.smit-function-bar')];
          if (!focused || !bar || bar.contains(focused) || !focused.closest('.smit-panel')) return undefined;
          const [its, top] = [focused.getBoundingClientRect(), bar.getBoundingClientRect().top];
          return its.bottom > top + 1 ? `${focused.outerHTML.slice(0, 120)}: ${its.bottom} is below ${top}` : undefined;
        });
        if (below !== undefined) hidden.push(below);
      }
    expect(hidden).toEqual([]);
  });
