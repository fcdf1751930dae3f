import type { Locator, Page } from '@playwright/test';
import { entry, expect, expectAccessible, loadExample, testOnOneCluster, toolbar } from '../test.ts';

const test = testOnOneCluster(loadExample);
const LONG = '/smit/cm_event/node_down';

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
