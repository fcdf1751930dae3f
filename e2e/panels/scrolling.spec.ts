import type { Locator, Page } from '@playwright/test';
import { entry, expect, expectAccessible, loadExample, testOnOneCluster, title, toolbar } from '../test.ts';

const test = testOnOneCluster(loadExample);
const LONG = '/smit/cm_event/node_down';

const scrolled = (page: Page): Promise<number> => page.locator('.smit-panel-scroll').evaluate(({ scrollTop }) => scrollTop);
const scrollTo = (page: Page, top: number): Promise<void> =>
  page.locator('.smit-panel-scroll').evaluate((box, to) => {
    box.scrollTop = to;
  }, top);
const topOf = async (part: Locator): Promise<number> => (await part.boundingBox())?.y ?? Number.NaN;

for (const [width, colorScheme] of [
  [1280, 'light'],
  [390, 'dark'],
] as const)
  test(`a long panel is usable wherever it is scrolled to, ${width} px wide, ${colorScheme}`, async ({ console: page }) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 600 });
    await page.goto(LONG);
    await expect(entry(page, 'Notify Command')).toBeVisible();
    // Steps of a field and a half: at one of them or another each is cut by the bar and by the upper edge.
    for (const top of [0, 97, 194, 291, 388, 100_000]) {
      await scrollTo(page, top);
      await expectAccessible(page);
    }
  });

test('only what stands between banner and function bar moves, and neither covers any of it', async ({ console: page }) => {
  await page.setViewportSize({ width: 390, height: 600 });
  await page.route('**/api/v1/cluster', async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), state: 'RP_FAILED' } });
  });
  await page.goto(LONG);
  const banner = page.getByRole('alert').filter({ hasText: 'RP_FAILED' });
  await expect(banner).toBeVisible();
  await expect(entry(page, 'Notify Command')).toBeVisible();
  const before = [await topOf(banner), await topOf(toolbar(page))];
  await scrollTo(page, 1_000);
  expect([await topOf(banner), await topOf(toolbar(page))]).toEqual(before);
  const [its, panel, bar] = await Promise.all(
    [banner, page.locator('.smit-panel-scroll'), toolbar(page)].map((part) => part.boundingBox()),
  );
  expect(panel?.y).toBeGreaterThanOrEqual((its?.y ?? 0) + (its?.height ?? 0));
  expect((panel?.y ?? 0) + (panel?.height ?? 0)).toBeLessThanOrEqual(bar?.y ?? 0);
  expect((bar?.y ?? 0) + (bar?.height ?? 0)).toBeLessThanOrEqual(600);
});

test('the keys that scroll a page scroll the panel, whether or not something in it has the focus', async ({ console: page }) => {
  await page.setViewportSize({ width: 1280, height: 600 });
  const keys = async (): Promise<void> => {
    await page.keyboard.press('PageDown');
    await expect.poll(() => scrolled(page)).toBeGreaterThan(300);
    await page.keyboard.press('End');
    await expect.poll(() => scrolled(page)).toBeGreaterThan(1_500);
    await page.keyboard.press('Home');
    await expect.poll(() => scrolled(page)).toBe(0);
  };
  await page.goto(LONG);
  await expect(entry(page, 'Notify Command')).toBeVisible();
  await keys();
  await page.keyboard.press('Space');
  await expect.poll(() => scrolled(page)).toBeGreaterThan(300);
  await page.keyboard.press('Home');
  await title(page, 'node_down').focus();
  await keys();
  await toolbar(page).getByRole('button', { name: 'F3 Cancel' }).focus();
  await keys();
  await page.getByRole('link', { name: 'To the panel' }).press('Enter');
  await keys();
});

test('an address leads to its field, and who goes back finds the place again', async ({ console: page }) => {
  await page.setViewportSize({ width: 1280, height: 600 });
  await page.goto(`${LONG}#entry-recoveryCounter`);
  await expect(entry(page, 'Recovery Command Retry')).toBeFocused();
  await expect(entry(page, 'Recovery Command Retry')).toBeInViewport();
  await page.goto('/smit/cm_events');
  const event = page.getByRole('link', { name: 'network_down', exact: true }).first();
  await expect(event).toBeVisible();
  await scrollTo(page, 700);
  await event.evaluate((link: HTMLElement) => link.click());
  await expect(title(page, 'network_down')).toBeVisible();
  expect(await scrolled(page)).toBe(0);
  await page.goBack();
  await expect(title(page, 'Change/Show Pre-Defined Events')).toBeVisible();
  await expect.poll(() => scrolled(page)).toBe(700);
});

test('on paper, and on a very low screen, a panel is as long as it is', async ({ console: page }) => {
  await page.setViewportSize({ width: 1280, height: 600 });
  await page.goto(LONG);
  await expect(entry(page, 'Notify Command')).toBeVisible();
  const all = await page.locator('.smit-panel-scroll').evaluate(({ scrollHeight }) => scrollHeight);
  expect(all).toBeGreaterThan(1_500);
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('.smit-panel-scroll').evaluate((box) => box.scrollHeight - box.clientHeight)).toBe(0);
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeGreaterThan(1_500);
  await page.emulateMedia({ media: 'screen' });
  await page.setViewportSize({ width: 320, height: 256 });
  await expect(toolbar(page)).not.toBeInViewport();
  await toolbar(page).getByRole('button', { name: 'Cancel' }).focus();
  await expect(toolbar(page).getByRole('button', { name: 'Cancel' })).toBeInViewport({ ratio: 1 });
  await expectAccessible(page);
});

test('help does not cover the function bar', async ({ console: page }) => {
  await page.setViewportSize({ width: 390, height: 700 });
  await page.goto(LONG);
  await entry(page, 'Notify Command').focus();
  await page.keyboard.press('F1');
  const [help, bar] = [page.getByRole('complementary', { name: 'Help' }), toolbar(page)];
  await expect(help).toBeInViewport({ ratio: 1 });
  const [below, above] = await Promise.all([help.boundingBox(), bar.boundingBox()]);
  expect((above?.y ?? 0) + (above?.height ?? 0)).toBeLessThanOrEqual(below?.y ?? 0);
  await expectAccessible(page);
});
