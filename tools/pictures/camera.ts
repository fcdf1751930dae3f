import { globSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';

const THEMES = ['light', 'dark'] as const;
type Theme = (typeof THEMES)[number];
const WIDTHS = { 1440: 900, 390: 844 } as const;
const TALLEST = 4000;

export interface Shot {
  name: string;
  path: string;
  /** What has to be there before the picture is taken. */
  wants?: (page: Page) => Promise<unknown>;
}
export type Session = Awaited<ReturnType<BrowserContext['storageState']>>;

/** A page that stays as it is until its picture is taken. */
export interface Opened {
  page: Page;
  picture: string;
}

export const launch = (executablePath: string): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: ['--disable-gpu', '--hide-scrollbars', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  });

export interface Camera {
  clear(): void;
  newContext(theme: Theme, viewport: { width: number; height: number }, session?: Session): Promise<BrowserContext>;
  open(context: BrowserContext, shot: Shot): Promise<Page>;
  take(opened: Opened, tallest?: number): Promise<void>;
  /** Each shot in every look that was asked for. */
  everywhere(session: Session | undefined, shots: readonly Shot[]): Promise<void>;
  keepOpen(session: Session, shots: readonly Shot[]): Promise<Opened[]>;
}

/** `names` chooses the shots that begin so, all when there is none; `quick` takes light and wide, dark and narrow only. */
export function newCamera(
  browser: Browser,
  url: string,
  directory: string,
  { names, quick }: { names: readonly string[]; quick: boolean },
): Camera {
  const looks = THEMES.flatMap((theme) =>
    Object.entries(WIDTHS).map(([width, height]) => ({ theme, width: Number(width), height })),
  ).filter(({ theme, width }) => !quick || (theme === 'light') === (width === 1440));
  const isAsked = ({ name }: Shot): boolean => names.length === 0 || names.some((begin) => name.startsWith(begin));
  const pictureOf = (shot: Shot, { theme, width }: (typeof looks)[number]): string =>
    join(directory, `${shot.name}-${theme}-${width}.png`);

  const newContext: Camera['newContext'] = (colorScheme, viewport, storageState) =>
    browser.newContext({
      baseURL: url,
      colorScheme,
      viewport,
      reducedMotion: 'reduce',
      locale: 'en-GB',
      ...(storageState ? { storageState } : {}),
    });

  const open: Camera['open'] = async (context, { path, wants }) => {
    const page = await context.newPage();
    if (wants && isRoute(wants)) await wants.before(page);
    await page.goto(path);
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    if (wants && isRoute(wants)) return page;
    await page.getByText('Reading …').first().waitFor({ state: 'hidden' });
    await wants?.(page);
    return page;
  };

  /** The whole panel, not only what the window shows of it. */
  const take: Camera['take'] = async ({ page, picture }, tallest = TALLEST) => {
    const [wide = 0, more = 0] = await page.evaluate<number[]>(`(() => {
      const main = document.querySelector('.smit-panel-scroll') ?? document.querySelector('main');
      const inMain = main ? main.scrollWidth - main.clientWidth : 0;
      return [
        Math.max(document.documentElement.scrollWidth - innerWidth, inMain),
        main ? main.scrollHeight - main.clientHeight : 0,
      ];
    })()`);
    if (wide > 0) console.log(`${picture}: scrolls sideways, by ${wide} pixels.`);
    const size = page.viewportSize() ?? { width: 1440, height: 900 };
    if (more > 0) await page.setViewportSize({ ...size, height: Math.min(tallest, size.height + more) });
    await page.screenshot({ path: picture, animations: 'disabled' });
  };

  return {
    newContext,
    open,
    take,
    clear() {
      mkdirSync(directory, { recursive: true });
      if (names.length > 0) return;
      for (const earlier of globSync('*.png', { cwd: directory })) rmSync(join(directory, earlier));
    },
    async everywhere(session, shots) {
      const asked = shots.filter(isAsked);
      if (asked.length === 0) return;
      for (const look of looks) {
        const context = await newContext(look.theme, look, session);
        for (const shot of asked) {
          const page = await open(context, shot);
          await take({ page, picture: pictureOf(shot, look) });
          await page.close();
        }
        await context.close();
      }
    },
    async keepOpen(session, shots) {
      const opened: Opened[] = [];
      for (const look of looks) {
        const context = await newContext(look.theme, look, session);
        for (const shot of shots.filter(isAsked))
          opened.push({ page: await open(context, shot), picture: pictureOf(shot, look) });
      }
      return opened;
    },
  };
}

/** Something that has to be in place before the page is opened, such as an answer that never comes. */
export interface Route {
  (page: Page): Promise<unknown>;
  before(page: Page): Promise<unknown>;
}
const isRoute = (wants: Shot['wants']): wants is Route => wants !== undefined && 'before' in wants;

/** Created as the first start asks for it, and signed in. */
export async function administrator(camera: Camera, { setUpUrl }: { setUpUrl: string }): Promise<Session> {
  const context = await camera.newContext('light', { width: 1440, height: 900 });
  const page = await camera.open(context, { name: 'set-up', path: setUpUrl });
  await page.getByLabel('Password', { exact: true }).fill('a long enough passphrase');
  await page.getByLabel('Password again').fill('a long enough passphrase');
  await page.getByRole('button', { name: 'Create the administrator' }).click();
  await page.getByRole('navigation', { name: 'Menu' }).waitFor();
  const session = await context.storageState();
  await context.close();
  return session;
}
