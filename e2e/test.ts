import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type BrowserContext, test as base, expect, type Locator, type Page } from '@playwright/test';
import { type Daemon, startDaemon } from './daemon.ts';

export { expect };

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
export const ADMINISTRATOR = { name: 'admin', password: 'a long enough passphrase' };

interface Fixtures {
  daemon: Daemon;
  /** A page of the administrator, signed in; what fails in the page itself fails the test. */
  console: Page;
}
type Cookies = Awaited<ReturnType<BrowserContext['cookies']>>;

/** A cluster manager of its own for each test: for what needs an empty cluster, or ends the cluster manager. */
export const test = base.extend<Fixtures>({
  daemon: async ({ browserName: _ }, use, testInfo) => {
    const daemon = await startDaemon();
    await use(daemon);
    if (testInfo.status !== testInfo.expectedStatus) await attachLogs(daemon, testInfo);
    await daemon.remove();
  },
  baseURL: ({ daemon }, use) => use(daemon.url),
  console: async ({ page, daemon }, use) => {
    const failures = failuresOf(page);
    await createAdministrator(page, daemon);
    await use(page);
    expect(failures).toEqual([]);
  },
});

/** One cluster manager for all tests of a file, which run in their order; `prepare` brings it to where they begin. */
export function testOnOneCluster(
  prepare: (daemon: Daemon) => Promise<void> = async () => {},
  options: Parameters<typeof startDaemon>[0] = {},
) {
  let started: Promise<Daemon> | undefined;
  let cookies: Cookies | undefined;
  const start = async (): Promise<Daemon> => {
    const daemon = await startDaemon(options);
    try {
      await prepare(daemon);
    } catch (error) {
      await daemon.remove();
      throw error;
    }
    return daemon;
  };
  const onOneCluster = base.extend<Fixtures>({
    daemon: async ({ browserName: _ }, use, testInfo) => {
      started ??= start();
      const daemon = await started;
      await use(daemon);
      if (testInfo.status !== testInfo.expectedStatus) await attachLogs(daemon, testInfo);
    },
    baseURL: ({ daemon }, use) => use(daemon.url),
    console: async ({ page, daemon }, use) => {
      const failures = failuresOf(page);
      if (cookies) await page.context().addCookies(cookies);
      else await createAdministrator(page, daemon);
      cookies = await page.context().cookies();
      await use(page);
      expect(failures).toEqual([]);
    },
  });
  onOneCluster.afterAll('the cluster manager', async () => (await started)?.remove());
  return onOneCluster;
}

async function attachLogs(
  { state }: Daemon,
  testInfo: { attach(name: string, what: { body: Buffer; contentType: string }): Promise<void> },
): Promise<void> {
  for (const name of ['daemon.log', 'hacmp.out']) {
    const path = join(state, 'log', name);
    if (existsSync(path)) await testInfo.attach(name, { body: readFileSync(path), contentType: 'text/plain' });
  }
}

/** Exceptions and refused content of a page. An answer that is a refusal is none: the panel words it. */
function failuresOf(page: Page): string[] {
  const failures: string[] = [];
  page.on('pageerror', ({ message }) => failures.push(message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) failures.push(message.text());
  });
  return failures;
}

export const loadExample = async ({ must }: Daemon): Promise<void> => {
  await must('fallover load-example');
};

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
  // The console has no frames; without a second page for theirs, and without what is right, it takes a quarter of the time.
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ runOnly: RULES, resultTypes: ['violations'] });
  const { violations } = await axe.analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
}

export const title = (page: Page, name: string | RegExp): Locator => page.getByRole('heading', { level: 1, name });
export const toolbar = (page: Page): Locator => page.getByRole('toolbar', { name: 'Functions of this panel' });
/** The entry of an argument or field; its label has SMIT's marks beside it, not in it. */
export const entry = (page: Page, label: string): Locator => page.getByLabel(label, { exact: true });

/** F6 Command: the lines that do the same in a shell. */
export async function commandOf(page: Page): Promise<string> {
  await toolbar(page).getByRole('button', { name: 'F6 Command' }).click();
  const dialog = page.getByRole('dialog', { name: 'Command' });
  const lines = (await dialog.locator('pre').textContent()) ?? '';
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
  await expect(dialog).toBeHidden();
  return lines;
}

/** The fault that stands below an entry, and belongs to it for a screen reader too. */
export async function expectRefused(page: Page, label: string, sentence: string): Promise<void> {
  await expect(entry(page, label)).toHaveAttribute('aria-invalid', 'true');
  const words = sentence.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  await expect(entry(page, label)).toHaveAccessibleDescription(new RegExp(words));
}
