import { type EventView, runEvent } from '@fallover/contract';
import { EVENT_CLASSES } from '@fallover/events';
import { Checkbox } from '@patternfly/react-core/dist/dynamic/components/Checkbox';
import { FormSelect, FormSelectOption, FormSelectOptionGroup } from '@patternfly/react-core/dist/dynamic/components/FormSelect';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { clusterQuery, eventsQuery } from '../../live/queries.ts';
import { useAction } from '../../live/use-action.ts';
import { CommandStatus } from '../../smit/CommandStatus.tsx';
import { ConfirmDialog } from '../../smit/ConfirmDialog.tsx';
import { classWords } from '../../smit/event-words.ts';
import { describedBy, Field } from '../../smit/Field.tsx';
import { Known } from '../../smit/Known.tsx';
import { PanelFrame } from '../../smit/PanelFrame.tsx';
import { ProblemDisplay } from '../../smit/ProblemDisplay.tsx';
import { faultsAt } from '../../smit/problems.ts';
import { commandLine } from '../../smit/shell-words.ts';
import { ArgumentEntry } from './ArgumentEntry.tsx';
import { argumentsFrom, missingArguments, runWords } from './arguments.ts';
import { Preview } from './Preview.tsx';
import { previewQuery } from './queries.ts';

export default function RunEvent() {
  const [search, setSearch] = useSearchParams();
  const events = useQuery(eventsQuery);
  const name = search.get('event') ?? '';
  const event = events.data?.find((one) => one.name === name);
  if (event && events.data)
    return <RunForm key={name} event={event} events={events.data} choose={(next) => setSearch({ event: next })} />;
  return (
    <PanelFrame title="Run an Event" fastPath="cm_run_event" commands={[]} lead={LEAD}>
      <Known query={events}>
        {(all) => (
          <>
            {name === '' ? null : <p className="smit-fault">There is no event {name}.</p>}
            <div className="smit-form">
              <EventChoice events={all} value="" choose={(next) => setSearch({ event: next })} />
            </div>
          </>
        )}
      </Known>
    </PanelFrame>
  );
}

const LEAD = 'Runs the commands of an event, as they are active now. It changes neither membership nor resource groups.';
const FORM = 'run-event';

function EventChoice({ events, value, choose }: { events: EventView[]; value: string; choose: (event: string) => void }) {
  return (
    <Field id="event" label="Cluster Event Name" marks={['*', '+']}>
      <FormSelect {...describedBy('event')} value={value} onChange={(_, next) => choose(next)}>
        {value === '' ? <FormSelectOption value="" label="choose an event …" /> : null}
        {EVENT_CLASSES.filter((one) => events.some(({ eventClass }) => eventClass === one)).map((one) => (
          <FormSelectOptionGroup key={one} label={classWords(one)}>
            {events
              .filter(({ eventClass }) => eventClass === one)
              .map((event) => (
                <FormSelectOption key={event.name} value={event.name} label={event.name} />
              ))}
          </FormSelectOptionGroup>
        ))}
      </FormSelect>
    </Field>
  );
}

