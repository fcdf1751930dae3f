import { globSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { findBrowser, installBrowser } from '../e2e/browser.ts';
import { type Daemon, startDaemon } from '../e2e/daemon.ts';
import { ROOT, run } from './stages/command.ts';

// Pictures of every panel, with the example loaded and some runs, light and dark, wide and narrow, into shots/, which Git ignores.
// --readme makes the pictures of the README instead, in docs/images/. A panel that scrolls sideways is told.
const THEMES = ['light', 'dark'] as const;
const WIDTHS = { 1440: 900, 390: 844 } as const;
const TALLEST = 4000;
const README_LIMIT = 200 * 1024;
type Theme = (typeof THEMES)[number];
interface Shot {
  name: string;
  path: string;
  /** What has to be there before the picture is taken. */
  wants?: (page: Page) => Promise<unknown>;
}

const found = findBrowser();
const browserFound = found.kind === 'installable' ? await installBrowser(run) : found;
if (browserFound.kind !== 'found') {
  console.error(browserFound.sentence);
  process.exit(2);
}
const forReadme = process.argv.includes('--readme');
// Pathnames are seen in the pictures of the README.
const daemon = await startDaemon(forReadme ? newDirectory(join(tmpdir(), 'payroll')) : undefined);
const browser = await chromium.launch({
  executablePath: browserFound.path,
  args: ['--disable-gpu', '--hide-scrollbars', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
});
try {
  if (forReadme) await readmePictures();
  else await allPictures();
} finally {
  await browser.close();
  await daemon.remove();
}

async function allPictures(): Promise<void> {
  const directory = join(ROOT, 'shots');
  mkdirSync(directory, { recursive: true });
  for (const earlier of globSync('*.png', { cwd: directory })) rmSync(join(directory, earlier));
  await everywhere(directory, undefined, [{ name: 'set-up', path: daemon.setUpUrl }]);
  const session = await administrator();
  await everywhere(directory, session, [{ name: 'home-empty', path: '/' }]);
  await everywhere(directory, undefined, [{ name: 'sign-in', path: '/' }]);

  const runs = await history(daemon);
  await everywhere(directory, session, [
    ...(await panelsOfTheMenu(session)),
    { name: 'event', path: '/smit/cm_event/node_up' },
    { name: 'event-with-warnings', path: '/smit/cm_event/fail_standby', wants: refusedEntries },
    { name: 'custom-event', path: '/smit/cm_custom_event/report_status' },
    { name: 'add-custom-event', path: '/smit/cm_add_custom_event' },
    { name: 'run-event-planned', path: '/smit/cm_run_event?event=network_down', wants: filledArguments },
    { name: 'run-event-asked', path: '/smit/cm_run_event?event=network_down', wants: askedToRun },
    { name: 'command', path: '/smit/cm_event/node_up', wants: (page) => press(page, 'F6') },
    { name: 'help', path: '/smit/cm_event/node_up', wants: (page) => press(page, 'F1') },
    { name: 'run-recovered', path: `/runs/${runs.recovered}`, wants: output },
    { name: 'run-with-sub-event', path: `/runs/${runs.nested}`, wants: output },
    { name: 'run-chatty', path: `/runs/${runs.chatty}`, wants: output },
    { name: 'no-such-panel', path: '/smit/cm_nothing' },
  ]);

  const gate = await waiting(daemon);
  await everywhere(directory, session, [
    { name: 'home-running', path: '/', wants: (page) => page.getByRole('progressbar').first().waitFor() },
    { name: 'run-running', path: `/runs/${await newestRun(daemon, 'join_standby')}`, wants: output },
  ]);
  gate.open();
  await gate.over;

  await daemon.must('fallover modify event network_up TIMEUNTILWARNING=90');
  const failing = await startFailing(daemon);
  await everywhere(directory, session, [
    { name: 'home-failed', path: '/' },
    { name: 'recover-failed', path: '/smit/cm_recover', wants: (page) => page.getByRole('radio').first().waitFor() },
    { name: 'run-failed', path: `/runs/${failing.run}`, wants: output },
    { name: 'synchronise-changes', path: '/smit/cm_synchronise' },
    { name: 'synchronise-verified', path: '/smit/cm_synchronise', wants: verified },
    { name: 'revision', path: '/smit/cm_config_history/1' },
    { name: 'revision-against-draft', path: '/smit/cm_config_history/1?with=draft' },
    { name: 'restore-asked', path: '/smit/cm_config_history/1', wants: askedToRestore },
  ]);
  await daemon.must('fallover recover --cancel-queue');
  await failing.over;

  const conflict: Shot = { name: 'event-conflict', path: '/smit/cm_event/network_down', wants: editedByTwo(daemon) };
  await everywhere(directory, session, [conflict]);
  await away(directory, session);
  console.log(`The pictures are in ${directory}.`);
}

/** One good picture of the events and one of a run, small enough for a README. */
async function readmePictures(): Promise<void> {
  const session = await administrator();
  const runs = await history(daemon);
  const directory = join(ROOT, 'docs/images');
  mkdirSync(directory, { recursive: true });
  const shots: (Shot & { height: number })[] = [
    { name: 'events', path: '/smit/cm_worksheet', wants: (page) => page.getByRole('table').first().waitFor(), height: 1080 },
    { name: 'run', path: `/runs/${runs.recovered}`, wants: output, height: 840 },
  ];
  for (const shot of shots) {
    const context = await newContext('light', { width: 1280, height: shot.height }, session);
    await take(context, join(directory, `${shot.name}.png`), shot, shot.height);
    await context.close();
    const { size } = statSync(join(directory, `${shot.name}.png`));
    console.log(`docs/images/${shot.name}.png has ${Math.ceil(size / 1024)} KiB.`);
    if (size >= README_LIMIT) process.exitCode = 1;
  }
}

/** Runs for the lists, each kind once; the ids of those that a picture is made of. */
async function history({ must, shell }: Daemon): Promise<Record<'recovered' | 'nested' | 'chatty', string>> {
  await must('fallover load-example');
  const nested = runIn(await must('fallover run node_up nodea'));
  const chatty = runIn(await must('fallover run network_up nodea net1'));
  await must('fallover run start_server app1 --drill');
  await shell('fallover run swap_adapter nodea net1 ip1 ip2');
  await must('fallover recover');
  return { nested, chatty, recovered: runIn(await must('fallover run network_down -1 net1')) };
}

/** An event that goes on until its gate opens, beyond its time until warning, with another one in the queue. */
async function waiting({ must, script, gate }: Daemon): Promise<{ open(): void; over: Promise<unknown> }> {
  const { waits, open } = gate('shots');
  const path = script('take-over-address', [
    'echo "Waiting for the neighbour to let go of the address …"',
    waits,
    'echo "Done."',
  ]);
  await must(`fallover modify event join_standby COMMAND=${path} TIMEUNTILWARNING=3 && fallover sync`);
  const over = Promise.all([must('fallover run join_standby nodea ip1'), must('sleep 1; fallover run start_server app2')]);
  await until(async () => (await must('fallover query run')).includes('config_too_long'));
  return { open, over };
}

async function startFailing(daemon: Daemon): Promise<{ run: string; over: Promise<unknown> }> {
  await daemon.shell('fallover run swap_adapter nodea net1 ip1 ip2');
  const over = daemon.shell('fallover run start_server app3');
  await until(async () => (await daemon.must('fallover query run')).includes('app3'));
  return { run: await newestRun(daemon, 'swap_adapter'), over };
}

/** While the cluster manager is away. */
async function away(directory: string, session: Session): Promise<void> {
  const contexts: { context: BrowserContext; page: Page; name: string }[] = [];
  for (const theme of THEMES)
    for (const [width, height] of Object.entries(WIDTHS)) {
      const context = await newContext(theme, { width: Number(width), height }, session);
      const page = await opened(context, { name: 'home-away', path: '/' });
      contexts.push({ context, page, name: `home-away-${theme}-${width}.png` });
    }
  await daemon.kill();
  for (const { context, page, name } of contexts) {
    await page.getByText('Reconnecting to the cluster manager').first().waitFor();
    await page.screenshot({ path: join(directory, name) });
    await context.close();
  }
}

async function panelsOfTheMenu(session: Session): Promise<Shot[]> {
  const context = await newContext('light', { width: 1440, height: 900 }, session);
  const page = await opened(context, { name: 'menu', path: '/' });
  const links = await page.getByRole('navigation', { name: 'Menu' }).getByRole('link').all();
  const paths = await Promise.all(links.map(async (link) => (await link.getAttribute('href')) ?? '/'));
  await context.close();
  return paths.map((path) => ({ name: path === '/' ? 'home' : (path.split('/').at(-1) ?? path), path }));
}

type Session = Awaited<ReturnType<BrowserContext['storageState']>>;

async function administrator(): Promise<Session> {
  const context = await newContext('light', { width: 1440, height: 900 });
  const page = await opened(context, { name: 'set-up', path: daemon.setUpUrl });
  await page.getByLabel('Password', { exact: true }).fill('a long enough passphrase');
  await page.getByLabel('Password again').fill('a long enough passphrase');
  await page.getByRole('button', { name: 'Create the administrator' }).click();
  await page.getByRole('navigation', { name: 'Menu' }).waitFor();
  const session = await context.storageState();
  await context.close();
  return session;
}

function newContext(colorScheme: Theme, viewport: { width: number; height: number }, storageState?: Session) {
  const looks = { colorScheme, viewport, reducedMotion: 'reduce', locale: 'en-GB' } as const;
  return browser.newContext({ baseURL: daemon.url, ...looks, ...(storageState ? { storageState } : {}) });
}

async function everywhere(directory: string, session: Session | undefined, shots: readonly Shot[]): Promise<void> {
  for (const theme of THEMES)
    for (const [width, height] of Object.entries(WIDTHS)) {
      const context = await newContext(theme, { width: Number(width), height }, session);
      for (const shot of shots) await take(context, join(directory, `${shot.name}-${theme}-${width}.png`), shot, TALLEST);
      await context.close();
    }
}

async function opened(context: BrowserContext, { path, wants }: Shot): Promise<Page> {
  const page = await context.newPage();
  await page.goto(path);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.getByText('Reading …').first().waitFor({ state: 'hidden' });
  await wants?.(page);
  return page;
}

/** The whole panel, not only what the window shows of it. */
async function take(context: BrowserContext, path: string, shot: Shot, tallest: number): Promise<void> {
  const page = await opened(context, shot);
  const wide = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
  const inMain = await page.evaluate<number>(`(() => {
    const main = document.querySelector('main');
    return main ? main.scrollWidth - main.clientWidth : 0;
  })()`);
  if (wide > 0 || inMain > 0) console.log(`${path}: scrolls sideways, by ${Math.max(wide, inMain)} pixels.`);
  const more = await page.evaluate<number>(`(() => {
    const main = document.querySelector('main');
    return main ? main.scrollHeight - main.clientHeight : 0;
  })()`);
  const size = page.viewportSize() ?? { width: 1440, height: 900 };
  if (more > 0) await page.setViewportSize({ ...size, height: Math.min(tallest, size.height + more) });
  await page.screenshot({ path, animations: 'disabled' });
  await page.close();
}

async function output(page: Page): Promise<void> {
  await page.getByRole('region', { name: /^Output of / }).waitFor();
}

async function press(page: Page, key: string): Promise<void> {
  await page.getByLabel('Time Until Warning', { exact: true }).focus();
  await page.keyboard.press(key);
}

async function refusedEntries(page: Page): Promise<void> {
  await page.getByLabel('Event Command', { exact: true }).fill('/usr/local/cluster/swap');
  await page.getByLabel('Notify Command', { exact: true }).fill('notify.sh');
  await page.getByLabel('Recovery Command Retry', { exact: true }).fill('many');
  await page.getByRole('button', { name: /Do: save in the draft/ }).click();
  await page
    .getByText(/is not a full pathname/)
    .first()
    .waitFor();
}

async function filledArguments(page: Page): Promise<void> {
  await page.getByLabel('NODE', { exact: true }).selectOption('nodea');
  await page.getByLabel('NETWORK', { exact: true }).fill('net1');
  await page.getByRole('region', { name: 'What will be run' }).getByRole('row').nth(3).waitFor();
}

async function askedToRun(page: Page): Promise<void> {
  await filledArguments(page);
  await page.getByRole('button', { name: /Do: run/ }).click();
  await page.getByRole('dialog').waitFor();
}

async function verified(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Verify the draft' }).click();
  await page.getByRole('list', { name: 'What verification of the draft found' }).waitFor();
}

async function askedToRestore(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Restore as draft' }).click();
  await page.getByRole('dialog').getByRole('checkbox').waitFor();
}

/** Somebody else saves another value each time. */
function editedByTwo({ must }: Daemon): (page: Page) => Promise<void> {
  let seconds = 200;
  return async (page) => {
    await page.getByLabel('Time Until Warning', { exact: true }).fill('111');
    seconds += 1;
    await must(`fallover modify event network_down TIMEUNTILWARNING=${seconds}`);
    await page.getByText('Somebody saved this entry meanwhile.').first().waitFor();
  };
}

function newDirectory(path: string): string {
  mkdirSync(path, { mode: 0o700 });
  return path;
}

function runIn(printed: string): string {
  return /\b[0-9a-f]{8}-[0-9a-f-]{27}\b/.exec(printed)?.[0] ?? '';
}

async function newestRun({ must }: Daemon, event: string): Promise<string> {
  const { runs } = JSON.parse(await must('fallover query run --json')) as { runs: { id: string; event: string }[] };
  return runs.find((one) => one.event === event)?.id ?? '';
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 200));
}
