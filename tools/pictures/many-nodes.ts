import type { Browser, Page } from '@playwright/test';
import { startCluster } from '../../e2e/cluster.ts';
import { etcdIsMissing } from '../../e2e/etcd.ts';
import { administrator, newCamera } from './camera.ts';
import { newestRun, output } from './scenes.ts';

/** Three nodes on an etcd: one that is waited for, then one that dies while it is looked at. */
export async function manyNodes(
  browser: Browser,
  directory: string,
  chosen: { names: readonly string[]; quick: boolean },
): Promise<void> {
  if (etcdIsMissing !== undefined) return console.log(`No pictures of many nodes. ${etcdIsMissing}`);
  const cluster = await startCluster();
  try {
    const { nodea, nodec } = cluster;
    const camera = newCamera(browser, nodea.url, directory, chosen);
    const session = await administrator(camera, nodea);
    const [first, second] = [nodea.gate('first'), nodea.gate('second')];
    const slowOn = (nodes: string, waits: string): string[] => [
      'echo "looking for net1 on $LOCALNODENAME"',
      `case $LOCALNODENAME in ${nodes}) ;; *) exit 0 ;; esac`,
      'echo "net1: no carrier on eth1, waiting"',
      waits,
    ];
    await nodea.must(`fallover modify event network_up COMMAND=${nodea.script('network_up', slowOn('nodeb', first.waits))}`);
    await nodea.must(
      `fallover modify event network_down COMMAND=${nodea.script('network_down', slowOn('nodeb|nodec', second.waits))}`,
    );
    await nodea.must('fallover sync');

    await nodea.must('fallover report network_up -1 net1 --source pictures --id 1');
    await cluster.until('fallover query cluster --json', (out) => out.includes('"ST_BARRIER"'));
    const up = `/runs/${await newestRun(nodea, 'network_up')}`;
    await camera.everywhere(session, [
      { name: 'nodes-home', path: '/' },
      { name: 'nodes-run-waits', path: up, wants: output },
    ]);
    first.open();
    await cluster.until('fallover query cluster --json', (out) => out.includes('"ST_STABLE"'));
    await camera.everywhere(session, [
      { name: 'nodes-run', path: up, wants: output },
      { name: 'nodes-services', path: '/smit/cm_cluster_services' },
      { name: 'nodes-log', path: '/smit/cm_log_viewing?node=nodeb', wants: lines },
      {
        name: 'nodes-summaries',
        path: '/smit/cm_event_summaries?node=*',
        wants: (page) => page.getByRole('article').first().waitFor(),
      },
      { name: 'nodes-verified', path: '/smit/cm_synchronise', wants: verified },
    ]);

    const over = nodea.must('fallover run network_down -1 net1');
    await cluster.until('fallover query cluster --json', (out) => out.includes('"network_down"'));
    const opened = await camera.keepOpen(session, [
      { name: 'nodes-run-silent', path: `/runs/${await newestRun(nodea, 'network_down')}`, wants: output },
    ]);
    await nodec.kill();
    for (const one of opened) {
      await one.page.getByText(/Without nodec/).waitFor();
      await camera.take(one);
      await one.page.close();
    }
    second.open();
    await over;
    await cluster.until('fallover query cluster --json', (out) => out.includes('"ST_STABLE"'));
    await camera.everywhere(session, [
      { name: 'nodes-home-lost', path: '/' },
      { name: 'nodes-run-lost', path: `/runs/${await newestRun(nodea, 'network_down')}` },
      {
        name: 'nodes-log-silent',
        path: '/smit/cm_log_viewing?node=nodec',
        wants: (page) => page.getByRole('alert').first().waitFor(),
      },
      {
        name: 'nodes-summaries-silent',
        path: '/smit/cm_event_summaries?node=*',
        wants: (page) => page.getByText(/Without nodec/).waitFor(),
      },
    ]);
  } finally {
    await cluster.remove();
  }
}

const lines = (page: Page) =>
  page
    .getByText(/EVENT START/)
    .first()
    .waitFor();

async function verified(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Verify' }).first().click();
  await page
    .getByText(/^etcd has one member: /)
    .first()
    .waitFor();
}
