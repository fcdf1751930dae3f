import type { Page } from '@playwright/test';
import { commandOf, expect, expectAccessible, loadExample, testOnOneCluster, title, toolbar } from '../test.ts';

const test = testOnOneCluster(loadExample);
const AT = '2026-11-23T14:22:10.000Z';
const MEMBER = { state: 'member', since: AT, coordinator: false, here: false, release: '0.1.0', lostSteps: [] };
const FENCING = {
  node: 'nodec',
  state: 'failed',
  lostAt: AT,
  sentence:
    'Node nodec was lost and fencing it failed. Nothing of it is taken over until somebody confirms that it is off. Switch node nodec off by hand, make sure of it, then confirm.',
};
const NODES = [
  { ...MEMBER, node: 'nodea', here: true, coordinator: true },
  {
    node: 'nodeb',
    state: 'down',
    since: AT,
    coordinator: false,
    here: false,
    stopped: { how: 'move', by: 'ada', at: AT },
    lostSteps: [],
  },
  { node: 'nodec', state: 'lost', since: AT, coordinator: false, here: false, fencing: FENCING, lostSteps: [] },
];

/** What a cluster of three would answer; this test is about what the screens make of it. */
async function threeNodes(page: Page): Promise<void> {
  await page.route('**/api/v1/nodes', (route) => route.fulfill({ json: { nodes: NODES, at: AT } }));
  await page.route('**/api/v1/cluster', async (route) => {
    const answer = await route.fetch();
    const cluster = (await answer.json()) as object;
    const members = NODES.map(({ node, state }) => ({ node, state }));
    await route.fulfill({ response: answer, json: { ...cluster, members, coordinator: 'nodea', fencing: [FENCING] } });
  });
}

test('the only node is a member, and says why it cannot be stopped', async ({ console: page, daemon }) => {
  await page.goto('/smit/cm_cluster_services');
  await expect(title(page, 'Show Cluster Services')).toBeVisible();
  await expect(page.getByRole('row').nth(1)).toContainText('member');
  await expectAccessible(page);
  await page.getByRole('link', { name: /^Stop the cluster services of/ }).click();
  await expect(title(page, 'Stop Cluster Services')).toBeVisible();
  await page.getByLabel('Move Resource Groups').check();
  await expectAccessible(page);
  const command = await commandOf(page);
  expect(command).toMatch(/^fallover offline node \S+ MANAGE=move$/);
  expect((await daemon.shell(command)).status).toBe(2);
  await toolbar(page)
    .getByRole('button', { name: /Do: stop/ })
    .click();
  await page.getByRole('dialog').getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByText(/is always a member: its cluster services cannot be stopped/)).toBeVisible();
  await expectAccessible(page);
});

test('a node whose fencing failed waits for a person, on home too, until its name is typed', async ({ console: page }) => {
  await threeNodes(page);
  await page.goto('/');
  await expect(page.getByText('nodea (coordinator), nodeb down, nodec lost')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Make sure that nodec is off, and confirm it' }).click();
  await expect(page.getByText('Stopped by ada (takeover).')).toBeVisible();
  await expectAccessible(page);
  await expect(page.getByRole('link', { name: 'What if it dies? nodea' })).toHaveAttribute(
    'href',
    '/smit/cm_event_emulation?what=dies&dies=nodea',
  );
  await page.getByRole('button', { name: 'Confirm that it is off: nodec' }).click();
  const dialog = page.getByRole('dialog', { name: 'Is node nodec off?' });
  await expect(dialog.getByRole('button', { name: 'Node nodec is off' })).toBeDisabled();
  await dialog.getByLabel('Type nodec to confirm').fill('nodec');
  await expect(dialog.getByRole('button', { name: 'Node nodec is off' })).toBeEnabled();
  await expectAccessible(page);
});

test('a node that is down is removed once its name is typed', async ({ console: page }) => {
  await threeNodes(page);
  await page.goto('/smit/cm_cluster_services');
  await page.getByRole('button', { name: 'Remove from the cluster: nodeb' }).click();
  const dialog = page.getByRole('dialog', { name: 'Remove node nodeb from the cluster?' });
  await expect(dialog.getByRole('button', { name: 'Remove nodeb' })).toBeDisabled();
  await dialog.getByLabel('Type nodeb to remove it').fill('nodeb');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Remove nodeb' }).click();
  // The daemon of this test is alone, whatever the screen was told.
  await expect(dialog.getByText(/There is no node nodeb in this cluster/)).toBeVisible();
});

test('cluster services are started by keys', async ({ console: page }) => {
  await threeNodes(page);
  await page.goto('/smit/clstart');
  await page.getByLabel('nodeb').focus();
  await page.keyboard.press('Space');
  await page.getByLabel('Both', { exact: true }).focus();
  await page.keyboard.press('Space');
  expect(await commandOf(page)).toBe('fallover online node nodeb WHEN=both');
  await expectAccessible(page);
});
