import type { Page } from '@playwright/test';
import type { Daemon } from '../daemon.ts';
import { commandOf, expect, expectAccessible, loadExample, testOnOneCluster, title } from '../test.ts';

const test = testOnOneCluster(loadExample);

test('who would run what is shown, and nothing is run', async ({ console: page, daemon }) => {
  await page.goto('/smit/cm_event_emulation');
  await expect(title(page, 'Event Emulation')).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel('Event', { exact: true }).fill('node_down');
  await page.getByLabel('HOW', { exact: true }).selectOption('graceful');
  const shown = page.getByRole('region', { name: 'What would be run, by the active configuration' });
  await expect(shown).toContainText('/example-scripts/slow nodea graceful');
  await expect(page.getByText(/Run for real: Node nodea leaves the cluster/)).toBeVisible();
  await expect(page).toHaveURL(/event=node_down&arg=nodea&arg=graceful/);
  await expectAccessible(page);
  const command = await commandOf(page);
  expect(command).toBe('fallover emulate node_down nodea graceful');
  await daemon.must(command);
  expect(await daemon.must('fallover query run')).not.toContain('node_down');
});

test('the draft is emulated before it is synchronised', async ({ console: page, daemon }) => {
  const script = daemon.script('tell-first', []);
  await daemon.must(`fallover modify event network_up NOTIFYCOMMAND=${script}`);
  await page.goto('/smit/cm_event_emulation?event=network_up&arg=nodea&arg=net1');
  await expect(page.getByRole('region', { name: 'What would be run, by the active configuration' })).not.toContainText(script);
  await page.getByLabel('Configuration', { exact: true }).selectOption('draft');
  await expect(page.getByRole('region', { name: 'What would be run, by the draft' })).toContainText(
    `${script} network_up start nodea net1`,
  );
  expect(await commandOf(page)).toBe('fallover emulate network_up --draft nodea net1');
  await expectAccessible(page);
});

/** nodea alone lives; nodeb and nodec are defined, and have values of their own. */
const threeNodes = async ({ must, script }: Daemon): Promise<void> => {
  await must('fallover add node nodeb && fallover add node nodec');
  await must(`fallover modify event node_down NOTIFYCOMMAND=${script('tell', [])}`);
  await must(`fallover modify event node_down NODE=nodeb NOTIFYCOMMAND=${script('tell-by-b', [])}`);
};
const lanes = (page: Page) => page.getByRole('table', { name: 'Lanes' });

test('what follows if a node dies is shown phase by phase, on any node set, by keys alone', async ({ console: page, daemon }) => {
  await threeNodes(daemon);
  await page.goto('/smit/cm_event_emulation?configuration=draft');
  await page.getByLabel('What if', { exact: true }).focus();
  await page.keyboard.press('End');
  await page.getByLabel('Node', { exact: true }).focus();
  await page.keyboard.type('nodea');
  const shown = page.getByRole('region', { name: 'What follows if node nodea dies now, by the draft' });
  await expect(shown).toContainText('Node nodea is the only node');
  for (const node of ['nodea', 'nodeb', 'nodec']) {
    await page.getByRole('checkbox', { name: node }).focus();
    await page.keyboard.press('Space');
  }
  await expect(shown).toContainText('nodea coordinates; the next one is nodeb or nodec, whichever asks the store first.');
  await expect(shown).toContainText('not fenced: resources may be active twice');
  await expect(lanes(page).getByRole('columnheader')).toContainText([
    'Node',
    'node_down nodea on all (status 0 is success)',
    'node_down_complete nodea on all (any status is success)',
  ]);
  await expect(lanes(page)).toContainText('barrier: waits for all');
  await lanes(page)
    .getByRole('button', { name: /notify start tell-by-b, a value of this node/ })
    .focus();
  await page.keyboard.press('Enter');
  const step = page.getByRole('region', { name: 'Step notify start' });
  await expect(step).toContainText('tell-by-b node_down start nodea');
  await expect(step).toContainText('PRE_EVENT_MEMBERSHIP=');
  await expectAccessible(page);
  const command = await commandOf(page);
  expect(command).toBe('fallover emulate --node-dies nodea --nodes nodea,nodeb,nodec --draft');
  const printed = await daemon.must(command);
  expect(printed).toMatch(/tell-by-b node_down start\s+nodea \(a value of this node\)/);
  for (const line of printed.split('\n')) if (!line.includes('/')) expect(line.length).toBeLessThanOrEqual(80);
  expect(await daemon.must('fallover query run')).not.toContain('node_down');
  expect(await daemon.must('fallover query cluster')).not.toContain('node_down');
});

test('an event is emulated as it happens, and as a person runs it; and on a narrow screen', async ({ console: page }) => {
  await page.setViewportSize({ width: 390, height: 800 });
  await page.goto('/smit/cm_event_emulation?configuration=draft&event=node_down&arg=nodec&arg=takeover&nodes=nodea,nodeb,nodec');
  await expect(lanes(page).getByRole('row')).toHaveCount(3);
  await expect(lanes(page)).toContainText('nothing to do: at the barrier');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await expectAccessible(page);
  await page.getByLabel('What if', { exact: true }).selectOption('run');
  await expect(page.getByText(/^Warning: A person who runs it now is refused: node_down nodec/)).toBeVisible();
  await expect(lanes(page)).not.toContainText('nothing to do: at the barrier');
});