function RunForm({ event, events, choose }: { event: EventView; events: EventView[]; choose: (event: string) => void }) {
  const navigate = useNavigate();
  const nodes = useQuery(clusterQuery).data?.nodes ?? [];
  const [typed, setTyped] = useState<Record<string, string>>({});
  const [node, setNode] = useState('');
  const [drill, setDrill] = useState(false);
  const [asking, setAsking] = useState(false);
  const action = useAction(runEvent, ['runs', 'cluster'], ({ run }) => void navigate(`/runs/${run}`));
  // One node is all there is to choose: it need not be chosen.
  const only = nodes.length === 1 ? nodes[0] : undefined;
  const filled = Object.fromEntries(
    event.arguments.map(({ name, kind, required }) => [name, typed[name] ?? (kind === 'node' && required && only ? only : '')]),
  );
  const args = argumentsFrom(event.arguments, filled);
  const complete = missingArguments(event.arguments, filled).length === 0;
  const previewed = useDeferredValue(args);
  const preview = useQuery({ ...previewQuery(event.name, previewed), enabled: complete });
  const words = runWords(event.name, args, { ...(node === '' ? {} : { node }), drill });
  const error = action.error ?? (complete ? preview.error : null);
  const current = complete && preview.data && !preview.isPlaceholderData && !preview.isError ? preview.data : undefined;
  const faultsOf = (name: string, index: number): string[] => faultsAt(error, name, `args.${index}`, `body.args.${index}`);
  const shownFields = ['node', 'drill', ...event.arguments.flatMap(({ name }, index) => [name, `args.${index}`])];
  const run = (): void =>
    action.mutate(
      { body: { event: event.name, args, ...(node === '' ? {} : { node }), drill } },
      { onSuccess: () => setAsking(false) },
    );
  return (
    <PanelFrame
      title="Run an Event"
      fastPath="cm_run_event"
      lead={LEAD}
      commands={[commandLine(words)]}
      reset={() => {
        setTyped({});
        setNode('');
        setDrill(false);
        action.reset();
      }}
      enter={{ label: 'Do: run …', form: FORM, disabled: current === undefined, busy: action.isPending }}
    >
      {asking ? null : <CommandStatus action={action} done={<p>It is queued.</p>} shownFields={shownFields} again={run} />}
      <form
        id={FORM}
        className="smit-form"
        aria-label="Event and arguments"
        onSubmit={(submitted) => {
          submitted.preventDefault();
          action.reset();
          if (current) setAsking(true);
        }}
      >
        <EventChoice events={events} value={event.name} choose={choose} />
        <p className="smit-lead">{event.meaning}</p>
        {event.arguments.map((argument, index) => (
          <ArgumentEntry
            key={argument.name}
            argument={argument}
            value={filled[argument.name] ?? ''}
            change={(value) => setTyped({ ...typed, [argument.name]: value })}
            nodes={nodes}
            events={events.map(({ name }) => name)}
            faults={faultsOf(argument.name, index)}
          />
        ))}
        {nodes.length > 1 ? (
          <Field id="node" label="Node" marks={['+']} help="Where the event happened." faults={faultsAt(error, 'node')}>
            <FormSelect {...describedBy('node')} value={node} onChange={(_, next) => setNode(next)}>
              <FormSelectOption value="" label="as the arguments say" />
              {nodes.map((one) => (
                <FormSelectOption key={one} value={one} label={one} />
              ))}
            </FormSelect>
          </Field>
        ) : null}
        <Field id="drill" label="Drill" help="Marks it as an exercise: the scripts find FALLOVER_DRILL=1 in their environment.">
          <Checkbox id="drill" label="this is a drill" isChecked={drill} onChange={(_, checked) => setDrill(checked)} />
        </Field>
      </form>
      {!complete ? <p className="smit-empty">Fill in what is marked * to see what will be run.</p> : null}
      {complete && preview.isError ? (
        <ProblemDisplay error={preview.error} shownFields={shownFields} again={() => void preview.refetch()} />
      ) : null}
      {complete && preview.data && !preview.isError ? <Preview plan={preview.data} /> : null}
      {asking && current ? (
        <ConfirmDialog
          title={`Run ${[event.name, ...args].join(' ')}${drill ? ' as a drill' : ''}?`}
          confirm="Run"
          busy={action.isPending}
          close={() => setAsking(false)}
          run={run}
        >
          <p>
            {current.steps.length === 1 ? 'One step' : `${current.steps.length} steps`} on{' '}
            {[...new Set(current.steps.map((step) => step.node))].join(', ') || 'no node'}:
          </p>
          <ol className="smit-sentences">
            {current.steps.map((step) => (
              <li key={`${step.phase} ${step.node} ${step.event} ${step.key}`}>
                <code className="smit-path">{commandLine(step.argv)}</code>
              </li>
            ))}
          </ol>
          {action.error ? <ProblemDisplay error={action.error} /> : null}
        </ConfirmDialog>
      ) : null}
    </PanelFrame>
  );
}
