import './worksheet.css';
import { type CustomEventView, changeEventCustomization, type EventView } from '@fallover/contract';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { clusterQuery, customEventsQuery, eventQuery } from '../../live/queries.ts';
import { CommandStatus } from '../../smit/CommandStatus.tsx';
import { ConflictNotice } from '../../smit/definition/ConflictNotice.tsx';
import { DefinitionEntries } from '../../smit/definition/DefinitionEntries.tsx';
import { useEventCustomization } from '../../smit/definition/use-event-customization.ts';
import { Known } from '../../smit/Known.tsx';
import { PanelForm } from '../../smit/PanelForm.tsx';
import { PanelFrame } from '../../smit/PanelFrame.tsx';
import { faultsAt } from '../../smit/problems.ts';
import { useFilter } from '../../smit/use-filter.ts';
import { CallPreview } from './CallPreview.tsx';
import { FIELD_4, WORKSHEET_SPECS } from './lines.ts';
import { Numbered } from './Sheet.tsx';

const ABOVE = '/smit/cm_worksheet';

/** Fields 4 to 13 of the worksheet for one event. */
export default function WorksheetEvent() {
  const { event: name = '' } = useParams();
  const event = useQuery(eventQuery(name));
  const cluster = useQuery(clusterQuery);
  const customEvents = useQuery(customEventsQuery);
  if (event.data && cluster.data && customEvents.data)
    return (
      <WorksheetForm
        key={name}
        event={event.data}
        cluster={cluster.data.cluster}
        here={cluster.data.node}
        nodes={cluster.data.nodes}
        customEvents={customEvents.data}
      />
    );
  const first = [event, cluster, customEvents].find(({ isError }) => isError) ?? event;
  return (
    <PanelFrame title={name} fastPath="cm_worksheet" commands={[`fallover query event ${name}`]} above={ABOVE}>
      <Known query={first as typeof event} elsewhere={{ path: ABOVE, label: 'The whole worksheet' }}>
        {() => null}
      </Known>
    </PanelFrame>
  );
}

const FORM = 'worksheet-event';
const NAMES = WORKSHEET_SPECS.map(({ name }) => name);

interface WorksheetFormProps {
  event: EventView;
  cluster: string;
  /** The node that this console is served by. */
  here: string;
  nodes: string[];
  customEvents: CustomEventView[];
}

function WorksheetForm({ event, cluster, here, nodes, customEvents }: WorksheetFormProps) {
  // `node` is the sheet that is looked at; `only` the node whose own values are typed.
  const [filter, change] = useFilter(['node', 'only'] as const);
  const { definition, action, warnings, commands, touched, save, reset } = useEventCustomization({
    event,
    nodes,
    customEvents,
    specs: WORKSHEET_SPECS,
    whileTyping: true,
  });
  const node = filter.node && nodes.includes(filter.node) ? filter.node : here;
  return (
    <PanelFrame
      title={event.name}
      fastPath={`cm_worksheet/${event.name}`}
      lead={event.meaning}
      commands={commands}
      above={filter.node ? `${ABOVE}?node=${encodeURIComponent(filter.node)}` : ABOVE}
      reset={reset}
      enter={{
        label: 'Do: save in the draft',
        form: FORM,
        busy: action.isPending,
        disabled: !touched,
        needs: changeEventCustomization,
      }}
    >
      <p className="worksheet-line">
        <Numbered {...FIELD_4} /> <strong className="smit-event-name">{event.name}</strong>{' '}
        <Link to={`/smit/cm_event/${encodeURIComponent(event.name)}`}>What the catalogue says of it</Link>
      </p>
      <ConflictNotice definition={definition} />
      {definition.theirs ? null : (
        <CommandStatus
          action={action}
          warnings={warnings}
          done={
            <p>
              Saved in the draft. It holds once it is <Link to="/smit/cm_synchronise">synchronised</Link>.
            </p>
          }
          shownFields={NAMES}
          again={save}
        />
      )}
      <div className="worksheet-columns">
        <PanelForm id={FORM} className="smit-form worksheet-form" aria-label={`Worksheet of ${event.name}`} submit={save}>
          <DefinitionEntries
            definition={definition}
            numbered
            refusedBecause={(field) => faultsAt(action.error, field)}
            placeholders={{ timeUntilWarning: `${event.defaultTimeUntilWarning} (default)`, recoveryCounter: '0 (default)' }}
            sheet={{
              node: filter.only,
              choose: (only) => change(only === undefined ? { only: '' } : { only, node: only }),
            }}
          />
        </PanelForm>
        <CallPreview
          event={event}
          cluster={cluster}
          node={node}
          nodes={nodes}
          choose={(node) => change({ node })}
          definition={definition}
          customEvents={customEvents}
        />
      </div>
    </PanelFrame>
  );
}
