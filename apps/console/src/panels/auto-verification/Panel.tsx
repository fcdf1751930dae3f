import { ClusterSettings } from '../../smit/definition/ClusterSettings.tsx';
import { CLUSTER_SPECS } from '../../smit/definition/specs.ts';

const FRAME = {
  title: 'Automatic Verification',
  fastPath: 'cm_auto_verification',
  above: '/',
  lead: 'Once a day the active configuration is verified on every node. What is found is logged in hacmp.out and raises the event cluster_notify.',
};

/** When the active configuration is verified by itself: what the one entry of the class cluster says. */
export default function AutoVerification() {
  return <ClusterSettings frame={FRAME} specs={CLUSTER_SPECS.cluster} />;
}
