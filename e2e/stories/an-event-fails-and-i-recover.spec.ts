import { expect, expectAccessible, loadExample, testOnOneCluster, title, toolbar } from '../test.ts';

const test = testOnOneCluster(loadExample);

test('an event fails, recovery retries and does not help, and I recover from script failure', async ({
  console: page,
  daemon,
}) => {
  const fails = daemon.script('fails', ['echo "the disk does not answer" >&2', 'exit 3']);
  const repairs = daemon.script('repairs', ['echo "tried to repair it"']);
  await daemon.must(
    `fallover modify event node_up_complete COMMAND=${fails} RECOVERYCOMMAND=${repairs} RECOVERYCOUNTER=2 POSTEVENTCOMMAND=report_status && fallover sync`,
  );
  const failed = daemon.shell('fallover run node_up_complete nodea');
  await page.goto('/smit/cm_events');
  await expect(page.getByText('RP_FAILED: the cluster does not fail over.')).toBeVisible();
  const waits = daemon.must('fallover run start_server app1');
  await expectAccessible(page);

  await page.goto('/');
  await expect(page.getByRole('table', { name: 'Queue' }).getByRole('link', { name: 'start_server app1' })).toBeVisible();
  await page.getByRole('link', { name: 'node_up_complete nodea' }).first().click();
  await expect(title(page, 'node_up_complete nodea')).toBeVisible();
  const steps = page.getByRole('region', { name: 'Steps' }).getByRole('button');
  await expect(steps).toHaveText([
    /event.*\/fails.*status 3/,
    /recovery.*\/repairs.*status 0/,
    /event attempt 2.*\/fails.*status 3/,
    /recovery.*\/repairs.*status 0/,
    /event attempt 3.*\/fails.*status 3/,
    /post-event report_status.*status 0/,
  ]);
  await expect(page.getByRole('region', { name: 'Output of event' })).toContainText('the disk does not answer');
  await expectAccessible(page);

  await page.getByRole('link', { name: 'Recover from script failure' }).first().click();
  await expect(title(page, 'Recover From Script Failure')).toBeVisible();
  await expect(page.getByText('The event command of node_up_complete nodea ended with status 3 on nodea.')).toBeVisible();
  await page.getByLabel('Skip the rest of the event').check();
  await toolbar(page)
    .getByRole('button', { name: /Do: recover/ })
    .click();
  await expect(page.getByText('The rest of the event was skipped.')).toBeVisible();
  await waits;
  expect((await failed).status).toBe(3);
  await expect(page.getByText('RP_FAILED')).toHaveCount(0);

  await page.getByRole('link', { name: 'View Event Summaries' }).click();
  await expect(page.getByRole('article', { name: /^node_up_complete nodea,/ })).toContainText('failed · status 3');
  await expect(page.getByRole('article', { name: /^start_server app1,/ })).toContainText('succeeded');
});
