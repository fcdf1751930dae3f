import { type NodeView, stopClusterServices } from '@fallover/contract';
import { STOP_ARGUMENT, STOP_WAYS, type StartWhen, type StopWay } from '@fallover/events';
import { Alert } from '@patternfly/react-core/dist/dynamic/components/Alert';
import { Radio } from '@patternfly/react-core/dist/dynamic/components/Radio';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { nodesQuery } from '../../live/queries.ts';
import { useAction } from '../../live/use-action.ts';
import { CommandStatus } from '../../smit/CommandStatus.tsx';
import { ConfirmDialog } from '../../smit/ConfirmDialog.tsx';
import { Known } from '../../smit/Known.tsx';
import { WAYS } from '../../smit/nodes/node-words.ts';
import { PanelForm } from '../../smit/PanelForm.tsx';
import { PanelFrame } from '../../smit/PanelFrame.tsx';
import { commandLine } from '../../smit/shell-words.ts';
import { Nodes, When } from './Choices.tsx';
import { Sentences } from './Sentences.tsx';
import { useChosenNodes } from './use-chosen-nodes.ts';

const FORM = 'stop-cluster-services';

const WHEN: Record<StartWhen, { label: string; says: string }> = {
  now: { label: 'Now', says: 'The node leaves the cluster at once, by node_down.' },
  restart: {
    label: 'On system restart',
    says: 'Nothing is done now; when its cluster manager starts the next time, the node does not join.',
  },
  both: { label: 'Both', says: 'It leaves now, and does not join when its cluster manager starts.' },
};

export default function StopClusterServices() {
  const query = useQuery(nodesQuery);
  const { chosen, choose, faults, check, reset } = useChosenNodes();
  const [how, setHow] = useState<StopWay>('offline');
  const [when, setWhen] = useState<StartWhen>('now');
  const [asking, setAsking] = useState(false);
  const action = useAction(stopClusterServices, ['cluster', 'runs']);
  const command = commandLine([
    'fallover',
    'offline',
    'node',
    chosen.join(','),
    `MANAGE=${how}`,
    ...(when === 'now' ? [] : [`WHEN=${when}`]),
  ]);
  const stop = (): void => {
    setAsking(false);
    action.mutate({ body: { nodes: chosen, how, when } });
  };
  return (
    <PanelFrame
      title="Stop Cluster Services"
      fastPath="clstop"
      above="/smit/cm_cluster_services"
      lead="A node without cluster services is no member of the cluster. Its cluster manager goes on, and this console too."
      commands={chosen.length === 0 ? [] : [command]}
      reset={() => {
        reset();
        setHow('offline');
        setWhen('now');
        action.reset();
      }}
      enter={{ label: 'Do: stop', form: FORM, busy: action.isPending, needs: stopClusterServices }}
    >
      <CommandStatus action={action} done={action.data ? <Sentences of={action.data.nodes} /> : null} again={stop} />
      <Known query={query}>
        {(nodes) => (
          <>
            <PanelForm
              id={FORM}
              submit={() => {
                if (check()) setAsking(true);
              }}
            >
              <Nodes nodes={nodes} chosen={chosen} choose={choose} faults={faults} />
              <fieldset className="choices">
                <legend>What becomes of the resource groups</legend>
                {STOP_WAYS.map((way) => (
                  <Radio
                    key={way}
                    id={`services-how-${way}`}
                    name="services-how"
                    label={`${WAYS[way].label} (${STOP_ARGUMENT[way]})`}
                    description={WAYS[way].says}
                    isChecked={how === way}
                    onChange={() => setHow(way)}
                  />
                ))}
              </fieldset>
              <When words={WHEN} when={when} choose={setWhen} />
            </PanelForm>
            {asking ? (
              <ConfirmDialog
                title={`Stop cluster services on ${chosen.join(', ')}?`}
                confirm="Stop"
                danger
                close={() => setAsking(false)}
                run={stop}
              >
                <p>{when === 'restart' ? WHEN.restart.says : WAYS[how].says}</p>
                {when !== 'restart' && nobodyStays(nodes, chosen) ? (
                  <Alert
                    component="p"
                    isInline
                    variant="danger"
                    title="No member is left then: no event is processed and nothing is taken over until cluster services are started again."
                  />
                ) : null}
                <pre className="smit-command">{command}</pre>
              </ConfirmDialog>
            ) : null}
          </>
        )}
      </Known>
    </PanelFrame>
  );
}

const nobodyStays = (nodes: readonly NodeView[], leaving: readonly string[]): boolean =>
  nodes.every(({ node, state }) => leaving.includes(node) || (state !== 'member' && state !== 'joining'));
