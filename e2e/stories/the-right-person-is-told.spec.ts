import { type MailSink, startMailSink } from '../mail-sink.ts';
import { entry, expect, test as onItsOwn, title, toolbar } from '../test.ts';

const test = onItsOwn.extend<{ mail: MailSink }>({
  mail: async ({ browserName: _ }, use) => {
    const sink = await startMailSink();
    await use(sink);
    await sink.close();
  },
});

test('a method is tested before it is saved, tells of an event that fails, and the run is acknowledged', async ({
  console: page,
  daemon,
  mail,
}) => {
  const fails = daemon.script('fails', ['echo "the volume is not there"', 'exit 3']);
  await daemon.must(`fallover modify event node_up COMMAND=${fails}`);

  await page.goto('/smit/cm_remote_notification');
  await expect(page.getByText('Nobody is told of anything yet.')).toBeVisible();
  await page.getByRole('link', { name: 'Add a method' }).click();
  await entry(page, 'Method Name').fill('ops_mail');
  await entry(page, 'Number to Dial or Cell Phone Address').fill('ops@example.com');
  await entry(page, 'Server').fill('127.0.0.1');
  await entry(page, 'Port').fill(String(mail.port));
  await entry(page, 'Message Text').fill('%e of %o on %n, 100 %%');
  await entry(page, 'Cluster Event(s)').selectOption('node_up');
  const preview = page.getByRole('region', { name: 'Preview' });
  await expect(preview.locator('pre')).toContainText('node_up of nodea on nodea, 100 %');
  await expect(preview.getByText('ops@example.com')).toBeVisible();

  // Before anything is saved: both sides of the dialogue, and how it ended.
  await preview.getByRole('button', { name: 'Test Notification …' }).click();
  const dialog = page.getByRole('dialog', { name: 'Test Notification: ops_mail' });
  await dialog.getByRole('button', { name: 'Send the test' }).click();
  await expect(dialog.getByText('Delivered: the other side has taken the test.')).toBeVisible();
  const conversation = dialog.getByRole('log', { name: 'Conversation' });
  await expect(conversation.getByText(/^EHLO /)).toBeAttached();
  await expect(conversation.getByText('RCPT TO:<ops@example.com>')).toBeAttached();
  await expect(dialog.getByRole('listitem').filter({ hasText: 'queued as 4711' })).toBeVisible();
  expect(mail.mails).toHaveLength(1);
  expect(mail.mails[0]).toMatch(/^Subject: TEST: /m);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();

  await toolbar(page)
    .getByRole('button', { name: /Do: add/ })
    .click();
  await expect(title(page, 'ops_mail')).toBeVisible();
  await expect(page.getByText('It is in the draft only.')).toBeVisible();
  await daemon.must('fallover sync');

  await daemon.shell('fallover run node_up nodea');
  await expect.poll(() => mail.mails.length).toBe(2);
  expect(mail.mails[1]).toMatch(/^Subject: (?!TEST).*node_up nodea/m);
  expect(mail.mails[1]).toContain('node_up of nodea on nodea, 100 %');

  await page.goto('/');
  await page.getByRole('link', { name: 'See what failed in node_up nodea' }).click();
  const told = page.getByRole('region', { name: 'Remote notification' });
  await expect(told.getByText('delivered')).toBeVisible();
  await told.getByRole('button', { name: 'What was said by ops_mail, failure' }).click();
  await expect(told.getByText(/queued as 4711/)).toBeVisible();
  await told.getByRole('button', { name: 'Acknowledge …' }).click();
  await page.getByLabel('Comment, for the others (optional)').fill('the disk is being replaced');
  await page.getByRole('dialog').getByRole('button', { name: 'Acknowledge', exact: true }).click();
  await expect(told.getByText(/Acknowledged by admin at .*: the disk is being replaced/)).toBeVisible();

  await page.goto('/smit/cm_remote_notification');
  const row = page.getByRole('table', { name: 'Remote Notification Methods' }).getByRole('row', { name: /ops_mail/ });
  await expect(row.getByText('just now')).toBeVisible();
});
