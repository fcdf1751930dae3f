import { ClusterSettings } from '../../smit/definition/ClusterSettings.tsx';
import { spec } from '../../smit/definition/specs.ts';

const FRAME = {
  title: 'Fencing',
  fastPath: 'cm_fencing',
  above: '/',
  lead: 'How a node that was lost is switched off, before another one takes over what it had. Without a fence command resources may be active twice.',
};

const SPECS = [
  spec(
    'fenceCommand',
    'words',
    'Full pathname and arguments, blank-separated; the name of the lost node is put behind them. Exit status 0: it is off for certain. Let it read a password from a file.',
  ),
];

/** The part of the cluster's one entry that is about lost nodes. */
export default function Fencing() {
  return <ClusterSettings frame={FRAME} specs={SPECS} />;
}
