import { mkdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { findBrowser, installBrowser } from '../e2e/browser.ts';
import { startDaemon } from '../e2e/daemon.ts';
import { becomes } from '../e2e/roles.ts';
import { administrator, launch, newCamera, type Session, type Shot } from './pictures/camera.ts';
import { manyNodes } from './pictures/many-nodes.ts';
import * as scene from './pictures/scenes.ts';
import { ROOT, run } from './stages/command.ts';

// Pictures of every panel in every state, light and dark, wide and narrow, into shots/, which Git ignores. Names (`event run-`)
// choose those that begin so; --quick takes only light and wide, dark and narrow. --readme makes the pictures of the README
// instead, in docs/images/. A panel that scrolls sideways
// is told.
const README_LIMIT = 200 * 1024;
const EMPTY_PANELS = [
  'runs',
  'cm_custom_events',
  'cm_event_summaries',
  'cm_recover',
  'cm_synchronise',
  'cm_smit_log',
  'cm_script_library',
  'cm_components',
];
const pathOf = (name: string): string => (name === 'home' ? '/' : name === 'runs' ? '/runs' : `/smit/${name}`);

/** Where something is typed. */
const FORMS: readonly Shot[] = [
  { name: 'event', path: '/smit/cm_event/node_up' },
  { name: 'custom-event', path: '/smit/cm_custom_event/report_status' },
  { name: 'run-event', path: '/smit/cm_run_event?event=network_down', wants: scene.filledArguments },
  { name: 'time-until-warning', path: '/smit/cm_time_until_warning?q=network' },
];

/** Addresses of what is not there. */
const UNKNOWN: readonly Shot[] = [
  { name: 'unknown-panel', path: '/smit/cm_nothing' },
  { name: 'unknown-event', path: '/smit/cm_event/node_sideways' },
  { name: 'unknown-worksheet', path: '/smit/cm_worksheet/node_sideways' },
  { name: 'unknown-custom-event', path: '/smit/cm_custom_event/stop_nothing' },
  { name: 'unknown-run', path: '/runs/019aaf00-0000-7000-8000-000000000001' },
  { name: 'unknown-run-name', path: '/runs/tuesday' },
  { name: 'unknown-event-to-run', path: '/smit/cm_run_event?event=node_sideways' },
];

const LOADING: readonly Shot[] = [
  { name: 'loading-home', path: '/', wants: scene.neverAnswered('**/api/v1/cluster') },
  { name: 'loading-events', path: '/smit/cm_events', wants: scene.neverAnswered('**/api/v1/events') },
  { name: 'home-unhealthy', path: '/', wants: scene.unhealthy },
  { name: 'loading-runs', path: '/runs', wants: scene.neverAnswered('**/api/v1/runs?*') },
];

const found = findBrowser();
const browserFound = found.kind === 'installable' ? await installBrowser(run) : found;
if (browserFound.kind !== 'found') {
  console.error(browserFound.sentence);
  process.exit(2);
}
const forReadme = process.argv.includes('--readme');
const directory = join(ROOT, forReadme ? 'docs/images' : 'shots');
// Pathnames are seen in the pictures of the README.
const daemon = await startDaemon({
  directory: forReadme ? newDirectory(join(tmpdir(), 'payroll')) : undefined,
  scriptLibrary: !forReadme,
  ctdb: !forReadme,
});
const browser = await launch(browserFound.path);
const chosen = {
  names: forReadme ? [] : process.argv.slice(2).filter((word) => !word.startsWith('-')),
  quick: process.argv.includes('--quick'),
};
const camera = newCamera(browser, daemon.url, directory, chosen);
const areOfManyNodes = (name: string): boolean => name.startsWith('nodes-');
try {
  if (forReadme) await readmePictures();
  else {
    camera.clear();
    if (chosen.names.length === 0 || !chosen.names.every(areOfManyNodes)) await allPictures();
    if (chosen.names.length === 0 || chosen.names.some(areOfManyNodes)) await manyNodes(browser, directory, chosen);
    console.log(`The pictures are in ${directory}.`);
  }
} finally {
  await browser.close();
  await daemon.remove();
}

async function allPictures(): Promise<void> {
  await camera.everywhere(undefined, [{ name: 'set-up', path: daemon.setUpUrl }]);
  const session = await administrator(camera, daemon);
  await camera.everywhere(undefined, [{ name: 'sign-in', path: '/' }]);
  await camera.everywhere(session, [
    ...['home', ...EMPTY_PANELS].map((name) => ({ name: `${name}-empty`, path: pathOf(name) })),
    { name: 'home-unhealthy', path: '/', wants: scene.unhealthy },
  ]);

  const runs = await scene.history(daemon);
  await scene.library(daemon);
  await camera.everywhere(session, [
    ...(await panelsOfTheMenu(session)),
    { name: 'event', path: '/smit/cm_event/node_up' },
    { name: 'event-with-warnings', path: '/smit/cm_event/fail_standby', wants: scene.refusedEntries },
    { name: 'event-programs', path: '/smit/cm_event/node_down' },
    { name: 'event-program-wrong', path: '/smit/cm_event/swap_adapter', wants: scene.ownProgram },
    { name: 'worksheet-event', path: '/smit/cm_worksheet/node_up' },
    { name: 'custom-event', path: '/smit/cm_custom_event/report_status' },
    { name: 'add-custom-event', path: '/smit/cm_add_custom_event' },
    { name: 'run-event-planned', path: '/smit/cm_run_event?event=network_down', wants: scene.filledArguments },
    { name: 'run-event-asked', path: '/smit/cm_run_event?event=network_down', wants: scene.askedToRun },
    { name: 'command', path: '/smit/cm_event/node_up', wants: scene.pressed('F6') },
    { name: 'help', path: '/smit/cm_event/node_up', wants: scene.pressed('F1') },
    { name: 'run-recovered', path: `/runs/${runs.recovered}`, wants: scene.output },
    { name: 'run-with-sub-event', path: `/runs/${runs.nested}`, wants: scene.output },
    { name: 'run-chatty', path: `/runs/${runs.chatty}`, wants: scene.output },
    { name: 'script', path: '/smit/cm_script/check-disks' },
    { name: 'script-differences', path: '/smit/cm_script/check-disks?view=differences' },
    { name: 'script-wrong', path: '/smit/cm_script/check-disks', wants: scene.wrongSyntax },
    { name: 'import', path: '/smit/cm_import_export?do=import' },
    { name: 'import-previewed', path: '/smit/cm_import_export?do=import', wants: scene.previewed },
    { name: 'import-unreadable', path: '/smit/cm_import_export?do=import', wants: scene.unreadable },
    ...UNKNOWN,
    ...LOADING,
  ]);

  const gate = await scene.waiting(daemon);
  const running = `/runs/${await scene.newestRun(daemon, 'join_standby')}`;
  await camera.everywhere(session, [
    { name: 'home-running', path: '/', wants: (page) => page.getByRole('progressbar').first().waitFor() },
    { name: 'run-running', path: running, wants: scene.output },
    { name: 'abort-asked', path: '/', wants: asksToAbort },
  ]);
  gate.open();
  await gate.over;

  await daemon.must('fallover modify event network_up TIMEUNTILWARNING=90');
  const failing = await scene.startFailing(daemon);
  const failed: Shot[] = [
    { name: 'home-failed', path: '/' },
    { name: 'recover-failed', path: '/smit/cm_recover', wants: (page) => page.getByRole('radio').first().waitFor() },
    { name: 'run-failed', path: `/runs/${failing.run}`, wants: scene.output },
    { name: 'events-failed', path: '/smit/cm_events' },
    { name: 'synchronise-changes', path: '/smit/cm_synchronise' },
    { name: 'revision', path: '/smit/cm_config_history/1' },
    { name: 'revision-against-draft', path: '/smit/cm_config_history/1?with=draft' },
  ];
  await camera.everywhere(session, [
    ...failed,
    { name: 'synchronise-verified', path: '/smit/cm_synchronise', wants: scene.verified },
    { name: 'restore-asked', path: '/smit/cm_config_history/1', wants: scene.askedToRestore },
  ]);
  becomes(daemon, 'monitor');
  await camera.everywhere(
    session,
    [...failed, ...FORMS].map((shot) => ({ ...shot, name: `refused-${shot.name}` })),
  );
  becomes(daemon, 'admin');
  await daemon.must('fallover recover --cancel-queue');
  await failing.over;

  await camera.everywhere(session, [
    { name: 'event-conflict', path: '/smit/cm_event/network_down', wants: scene.editedByTwo(daemon) },
  ]);
  await emulatedNodes(session);
  await componentPictures(session);
  await manyEntries(session);
  await away(session);
}

async function asksToAbort(page: Page): Promise<void> {
  await page.getByRole('region', { name: 'Runs now' }).getByRole('button', { name: 'Abort' }).first().click();
  await page.getByRole('dialog').waitFor();
}

/** Two more nodes that are only defined: what an event would do among three. */
async function emulatedNodes(session: Session): Promise<void> {
  await daemon.must('fallover add node nodeb && fallover add node nodec');
  const lanes = (page: Page) => page.getByRole('table', { name: 'Lanes' }).waitFor();
  const panel = '/smit/cm_event_emulation?configuration=draft&nodes=nodea,nodeb,nodec';
  await camera.everywhere(session, [
    { name: 'emulation-takeover', path: `${panel}&event=node_down&arg=nodeb&arg=takeover`, wants: lanes },
    { name: 'emulation-node-dies', path: `${panel}&what=dies&dies=nodea`, wants: lanes },
  ]);
  await daemon.must('fallover delete node nodeb && fallover delete node nodec');
}

async function componentPictures(session: Session): Promise<void> {
  const gate = await scene.components(daemon);
  const asks = '/smit/cm_run_component_event?component=legacy&event=takeip&arg=eth0&arg=10.0.0.32&arg=24';
  const shows = (name: string) => async (page: Page) => await page.getByRole('table', { name }).waitFor();
  await camera.everywhere(session, [
    { name: 'components', path: '/smit/cm_components', wants: shows('Components') },
    { name: 'component', path: '/smit/cm_component/legacy', wants: scene.output },
    { name: 'component-events', path: '/smit/cm_component/legacy?view=events', wants: shows('Events that ran') },
    { name: 'component-health', path: '/smit/cm_component/legacy?view=health', wants: shows('How monitor ended') },
    { name: 'component-verification', path: '/smit/cm_component/legacy?view=verification', wants: shows('Findings') },
    { name: 'component-fault', path: '/smit/cm_component/readme' },
    { name: 'component-add', path: '/smit/cm_add_component' },
    { name: 'component-change', path: '/smit/cm_change_component/legacy' },
    {
      name: 'component-script',
      path: '/smit/cm_component/legacy/50.samba',
      wants: (page) => page.getByRole('region').first().waitFor(),
    },
    { name: 'component-run-asked', path: asks, wants: scene.askedToRunComponentEvent },
    { name: 'component-run-form', path: asks },
    { name: 'component-run-observed', path: '/smit/cm_run_component_event?component=services&event=monitor' },
  ]);
  const running = await scene.runningInComponent(daemon);
  await camera.everywhere(session, [
    { name: 'component-running', path: running, wants: shows('Scripts') },
    {
      name: 'component-now',
      path: '/smit/cm_component/legacy?event=startup',
      wants: (page) => page.getByRole('region', { name: 'Runs now' }).waitFor(),
    },
  ]);
  gate.open();
}

async function manyEntries(session: Session): Promise<void> {
  const context = await camera.newContext('light', { width: 1440, height: 900 }, session);
  await scene.many(daemon, await camera.open(context, { name: 'many', path: '/' }));
  await context.close();
  await camera.everywhere(session, [
    { name: 'many-custom-events', path: '/smit/cm_custom_events' },
    { name: 'many-changes', path: '/smit/cm_synchronise' },
    { name: 'many-events', path: '/smit/cm_events?q=network_up' },
    { name: 'many-pre-events', path: '/smit/cm_event/network_up_complete' },
    { name: 'many-worksheet', path: '/smit/cm_worksheet', wants: (page) => page.getByRole('table').first().waitFor() },
    { name: 'many-home', path: '/' },
  ]);
}

/** While the cluster manager is away: what was seen last, and an entry that was typed and cannot be saved now. */
async function away(session: Session): Promise<void> {
  const opened = await camera.keepOpen(session, [
    { name: 'away-home', path: '/' },
    { name: 'away-runs', path: '/runs' },
    { name: 'away-event', path: '/smit/cm_event/network_down' },
  ]);
  await daemon.kill();
  for (const one of opened) {
    const { page, picture } = one;
    await page.getByText('Reconnecting to the cluster manager').first().waitFor();
    if (picture.includes('away-event')) {
      await page.getByLabel('Time Until Warning', { exact: true }).fill('222');
      await page.getByRole('button', { name: /Do: save in the draft/ }).click();
      await page.getByText('cannot be reached').first().waitFor();
    }
    await camera.take(one);
    await page.close();
  }
}

/** One good picture of the events and one of a run, small enough for a README. */
async function readmePictures(): Promise<void> {
  const session = await administrator(camera, daemon);
  const runs = await scene.history(daemon);
  mkdirSync(directory, { recursive: true });
  const shots: (Shot & { height: number })[] = [
    { name: 'events', path: '/smit/cm_worksheet', wants: (page) => page.getByRole('table').first().waitFor(), height: 1080 },
    { name: 'run', path: `/runs/${runs.recovered}`, wants: scene.output, height: 840 },
  ];
  for (const shot of shots) {
    const context = await camera.newContext('light', { width: 1280, height: shot.height }, session);
    const picture = join(directory, `${shot.name}.png`);
    await camera.take({ page: await camera.open(context, shot), picture }, shot.height);
    await context.close();
    const { size } = statSync(picture);
    console.log(`docs/images/${shot.name}.png has ${Math.ceil(size / 1024)} KiB.`);
    if (size >= README_LIMIT) process.exitCode = 1;
  }
}

async function panelsOfTheMenu(session: Session): Promise<Shot[]> {
  const context = await camera.newContext('light', { width: 1440, height: 900 }, session);
  const page = await camera.open(context, { name: 'menu', path: '/' });
  const links = await page.getByRole('navigation', { name: 'Menu' }).getByRole('link').all();
  const paths = await Promise.all(links.map(async (link) => (await link.getAttribute('href')) ?? '/'));
  await context.close();
  return paths.map((path) => ({ name: path === '/' ? 'home' : (path.split('/').at(-1) ?? path), path }));
}

function newDirectory(path: string): string {
  mkdirSync(path, { mode: 0o700 });
  return path;
}
