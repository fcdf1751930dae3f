import type { Page } from '@playwright/test';
import type { Daemon } from '../../e2e/daemon.ts';
import type { Route } from './camera.ts';

/** Runs for the lists, each kind once; the ids of those that a picture is made of. */
export async function history({ must, shell }: Daemon): Promise<Record<'recovered' | 'nested' | 'chatty', string>> {
  await must('fallover load-example');
  const nested = runIn(await must('fallover run node_up nodea'));
  const chatty = runIn(await must('fallover run network_up nodea net1'));
  await must('fallover run start_server app1 --drill');
  await shell('fallover run swap_adapter nodea net1 ip1 ip2');
  await must('fallover recover');
  return { nested, chatty, recovered: runIn(await must('fallover run network_down -1 net1')) };
}

/** An event that goes on until its gate opens, beyond its time until warning, with another one in the queue. */
export async function waiting({ must, script, gate }: Daemon): Promise<{ open(): void; over: Promise<unknown> }> {
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

export async function startFailing(daemon: Daemon): Promise<{ run: string; over: Promise<unknown> }> {
  await daemon.shell('fallover run swap_adapter nodea net1 ip1 ip2');
  const over = daemon.shell('fallover run start_server app3');
  await until(async () => (await daemon.must('fallover query run')).includes('app3'));
  return { run: await newestRun(daemon, 'swap_adapter'), over };
}

const SCRIPT = `#!/bin/sh
# Checks that the disk group of the payroll can be read before it is taken over.
set -eu
group=\${2:-payroll}
for disk in "/dev/disk/by-group/$group"/*; do
  [ -r "$disk" ] || { echo "$disk cannot be read" >&2; exit 1; }
done
echo "All disks of $group can be read."
`;

/** A script of the library that an event uses, and that is another one in the draft. */
export async function library({ must, library }: Daemon): Promise<void> {
  await must(`fallover add script check-disks 'DESCRIPTION=Before a takeover' FILE=- <<'TEXT'\n${SCRIPT}TEXT`);
  await must(`fallover modify event acquire_takeover_addr NOTIFYCOMMAND=${library}/current/check-disks && fallover sync`);
  const changed = SCRIPT.replace('cannot be read" >&2', 'of $group cannot be read" >&2').replace('set -eu\n', '');
  await must(`fallover modify script check-disks FILE=- <<'TEXT'\n${changed}TEXT`);
}

/** An error of sh -n beside the line that it is in. */
export async function wrongSyntax(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: 'Script', exact: true }).fill(SCRIPT.replace('done\n', ''));
  await page.locator('.script-findings').first().waitFor();
}

const IMPORTED = `HACMPevent:
	name = "network_down"
	desc = "Script run when a network has failed."
	setno = 101
	msgno = 18
	catalog = "events.cat"
	cmd = "/usr/es/sbin/cluster/events/network_down"
	notify = "/usr/local/cluster/notify"
	recv = "/usr/local/cluster/mend_network"
	count = 3
	event_duration = 90
`;

const brought = (text: string) => async (page: Page) => {
  await page.getByLabel('Text of the file', { exact: true }).fill(text);
  await page.getByRole('button', { name: /Do: show what would change/ }).click();
};

export async function previewed(page: Page): Promise<void> {
  await brought(IMPORTED)(page);
  await page.getByRole('region', { name: 'What would change in the draft' }).waitFor();
}

export async function unreadable(page: Page): Promise<void> {
  await brought(IMPORTED.replace('count = 3', 'count = many').replace('event_duration', 'duration = "'))(page);
  await page.getByRole('region', { name: 'Lines that cannot be read' }).waitFor();
}

