import type { EventView } from '@fallover/contract';
import { Alert } from '@patternfly/react-core/dist/dynamic/components/Alert';
import { FormSelect, FormSelectOption } from '@patternfly/react-core/dist/dynamic/components/FormSelect';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import { Link } from 'react-router';
import { clusterQuery, configurationQuery, eventsQuery } from '../../live/queries.ts';
import { describedBy, Field } from '../../smit/Field.tsx';
import { Known } from '../../smit/Known.tsx';
import { PanelFrame } from '../../smit/PanelFrame.tsx';
import { ProblemDisplay } from '../../smit/ProblemDisplay.tsx';
import { faultsAt } from '../../smit/problems.ts';
import { emulateWords, eventSearch } from '../../smit/run-event/arguments.ts';
import { EventAndArguments } from '../../smit/run-event/EventAndArguments.tsx';
import { Preview } from '../../smit/run-event/Preview.tsx';
import { previewQuery } from '../../smit/run-event/queries.ts';
import { useEventArguments } from '../../smit/run-event/use-event-arguments.ts';
import { commandLine } from '../../smit/shell-words.ts';
import { useFilter } from '../../smit/use-filter.ts';

const LEAD = 'Shows who would run what, with which arguments and in which order. Nothing is run, and nobody is notified.';

export default function EventEmulation() {
  const query = useQuery(eventsQuery);
  if (query.data) return <EmulationForm events={query.data} />;
  return (
    <PanelFrame title="Event Emulation" fastPath="cm_event_emulation" commands={[]} lead={LEAD}>
      <Known query={query}>{() => null}</Known>
    </PanelFrame>
  );
}

function EmulationForm({ events }: { events: EventView[] }) {
  const nodes = useQuery(clusterQuery).data?.nodes ?? [];
  const changes = useQuery(configurationQuery).data?.changes.length ?? 0;
  const [{ configuration }, change] = useFilter(['configuration'] as const);
  const draft = configuration === 'draft';
  const entered = useEventArguments(events, nodes);
  const { name, event, list, args, complete } = entered;
  const query = useQuery({ ...previewQuery(name, useDeferredValue(args), draft), enabled: complete });
  const faultsOf = (name: string, index: number): string[] => (complete ? faultsAt(query.error, name, `args.${index}`) : []);
  const shownFields = list.flatMap(({ name }, index) => [name, `args.${index}`]);
  return (
    <PanelFrame
      title="Event Emulation"
      fastPath="cm_event_emulation"
      lead={LEAD}
      commands={event ? [commandLine(emulateWords(name, args, draft))] : []}
      reset={entered.reset}
    >
      <form className="smit-form" aria-label="Event and arguments" onSubmit={(submitted) => submitted.preventDefault()}>
        <EventAndArguments events={events} nodes={nodes} entered={entered} faultsOf={faultsOf} draft={draft} />
        <Field
          id="configuration"
          label="Configuration"
          marks={['+']}
          help={
            changes === 0
              ? 'The draft is the same as what is active.'
              : `The draft has ${changes === 1 ? '1 change' : `${changes} changes`} that ${changes === 1 ? 'is' : 'are'} not synchronised.`
          }
        >
          <FormSelect
            {...describedBy('configuration')}
            value={draft ? 'draft' : 'active'}
            onChange={(_, next) => change({ configuration: next === 'draft' ? 'draft' : '' })}
          >
            <FormSelectOption value="active" label="active: what would run now" />
            <FormSelectOption value="draft" label="draft: what would run once it is synchronised" />
          </FormSelect>
        </Field>
      </form>
      {complete ? null : <p className="smit-empty">Fill in what is marked * to see what would be run.</p>}
      {complete && query.isError ? (
        <ProblemDisplay error={query.error} shownFields={shownFields} again={() => void query.refetch()} />
      ) : null}
      {complete && query.data && !query.isError ? (
        <>
          {query.data.destructiveReason ? (
            <Alert component="p" isInline variant="info" title={`Run for real: ${query.data.destructiveReason}`} />
          ) : null}
          <Preview
            plan={query.data}
            event={name}
            title={draft ? 'What would be run, by the draft' : 'What would be run, by the active configuration'}
          />
          <p>
            {draft ? (
              <Link to="/smit/cm_synchronise">Synchronise the draft</Link>
            ) : (
              <Link to={`/smit/cm_run_event?${eventSearch(name, args)}`}>Run this event</Link>
            )}
          </p>
        </>
      ) : null}
    </PanelFrame>
  );
}
