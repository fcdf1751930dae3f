import { EntryForm } from '../../smit/definition/EntryForm.tsx';
import { CLUSTER_SPECS } from '../../smit/definition/specs.ts';
import { useTopology } from '../../smit/definition/topology-queries.ts';
import { Known } from '../../smit/Known.tsx';
import { PanelFrame } from '../../smit/PanelFrame.tsx';

const FRAME = {
  title: 'Automatic Verification',
  fastPath: 'cm_auto_verification',
  above: '/',
  lead: 'Once a day the active configuration is verified on every node. What is found is logged in hacmp.out and raises the event cluster_notify.',
};

/** When the active configuration is verified by itself: what the one entry of the class cluster says. */
export default function AutoVerification() {
  const known = useTopology('cluster');
  if ('waitsFor' in known)
    return (
      <PanelFrame {...FRAME} commands={[]}>
        <Known query={known.waitsFor}>{() => null}</Known>
      </PanelFrame>
    );
  return (
    <EntryForm
      entryClass="cluster"
      specs={CLUSTER_SPECS.cluster}
      name={{ fixed: known.cluster }}
      entry={known.entries.find(({ name }) => name === known.cluster)}
      among={known.among}
      liveNodes={known.liveNodes}
      frame={FRAME}
    />
  );
}
