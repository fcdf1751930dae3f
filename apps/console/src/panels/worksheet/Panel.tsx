import './worksheet.css';
import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { FormSelect, FormSelectOption } from '@patternfly/react-core/dist/dynamic/components/FormSelect';
import { useQuery } from '@tanstack/react-query';
import { clusterQuery, customEventsQuery, eventsQuery } from '../../live/queries.ts';
import { Known } from '../../smit/Known.tsx';
import { PanelFrame } from '../../smit/PanelFrame.tsx';
import { useFilter } from '../../smit/use-filter.ts';
import { Paper } from './Paper.tsx';
import { Sheet } from './Sheet.tsx';

/** Stands for all nodes in the URL; no node can be called so. */
const ALL = '*';

export default function Worksheet() {
  const [filter, change] = useFilter(['node', 'print'] as const);
  const cluster = useQuery(clusterQuery);
  const events = useQuery(eventsQuery);
  const customEvents = useQuery(customEventsQuery);
  const printing = filter.print === '1';
  const chosen = filter.node ?? cluster.data?.node ?? ALL;
  const first = [cluster, events, customEvents].find(({ isError }) => isError) ?? cluster;
  const nodes = cluster.data?.nodes ?? [];
  return (
    <PanelFrame
      title="The Cluster Event Worksheet"
      fastPath="cm_worksheet"
      lead={printing ? undefined : 'What is customised on each event: one sheet a node, as it stands in the draft.'}
      commands={['fallover query event']}
      cancel={printing ? () => change({ print: '' }) : undefined}
      enter={printing ? { label: 'Do: print', run: () => window.print() } : undefined}
    >
      <div className="smit-filters worksheet-choice">
        <label htmlFor="worksheet-node">Node</label>
        <FormSelect id="worksheet-node" value={chosen} onChange={(_, node) => change({ node })}>
          {nodes.map((node) => (
            <FormSelectOption key={node} value={node} label={node} />
          ))}
          <FormSelectOption
            value={ALL}
            label={printing && nodes.length > 1 ? 'all nodes: a sheet for each' : 'all nodes (cluster-wide)'}
          />
        </FormSelect>
        <Button variant="secondary" size="sm" onClick={() => change({ print: printing ? '' : '1' })}>
          {printing ? 'Back to the worksheet' : 'Print view'}
        </Button>
      </div>
      {cluster.data && events.data && customEvents.data ? (
        printing ? (
          <Paper
            cluster={cluster.data.cluster}
            nodes={nodes}
            sheets={chosen === ALL ? nodes : [chosen]}
            events={events.data}
            customEvents={customEvents.data}
          />
        ) : (
          <Sheet
            cluster={cluster.data.cluster}
            nodes={nodes}
            node={chosen === ALL ? undefined : chosen}
            events={events.data}
            customEvents={customEvents.data}
          />
        )
      ) : (
        <Known query={first as typeof cluster}>{() => null}</Known>
      )}
    </PanelFrame>
  );
}
