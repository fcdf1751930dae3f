import {
  commandOf,
  entry,
  expect,
  expectAccessible,
  expectRefused,
  loadExample,
  testOnOneCluster,
  title,
  toolbar,
} from '../test.ts';

const test = testOnOneCluster(loadExample);

test('a network and an interface on it are defined; what is wrong is refused below its field, and F6 shows the line', async ({
  console: page,
  daemon,
}) => {
  await page.goto('/smit/cm_networks');
  await expect(title(page, 'Networks')).toBeVisible();
  await page.getByRole('button', { name: 'Add a network' }).click();
  await entry(page, 'Network Name').fill('net_ether_01');
  await entry(page, 'Network Type').selectOption('ether');
  await entry(page, 'Netmask (IPv4) or Prefix Length').fill('255.255.0.255');
  await toolbar(page).getByRole('button', { name: /Do: / }).click();
  await expectRefused(page, 'Netmask (IPv4) or Prefix Length', '"255.255.0.255" is neither an IPv4 netmask');
  await expectAccessible(page);
  await entry(page, 'Netmask (IPv4) or Prefix Length').fill('24');
  expect(await commandOf(page)).toBe('fallover add network net_ether_01 TYPE=ether NETMASK=24');
  await toolbar(page).getByRole('button', { name: /Do: / }).click();
  await expect(title(page, 'net_ether_01')).toBeVisible();
  await expect(page.getByText('It is in the draft only.')).toBeVisible();

  await page.goto('/smit/cm_add_interface');
  await entry(page, 'IP Label').fill('nodea_en0');
  await entry(page, 'Node Name').fill('nodea');
  await entry(page, 'Network Name').focus();
  await page.keyboard.press('F4');
  const list = page.getByRole('dialog', { name: 'Network Name' });
  await expect(list.getByRole('option', { name: 'net_ether_01' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(entry(page, 'Network Name')).toHaveValue('net_ether_01');
  await toolbar(page).getByRole('button', { name: /Do: / }).click();
  await expect(title(page, 'nodea_en0')).toBeVisible();

  await page.goto('/smit/cm_network/net_ether_01');
  await page.getByRole('button', { name: 'Delete this network' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete net_ether_01?' });
  await expect(dialog.getByRole('link', { name: 'nodea_en0' })).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Delete from the draft' })).toBeDisabled();
  await page.keyboard.press('Escape');

  await daemon.must('fallover sync');
  await page.goto('/smit/cm_networks');
  const row = page.getByRole('table', { name: 'Networks' }).getByRole('row', { name: 'net_ether_01' });
  await expect(row).toContainText('synchronised');
  await expect(row.getByRole('link', { name: 'nodea_en0' })).toBeVisible();
  await expectAccessible(page);
});

test('what is defined is chosen from a list where an event is run, and another name is only warned about', async ({
  console: page,
}) => {
  await page.goto('/smit/cm_run_event?event=network_down&arg=-1');
  await entry(page, 'NETWORK').focus();
  // Before the names have been read the entry has no list, and F4 opens the first one of the panel.
  await expect(page.getByRole('button', { name: 'NETWORK: list' })).toBeVisible();
  await page.keyboard.press('F4');
  const list = page.getByRole('dialog', { name: 'NETWORK' });
  await expect(list.getByRole('option', { name: /net_ether_01.*ether/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(entry(page, 'NETWORK')).toHaveValue('net_ether_01');
  const plan = page.getByRole('region', { name: 'What will be run' });
  await expect(plan).toBeVisible();
  await expect(plan.getByText(/is defined in this cluster/)).toBeHidden();
  await entry(page, 'NETWORK').fill('net9');
  await expect(plan.getByText('NETWORK: no network "net9" is defined in this cluster.')).toBeVisible();
});

test('automatic verification is set for the cluster', async ({ console: page }) => {
  await page.goto('/smit/cm_auto_verification');
  await entry(page, 'Hour (00-23)').fill('3');
  expect(await commandOf(page)).toBe('fallover modify cluster VERIFICATION_HOUR=3');
  await toolbar(page).getByRole('button', { name: /Do: / }).click();
  await expect(page.getByText('Command: OK')).toBeVisible();
  await expectAccessible(page);
});
