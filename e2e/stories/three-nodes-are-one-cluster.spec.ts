import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { type Cluster, startCluster } from '../cluster.ts';
import type { Daemon } from '../daemon.ts';
import { etcdIsMissing } from '../etcd.ts';
import { createAdministrator, expect, expectAccessible, test as base, toolbar } from '../test.ts';

/** nodea's console is looked at, and through it all nodes. */
const test = base.extend<{ cluster: Cluster }>({
  cluster: async ({ browserName: _ }, use) => {
    const cluster = await startCluster();
    await use(cluster);
    await cluster.remove();
  },
  daemon: ({ cluster }, use) => use(cluster.nodea),
});

test.skip(etcdIsMissing !== undefined, etcdIsMissing ?? '');

type Gate = ReturnType<Daemon['gate']>;

const lanes = (page: Page) => page.getByRole('table', { name: 'Lanes' });
const laneOf = (page: Page, node: string) => lanes(page).getByRole('row', { name: new RegExp(`^${node}`) });
/** The process that has started such a step on the node. */
function launcherOf({ state }: Daemon, step: string): number | undefined {
  const [directory] = globSync(join(state, 'launcher', '*'));
  if (!directory || !readFileSync(join(directory, 'started'), 'utf8').includes(step)) return undefined;
  return (JSON.parse(readFileSync(join(directory, 'launcher.json'), 'utf8')) as { launcher: { pid: number } }).launcher.pid;
}
/** Its id; empty while there is none. */
const newestRun = async ({ must }: Daemon): Promise<string> => {
  const { runs } = JSON.parse(await must('fallover query run --json')) as { runs: { id: string }[] };
  return runs[0]?.id ?? '';
};

