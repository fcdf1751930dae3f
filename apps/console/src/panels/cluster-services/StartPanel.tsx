import { startClusterServices } from '@fallover/contract';
import type { StartWhen } from '@fallover/events';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { nodesQuery } from '../../live/queries.ts';
import { useAction } from '../../live/use-action.ts';
import { CommandStatus } from '../../smit/CommandStatus.tsx';
import { Known } from '../../smit/Known.tsx';
import { PanelForm } from '../../smit/PanelForm.tsx';
import { PanelFrame } from '../../smit/PanelFrame.tsx';
import { commandLine } from '../../smit/shell-words.ts';
import { Nodes, When } from './Choices.tsx';
import { Sentences } from './Sentences.tsx';
import { useChosenNodes } from './use-chosen-nodes.ts';

const FORM = 'start-cluster-services';

const WHEN: Record<StartWhen, { label: string; says: string }> = {
  now: { label: 'Now', says: 'The node joins the cluster at once, by node_up.' },
  restart: {
    label: 'On system restart',
    says: 'From now on the node joins whenever its cluster manager starts; nothing is done now.',
  },
  both: { label: 'Both', says: 'It joins now, and whenever its cluster manager starts.' },
};

export default function StartClusterServices() {
  const query = useQuery(nodesQuery);
  const { chosen, choose, faults, check, reset } = useChosenNodes();
  const [when, setWhen] = useState<StartWhen>('now');
  const action = useAction(startClusterServices, ['cluster', 'runs']);
  const start = (): void => {
    if (check()) action.mutate({ body: { nodes: chosen, when } });
  };
  return (
    <PanelFrame
      title="Start Cluster Services"
      fastPath="clstart"
      above="/smit/cm_cluster_services"
      lead="A node with cluster services is a member of the cluster: it takes part in events and may take over what others had. Its cluster manager has to run."
      commands={
        chosen.length === 0
          ? []
          : [commandLine(['fallover', 'online', 'node', chosen.join(','), ...(when === 'now' ? [] : [`WHEN=${when}`])])]
      }
      reset={() => {
        reset();
        setWhen('now');
        action.reset();
      }}
      enter={{ label: 'Do: start', form: FORM, busy: action.isPending, needs: startClusterServices }}
    >
      <CommandStatus action={action} done={action.data ? <Sentences of={action.data.nodes} /> : null} again={start} />
      <Known query={query}>
        {(nodes) => (
          <PanelForm id={FORM} submit={start}>
            <Nodes nodes={nodes} chosen={chosen} choose={choose} faults={faults} />
            <When words={WHEN} when={when} choose={setWhen} />
          </PanelForm>
        )}
      </Known>
    </PanelFrame>
  );
}
