import { type CustomEventView, changeEventCustomization, type EventView } from '@fallover/contract';
import { Label } from '@patternfly/react-core/dist/dynamic/components/Label';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { clusterQuery, customEventsQuery, eventQuery } from '../../live/queries.ts';
import { CommandStatus } from '../../smit/CommandStatus.tsx';
import { ConflictNotice } from '../../smit/definition/ConflictNotice.tsx';
import { DefinitionEntries } from '../../smit/definition/DefinitionEntries.tsx';
import { EVENT_SPECS, PROGRAM_SPEC } from '../../smit/definition/specs.ts';
import { useEventCustomization } from '../../smit/definition/use-event-customization.ts';
import { EventFacts } from '../../smit/EventFacts.tsx';
import { Known } from '../../smit/Known.tsx';
import { PanelForm } from '../../smit/PanelForm.tsx';
import { PanelFrame } from '../../smit/PanelFrame.tsx';
import { faultsAt } from '../../smit/problems.ts';
import { commandLine } from '../../smit/shell-words.ts';
import { History } from './History.tsx';
import { RecoveryProgram } from './RecoveryProgram.tsx';
import { Sequences } from './Sequences.tsx';

export default function Event() {
  const { event = '' } = useParams();
  const found = useQuery(eventQuery(event));
  const cluster = useQuery(clusterQuery);
  const customEvents = useQuery(customEventsQuery);
  if (found.data && cluster.data && customEvents.data)
    return <EventForm key={event} event={found.data} nodes={cluster.data.nodes} customEvents={customEvents.data} />;
  const first = [found, cluster, customEvents].find(({ isError }) => isError) ?? found;
  return (
    <PanelFrame
      title={event}
      fastPath="cm_event"
      commands={[commandLine(['fallover', 'query', 'event', event])]}
      above="/smit/cm_events"
    >
      <Known query={first as typeof found} elsewhere={{ path: '/smit/cm_events', label: 'All pre-defined events' }}>
        {() => null}
      </Known>
    </PanelFrame>
  );
}

const FORM = 'event-form';
const SPECS = [...EVENT_SPECS, PROGRAM_SPEC];
const NAMES = SPECS.map(({ name }) => name);

function EventForm({ event, nodes, customEvents }: { event: EventView; nodes: string[]; customEvents: CustomEventView[] }) {
  const { definition, action, warnings, commands, touched, save, reset } = useEventCustomization({
    event,
    nodes,
    customEvents,
    specs: SPECS,
  });
  return (
    <PanelFrame
      title={event.name}
      fastPath={`cm_event/${event.name}`}
      commands={commands}
      above="/smit/cm_events"
      reset={reset}
      enter={{
        label: 'Do: save in the draft',
        form: FORM,
        busy: action.isPending,
        disabled: !touched,
        needs: changeEventCustomization,
      }}
    >
      <EventFacts event={event} />
      <p className="smit-lead smit-line">
        {event.synchronised ? (
          <Label isCompact status="success">
            synchronised
          </Label>
        ) : (
          <>
            <Label isCompact status="warning">
              not synchronised
            </Label>{' '}
            The draft differs from what is active. <Link to="/smit/cm_synchronise">Synchronise</Link>
          </>
        )}{' '}
        <Link to={`/smit/cm_run_event?event=${encodeURIComponent(event.name)}`}>Run this event</Link>{' '}
        <Link to={`/smit/cm_event_emulation?event=${encodeURIComponent(event.name)}`}>Emulate it</Link>
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
      <h2>What is customised on it</h2>
      <PanelForm id={FORM} aria-label={`Commands of ${event.name}`} submit={save}>
        <DefinitionEntries
          definition={definition}
          refusedBecause={(field) => faultsAt(action.error, field)}
          placeholders={{ timeUntilWarning: `${event.defaultTimeUntilWarning} (default)`, recoveryCounter: '0 (default)' }}
        />
      </PanelForm>
      <RecoveryProgram event={event} definition={definition} refusedBecause={faultsAt(action.error, PROGRAM_SPEC.name)} />
      <Sequences event={event.name} />
      <History event={event.name} />
    </PanelFrame>
  );
}