test('one console shows what runs on every node, whom the barrier waits for, the logs of all, and what is lost with a node', async ({
  page,
  cluster: { nodea, nodeb, nodec },
}) => {
  await createAdministrator(page, nodea);

  // What other software has seen is processed in two phases. In the first one nodeb takes its time, and writes meanwhile.
  const [more, end, left, never] = ['more', 'end', 'left', 'never'].map((name) => nodea.gate(name)) as [Gate, Gate, Gate, Gate];
  const networkUp = nodea.script('network_up', [
    'echo "mounting on $LOCALNODENAME"',
    `[ "$LOCALNODENAME" = nodeb ] || exit 0`,
    more.waits,
    'echo "half of it is done"',
    end.waits,
    'echo "all of it is done"',
  ]);
  const onOneNode = [
    'echo "on $LOCALNODENAME"',
    `[ "$LOCALNODENAME $2" != 'nodeb net2' ] || { ${left.waits}; }`,
    `[ "$LOCALNODENAME $2" != 'nodec net1' ] || { ${never.waits}; }`,
  ];
  await nodea.must(`fallover modify event network_up COMMAND=${networkUp}`);
  await nodea.must(`fallover modify event network_down COMMAND=${nodea.script('network_down', onOneNode)}`);
  await nodea.must('fallover sync');
  const before = await newestRun(nodea);
  await nodea.must('fallover report network_up -1 net1 --source story --id 1');
  await expect.poll(() => newestRun(nodea)).not.toBe(before);
  await page.goto(`/runs/${await newestRun(nodea)}`);

  await expect(laneOf(page, 'nodea')).toContainText('at the barrier');
  await expect(laneOf(page, 'nodec')).toContainText('at the barrier');
  await expect(lanes(page).getByRole('columnheader', { name: /^Phase 1.*barrier waits/ })).toBeVisible();
  await expect(page.getByText(/^The barrier behind phase 1 waits for nodeb: event since \d/)).toBeVisible();

  // What nodeb writes comes as it writes it, through nodea.
  await laneOf(page, 'nodeb').getByRole('button', { name: /event/ }).first().click();
  const output = page.getByRole('region', { name: 'Output of event' });
  await expect(output.getByText('mounting on nodeb')).toBeVisible();
  more.open();
  await expect(output.getByText('half of it is done')).toBeVisible({ timeout: 5_000 });
  await expectAccessible(page);
  end.open();
  await expect(lanes(page).getByRole('columnheader', { name: /^Phase 1.*barrier passed/ })).toBeVisible();
  await expect(output.getByText('all of it is done')).toBeVisible();
  await page.reload();
  await laneOf(page, 'nodec').getByRole('button', { name: /event/ }).first().click();
  await expect(output.getByText('mounting on nodec')).toBeVisible();

  // The log of another node, and the event summaries of all.
  await page.goto('/smit/cm_log_viewing');
  const choice = page.getByRole('combobox', { name: 'Node' });
  await choice.selectOption('nodeb');
  await expect(page.getByRole('region', { name: 'Lines of hacmp.out' }).getByText(/half of it is done/)).toBeVisible();
  await expect(page).toHaveURL(/node=nodeb/);
  await page.goto('/smit/cm_event_summaries?event=network_up');
  await expect(page.getByRole('article').first()).toContainText('nodea · ');
  await expect(page.getByRole('article').filter({ hasText: 'nodec · ' })).toHaveCount(0);
  await choice.selectOption('all nodes');
  await page.getByRole('article').filter({ hasText: 'nodec · ' }).getByRole('link', { name: 'In hacmp.out' }).click();
  await expect(page.getByText('nodec: ')).toBeVisible();
  await expect(page.getByText(/EVENT START: network_up -1 net1/).first()).toBeVisible();

  // The launcher of nodeb dies, and its command goes on: nobody knows how it ends, and it does not run a second time beside itself.
  const again = nodea.shell('fallover run network_down -1 net2');
  const running = () => nodea.must('fallover query cluster --json').then((out) => JSON.parse(out).running);
  await expect.poll(async () => (await running())?.event).toBe('network_down');
  const step = `${(await running()).id}/1/nodeb/event/1`;
  await expect.poll(() => launcherOf(nodeb, step)).toBeDefined();
  process.kill(launcherOf(nodeb, step) ?? 0, 'SIGKILL');
  expect((await again).err).toMatch(/nodeb\/event\/1 left running: process \d+/);
  await page.goto('/smit/cm_recover');
  const interrupted = page.getByRole('region', { name: 'Interrupted: event on nodeb' });
  await expect(interrupted).toContainText('These of its processes still run on nodeb');
  await expectAccessible(page);
  await interrupted.getByRole('button', { name: 'End these processes' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'End them' }).click();
  await expect(interrupted).toContainText('None of its processes runs any more on nodeb.');
  left.open();
  await page.getByLabel('Run the step again').check();
  await toolbar(page)
    .getByRole('button', { name: /Do: recover/ })
    .click();
  await expect(page.getByText('The step was started again.')).toBeVisible();

  // nodec dies while its step is looked at: nobody waits for it, and what it wrote is not left out without a word.
  const without = nodea.must('fallover run network_down -1 net1');
  await expect.poll(async () => (await running())?.event).toBe('network_down');
  await page.goto(`/runs/${await newestRun(nodea)}`);
  await expect(page.getByText(/^The end of the run waits for nodec: event since \d/)).toBeVisible();
  await laneOf(page, 'nodec').getByRole('button', { name: /event/ }).first().click();
  await expect(output.getByText('on nodec')).toBeVisible();
  await nodec.kill();
  await expect(page.getByText('Without nodec: what its steps write could not be asked for.')).toBeVisible();
  await expect(page.getByText(/^Node nodec does not answer at .* It has been asked in vain since /).first()).toBeVisible();
  await expect(laneOf(page, 'nodec')).toContainText('lost at');
  await expect(page.getByText(/was lost; nobody waits for it/)).toBeVisible();
  await without;

  await page.goto('/smit/cm_event_summaries?node=*');
  await expect(page.getByText('Without nodec: its event summaries could not be asked for.')).toBeVisible();
  await page.goto('/smit/cm_log_viewing?node=nodec');
  await expect(page.getByRole('alert').filter({ hasText: 'its logs are on nodec itself' })).toBeVisible();
  await expectAccessible(page);
});