/** A configuration of a large cluster in the draft: long names, hundreds of entries, a list of many pre-events. */
export async function many({ must, script }: Daemon, page: Page): Promise<void> {
  const path = script('check-one-of-many', ['exit 0']);
  const names = Array.from({ length: 200 }, (_, index) => `check_disk_group_of_the_payroll_${String(index).padStart(3, '0')}`);
  const entries = names.map((name) => ({ class: 'custom_event', name, fields: { script: { cluster: path } } }));
  const long = { class: 'custom_event', name: 'l'.repeat(64), fields: { script: { cluster: path } } };
  const preEvents = { class: 'event', name: 'network_up_complete', fields: { preEventCommand: { cluster: names.slice(0, 40) } } };
  const networks = names.map((_, index) => ({ class: 'network', name: `net_${index}`, fields: {} }));
  const text = JSON.stringify({ format: 1, cluster: 'payroll', entries: [...entries, long, preEvents, ...networks] });
  await must(`fallover apply - --format json --part <<'TEXT'\n${text}\nTEXT`);
  await page.reload();
}

/** Somebody else saves another value each time. */
export function editedByTwo({ must }: Daemon): (page: Page) => Promise<void> {
  let seconds = 200;
  return async (page) => {
    await page.getByLabel('Time Until Warning', { exact: true }).fill('111');
    seconds += 1;
    await must(`fallover modify event network_down TIMEUNTILWARNING=${seconds}`);
    await page.getByText('Somebody saved this entry meanwhile.').first().waitFor();
  };
}

/** What a panel shows while an answer does not come. */
export const neverAnswered = (address: string): Route =>
  Object.assign(async () => {}, { before: (page: Page) => page.route(address, () => {}) });

/** A node that is UNHEALTHY in one component and healthy in another. */
export const unhealthy: Route = Object.assign(async () => {}, {
  before: (page: Page) =>
    page.route('**/api/v1/cluster', async (route) => {
      const reply = await route.fetch();
      const cluster = (await reply.json()) as { node: string };
      const of = { node: cluster.node, mode: 'driven', since: '2026-11-26T03:12:40.000Z' };
      const sentence = `Node ${cluster.node} is UNHEALTHY in component legacy: monitor failed in 50.samba. "fallover ctdb event status legacy monitor" shows what it said; one monitor that succeeds heals it.`;
      const health = [
        { ...of, component: 'legacy', state: 'unhealthy', isTrouble: true, sentence },
        { ...of, component: 'services', state: 'healthy', isTrouble: false, sentence: '' },
      ];
      await route.fulfill({ response: reply, json: { ...cluster, health } });
    }),
});

/** A component with every kind of script, a history of its health, one that a ctdbd drives, and one that no event can be run in. */
export async function components({ eventScript, must, shell, gate }: Daemon): Promise<{ open(): void }> {
  const waiting = gate('component');
  const says = (name: string, ...lines: string[]): string => eventScript('legacy', name, ['#!/bin/sh', ...lines]);
  says('00.ctdb.script', '[ "$1" = startup ] && echo "Set up the lock file and /run/ctdb"', 'exit 0');
  says('10.interface.script', 'case $1 in takeip|releaseip) echo "$1 $3/$4 on $2" ;; esac');
  eventScript('legacy', '20.multipathd.script', []);
  says('40.vsftpd.script', `[ "$1" = startup ] && { ${waiting.waits}; }`, 'exit 0');
  says('50.samba.script', '[ "$1" = monitor ] || exit 0', 'echo "samba listens on tcp port 445"', 'sleep 0.2');
  eventScript('legacy', '60.nfs.script', ['#!/bin/sh', 'exit 0'], 0o644);
  eventScript('legacy', '50.samba.script.dpkg-old', ['#!/bin/sh']);
  eventScript('legacy', 'README', ['Event scripts of the file server.']);
  eventScript('readme', '10.interfaces', ['#!/bin/sh']);
  eventScript('readme', '10.otherstuff', ['#!/bin/sh']);
  eventScript('services', '00.services.script', ['#!/bin/sh']);
  await must('fallover modify component readme profile=readme');
  await must('fallover modify component services mode=observed');
  const monitor = async (): Promise<unknown> => await shell('fallover ctdb event run 30 legacy monitor');
  for (let round = 0; round < 9; round += 1) await monitor();
  says('50.samba.script', '[ "$1" = monitor ] || exit 0', 'sleep 5');
  await shell('fallover ctdb event run 1 legacy monitor');
  says(
    '50.samba.script',
    '[ "$1" = monitor ] || exit 0',
    'echo "ERROR: samba tcp port 445 is not responding"',
    `printf '\\033[31msmbd\\033[0m is not running: /run/samba/smbd.pid names process 4711, which is gone\\n'`,
    'exit 1',
  );
  for (let round = 0; round < 4; round += 1) await monitor();
  await must('fallover ctdb event run 30 legacy takeip eth0 10.0.0.31 24');
  return waiting;
}

