import { EntryForm } from '../../smit/definition/EntryForm.tsx';
import { spec } from '../../smit/definition/specs.ts';
import { useTopology } from '../../smit/definition/topology-queries.ts';
import { useLastKnown } from '../../smit/definition/use-last-known.ts';
import { Known } from '../../smit/Known.tsx';
import { PanelFrame } from '../../smit/PanelFrame.tsx';

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
  const known = useTopology('cluster');
  const found = 'waitsFor' in known ? undefined : known.entries.find(({ name }) => name === known.cluster);
  const entry = useLastKnown('waitsFor' in known ? undefined : known.cluster, found);
  if ('waitsFor' in known)
    return (
      <PanelFrame {...FRAME} commands={[]}>
        <Known query={known.waitsFor}>{() => null}</Known>
      </PanelFrame>
    );
  return (
    <EntryForm
      entryClass="cluster"
      specs={SPECS}
      name={{ fixed: known.cluster }}
      entry={entry}
      among={known.among}
      liveNodes={known.liveNodes}
      frame={FRAME}
    />
  );
}
