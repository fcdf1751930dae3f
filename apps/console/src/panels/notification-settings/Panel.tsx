import { ClusterSettings } from '../../smit/definition/ClusterSettings.tsx';
import { spec } from '../../smit/definition/specs.ts';

const FRAME = {
  title: 'Remote Notification Settings',
  fastPath: 'cm_notification_settings',
  above: '/smit/cm_remote_notification',
  lead: 'What holds for all remote notification methods.',
};

const SPECS = [
  spec('mailRelay', 'text', 'smtp://HOST:PORT, or smtps://HOST:PORT: the mail server of the methods that name none.'),
  spec(
    'consoleUrl',
    'text',
    'Under which people reach this console, such as https://nodea.example.com:8770. A notification then links to its run.',
  ),
  spec(
    'allowedTargets',
    'words',
    'Hosts, addresses and networks, blank-separated, that a notification may go to although they are on this machine or link-local, such as 127.0.0.1:9000.',
  ),
];

/** The part of the cluster's one entry that is about remote notification. */
export default function NotificationSettings() {
  return <ClusterSettings frame={FRAME} specs={SPECS} />;
}
