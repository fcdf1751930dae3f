import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';
import { type Daemon, startDaemon } from './daemon.ts';

export { expect };

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const ADMINISTRATOR = { name: 'admin', password: 'a long enough passphrase' };

/** A cluster manager of its own for each test, and `console`: its console, the administrator signed in. */
export const test = base.extend<{ daemon: Daemon; console: Page }>({
  daemon: async ({ browserName: _ }, use, testInfo) => {
    const state = mkdtempSync(join(tmpdir(), 'fallover-e2e-'));
    const daemon = await startDaemon(state);
    await use(daemon);
    await daemon.stop();
    if (testInfo.status !== testInfo.expectedStatus) {
      for (const name of ['daemon.log', 'hacmp.out']) {
        await testInfo.attach(name, { body: readFileSync(join(state, 'log', name)), contentType: 'text/plain' });
      }
    }
    rmSync(state, { recursive: true });
  },
  console: async ({ page, daemon }, use) => {
    await createAdministrator(page, daemon);
    await use(page);
  },
});

/** What the administrator does once, at the URL that the first start prints. */
export async function createAdministrator(page: Page, daemon: Daemon): Promise<void> {
  await page.goto(daemon.setUpUrl);
  await page.getByLabel('Name').fill(ADMINISTRATOR.name);
  await page.getByLabel('Password', { exact: true }).fill(ADMINISTRATOR.password);
  await page.getByLabel('Password again').fill(ADMINISTRATOR.password);
  await page.getByRole('button', { name: 'Create the administrator' }).click();
  await expect(page.getByRole('navigation', { name: 'Menu' })).toBeVisible();
}

/** What a person who does not see the screen, or does not use a mouse, would stumble over on this page: nothing. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
}