/** The address of the event that runs in the component legacy. */
export async function runningInComponent({ must, shell }: Daemon): Promise<string> {
  void shell('fallover ctdb event run 600 legacy startup');
  for (;;) {
    const { running } = JSON.parse(await must('fallover query component legacy --json')) as {
      running?: { id: string; scripts: [] };
    };
    if (running && running.scripts.length > 3) return `/smit/cm_component_run/legacy/${running.id}`;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

export async function askedToRunComponentEvent(page: Page): Promise<void> {
  await page.getByRole('button', { name: /Do: run/ }).click();
  await page.getByRole('dialog').waitFor();
}

export async function output(page: Page): Promise<void> {
  await page.getByRole('region', { name: /^Output of / }).waitFor();
}

export const pressed =
  (key: string) =>
  async (page: Page): Promise<void> => {
    await page.getByLabel('Time Until Warning', { exact: true }).focus();
    await page.keyboard.press(key);
  };

export async function refusedEntries(page: Page): Promise<void> {
  await page.getByLabel('Event Command', { exact: true }).fill('/usr/local/cluster/swap');
  await page.getByLabel('Notify Command', { exact: true }).fill('notify.sh');
  await page.getByLabel('Recovery Command Retry', { exact: true }).fill('many');
  await page.getByRole('button', { name: /Do: save in the draft/ }).click();
  await page
    .getByText(/is not a full pathname/)
    .first()
    .waitFor();
}

export async function filledArguments(page: Page): Promise<void> {
  await page.getByLabel('NODE', { exact: true }).selectOption('nodea');
  await page.getByLabel('NETWORK', { exact: true }).fill('net1');
  await page.getByRole('region', { name: 'What will be run' }).getByRole('row').nth(3).waitFor();
}

/** A recovery program of one's own, with a line that cannot be read. */
export async function ownProgram(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Replace it by a program of your own' }).click();
  const lines = [
    '# the route first',
    'event "/opt/ha/move-route" 0 NULL',
    'barrier',
    'all "swap_adapter" 0',
    'all "/opt/ha/log" X NULL',
  ];
  await page.getByLabel('Recovery Program', { exact: true }).fill(`${lines.join('\n')}\n`);
  await page.locator('.script-findings').first().waitFor();
  await page.getByRole('region', { name: 'Recovery program' }).scrollIntoViewIfNeeded();
}

export async function askedToRun(page: Page): Promise<void> {
  await filledArguments(page);
  await page.getByRole('button', { name: /Do: run/ }).click();
  await page.getByRole('dialog').waitFor();
}

export async function verified(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Verify the draft' }).click();
  await page.getByRole('list', { name: 'What verification of the draft found' }).waitFor();
}

export async function askedToRestore(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Restore as draft' }).click();
  await page.getByRole('dialog').getByRole('checkbox').waitFor();
}

export async function newestRun({ must }: Daemon, event: string): Promise<string> {
  const { runs } = JSON.parse(await must('fallover query run --json')) as { runs: { id: string; event: string }[] };
  const found = runs.find((run) => run.event === event);
  if (!found) throw new Error(`There is no run of ${event}.`);
  return found.id;
}

const runIn = (text: string): string => {
  const id = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/.exec(text)?.[0];
  if (id === undefined) throw new Error(`No run in: ${text}`);
  return id;
};

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let left = 240; left > 0; left -= 1) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error('What the picture waits for did not happen within a minute.');
}
