import { type MailSink, startMailSink } from '../mail-sink.ts';
import { becomes } from '../roles.ts';
import { commandOf, entry, expect, expectAccessible, testOnOneCluster, title, toolbar } from '../test.ts';

let mail: MailSink;
const test = testOnOneCluster(async ({ must }) => {
  mail = await startMailSink();
  mail.refuses('gone@example.com');
  const contact = "CONTACT='ops@example.com gone@example.com'";
  await must(`fallover add method ops_mail ${contact} SETTINGS='server=127.0.0.1 port=${mail.port}' EVENTS=node_down_complete`);
});
test.afterAll(() => mail.close());

test('a method is filled in: its type follows the destination, its settings the type, and F6 has no password', async ({
  console: page,
}) => {
  await page.goto('/smit/cm_add_notification_method');
  await entry(page, 'Method Name').fill('night_mail');
  const destination = entry(page, 'Number to Dial or Cell Phone Address');
  await destination.fill('+4917012345#');
  await expect(entry(page, 'Server')).toBeHidden();
  await destination.fill('ops@example.com gone@example.com');
  await expect(entry(page, 'Notification Type').locator('option').first()).toHaveText('from the destination: E-mail (SMTP)');
  await entry(page, 'Server').fill('127.0.0.1');
  await entry(page, 'Port').fill(String(mail.port));
  await entry(page, 'Password').fill('sesame');
  await entry(page, 'Cluster Event(s)').focus();
  await page.keyboard.press('F4');
  const list = page.getByRole('dialog', { name: 'Cluster Event(s)' });
  await page.keyboard.type('node_down_complete');
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  await expect(list).toBeHidden();
  expect(await commandOf(page)).toBe(
    `fallover add method night_mail CONTACT='ops@example.com gone@example.com' SETTINGS='server=127.0.0.1 port=${mail.port} password=-' EVENTS=node_down_complete`,
  );
  await expectAccessible(page);
  await entry(page, 'Password').fill('');
  await toolbar(page)
    .getByRole('button', { name: /Do: add/ })
    .click();
  await expect(title(page, 'night_mail')).toBeVisible();
});

test('a test says of each recipient what the other side says, in words that cannot be taken for success', async ({
  console: page,
}) => {
  await page.goto('/smit/cm_remote_notification');
  await page.getByRole('button', { name: 'Send test: ops_mail' }).click();
  const dialog = page.getByRole('dialog', { name: 'Test Notification: ops_mail' });
  await page.keyboard.press('Tab');
  await dialog.getByRole('button', { name: 'Send the test' }).press('Enter');
  await expect(dialog.getByText('Not delivered to all: 1 of 2 have it.')).toBeVisible();
  await expect(dialog.getByRole('listitem').filter({ hasText: 'gone@example.com' })).toContainText('550 No such user here');
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  const row = page.getByRole('table', { name: 'Remote Notification Methods' }).getByRole('row', { name: /ops_mail/ });
  await expect(row.getByText('new, not synchronised')).toBeVisible();
  await expectAccessible(page);
});

test('the delivery log has each attempt, and what is kept in the address', async ({ console: page, daemon }) => {
  await daemon.shell('fallover send-test ops_mail');
  await page.goto('/smit/cm_notifications?state=failed');
  const table = page.getByRole('table', { name: 'Notifications' });
  await table
    .getByRole('button', { name: /Details of ops_mail/ })
    .first()
    .click();
  await expect(table.getByRole('list', { name: 'Attempts: gone@example.com' })).toContainText('550 No such user here');
  await expect(page).toHaveURL(/open=/);
  await expectAccessible(page);
  await table.getByRole('button', { name: 'Redeliver …' }).click();
  const dialog = page.getByRole('dialog', { name: 'Send it again?' });
  await expect(dialog.getByLabel('To those who did not get it')).toBeChecked();
  await page.keyboard.press('Escape');
  await page.goto('/smit/cm_notifications?method=other');
  await expect(page.getByText('No notification matches.')).toBeVisible();
});

test('a silence needs a reason, is said where notifications are, and is ended', async ({ console: page }) => {
  await page.goto('/smit/cm_silences');
  await toolbar(page)
    .getByRole('button', { name: /Do: silence/ })
    .click();
  await expect(entry(page, 'Reason')).toHaveAccessibleDescription(/Reason is missing/);
  await entry(page, 'Cluster Event').selectOption('node_down');
  await entry(page, 'Reason').fill('disk change');
  await toolbar(page)
    .getByRole('button', { name: /Do: silence/ })
    .click();
  const table = page.getByRole('table', { name: 'Silences' });
  await expect(table.getByText('holds')).toBeVisible();
  await expectAccessible(page);
  await page.goto('/');
  await expect(page.getByText(/Notifications about node_down are silenced until .* by admin: disk change$/)).toBeVisible();
  await page.getByRole('link', { name: 'Silences', exact: true }).last().click();
  await table.getByRole('button', { name: 'End now: Notifications about node_down' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'End it' }).click();
  await expect(table.getByText('ended')).toBeVisible();
});

test('what holds for all methods is set beside automatic verification, and neither takes the other’s', async ({
  console: page,
  daemon,
}) => {
  await daemon.must('fallover modify cluster VERIFICATION_HOUR=3');
  await page.goto('/smit/cm_notification_settings');
  await entry(page, 'Mail Relay').fill('smtp://mail.example.com:25');
  await entry(page, 'Allowed Targets').fill('127.0.0.1:9000 10.0.0.0/8');
  await expectAccessible(page);
  await toolbar(page)
    .getByRole('button', { name: /Do: save/ })
    .click();
  await expect(page.getByText('Command: OK')).toBeVisible();
  await page.goto('/smit/cm_auto_verification');
  await expect(entry(page, 'Hour (00-23)')).toHaveValue('3');
  await entry(page, 'Hour (00-23)').fill('4');
  await toolbar(page)
    .getByRole('button', { name: /Do: save/ })
    .click();
  await expect(page.getByText('Command: OK')).toBeVisible();
  await page.goto('/smit/cm_notification_settings');
  await expect(entry(page, 'Allowed Targets')).toHaveValue('127.0.0.1:9000 10.0.0.0/8');
});

test('who may not configure sends a test and sees no form to type for nothing', async ({ console: page, daemon }) => {
  becomes(daemon, 'operator');
  await page.goto('/smit/cm_remote_notification');
  await expect(page.getByRole('button', { name: 'Send test: ops_mail' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Add a remote notification method' })).toBeHidden();
  await page.goto('/smit/cm_notification_method/ops_mail');
  await expect(page.getByText('To see what would be sent needs the role admin; admin has the role operator.')).toBeVisible();
  becomes(daemon, 'monitor');
  await page.goto('/smit/cm_remote_notification');
  await expect(page.getByRole('link', { name: 'ops_mail' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Send test: ops_mail' })).toBeHidden();
});
