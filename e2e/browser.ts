import { existsSync, readFileSync } from 'node:fs';
import { chromium } from '@playwright/test';

type Found = { kind: 'found'; path: string };
/** The sentence says what to do. */
type Missing = { kind: 'missing'; sentence: string };
export type Browser = Found | Missing | { kind: 'installable' };

/** What a machine lets a test set-up do. */
export type Machine = {
  exists: (path: string) => boolean;
  isRoot: boolean;
  /** The ID of /etc/os-release. */
  system: string;
  mayInstall: boolean;
};
type Run = (file: string, args: string[], environment: NodeJS.ProcessEnv) => Promise<number | null>;

const SYSTEM_CHROMIUMS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
];
const APT = { DEBIAN_FRONTEND: 'noninteractive' };

/** Playwright's own browser, else the system's Chromium, else what it takes to have one. */
export function chooseBrowser({
  exists,
  playwrightsOwn,
  isRoot,
  system,
  mayInstall,
}: Machine & { playwrightsOwn: string }): Browser {
  const path = [playwrightsOwn, ...SYSTEM_CHROMIUMS].find((candidate) => candidate !== '' && exists(candidate));
  if (path) return { kind: 'found', path };
  if (system !== 'debian') return missing('npx playwright install --with-deps chromium');
  if (!isRoot || !mayInstall) return missing('apt-get install chromium (as root)');
  return { kind: 'installable' };
}

const missing = (command: string): Missing => ({
  kind: 'missing',
  sentence: `the browser tests need a Chromium, and there is none here; to have one: ${command}`,
});

export const findBrowser = (): Browser => chooseBrowser({ ...thisMachine(), playwrightsOwn: chromium.executablePath() });

export const thisMachine = (): Machine => ({
  exists: existsSync,
  isRoot: process.getuid?.() === 0,
  system: /^ID="?([^"\n]*)/m.exec(readIfThere('/etc/os-release'))?.[1] ?? '',
  mayInstall: process.env.FALLOVER_NO_INSTALL !== '1',
});

/** Installs Debian's Chromium, and says so before. FALLOVER_NO_INSTALL=1 forbids it. */
export async function installBrowser(run: Run): Promise<Found | Missing> {
  console.log('Installs the package chromium for the browser tests (FALLOVER_NO_INSTALL=1 forbids it): apt-get install chromium');
  await installPackages(run, ['chromium']);
  const found = findBrowser();
  return found.kind === 'found' ? found : missing('apt-get install chromium (as root; it failed just now)');
}

/** Of Debian, as root, without a question. */
export async function installPackages(run: Run, packages: readonly string[]): Promise<void> {
  const options = ['-y', '-q', '-o', 'DPkg::Lock::Timeout=120'];
  await run('apt-get', ['update', ...options], APT);
  await run('apt-get', ['install', '--no-install-recommends', ...options, ...packages], APT);
}

const readIfThere = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8') : '');
