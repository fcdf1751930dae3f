import { type EventView, runEvent } from '@fallover/contract';
import { Checkbox } from '@patternfly/react-core/dist/dynamic/components/Checkbox';
import { FormSelect, FormSelectOption } from '@patternfly/react-core/dist/dynamic/components/FormSelect';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { isRefused } from '../../api.ts';
import { clusterQuery, eventsQuery } from '../../live/queries.ts';
import { useAction } from '../../live/use-action.ts';
import { CommandStatus } from '../../smit/CommandStatus.tsx';
import { describedBy, Field } from '../../smit/Field.tsx';
import { Known } from '../../smit/Known.tsx';
import { PanelFrame } from '../../smit/PanelFrame.tsx';
import { ProblemDisplay } from '../../smit/ProblemDisplay.tsx';
import { faultsAt } from '../../smit/problems.ts';
import { commandLine } from '../../smit/shell-words.ts';
import { ArgumentEntry } from './ArgumentEntry.tsx';
import { argumentsFrom, missingArguments, runWords } from './arguments.ts';
import { ConfirmRun } from './ConfirmRun.tsx';
import { EventChoice } from './EventChoice.tsx';
import { Preview } from './Preview.tsx';
import { previewQuery } from './queries.ts';

export default function RunEvent() {
  const query = useQuery(eventsQuery);
  if (query.data) return <RunForm events={query.data} />;
  return (
    <PanelFrame title="Run an Event" fastPath="cm_run_event" commands={[]} lead={LEAD}>
      <Known query={query}>{() => null}</Known>
    </PanelFrame>
  );
}

const LEAD = 'Runs the commands of an event, as they are active now. It changes neither membership nor resource groups.';
const FORM = 'run-event';

function RunForm({ events }: { events: EventView[] }) {
  const [search, setSearch] = useSearchParams();
  const navigate = useNavigate();
  const name = search.get('event') ?? '';
  const event = events.find((one) => one.name === name);
  const list = event?.arguments ?? [];
  const nodes = useQuery(clusterQuery).data?.nodes ?? [];
  const [typed, setTyped] = useState<Record<string, string>>({});
  const [node, setNode] = useState('');
  const [drill, setDrill] = useState(false);
  const [asking, setAsking] = useState(false);
  const action = useAction(runEvent, ['runs', 'cluster'], ({ run }) => void navigate(`/runs/${run}`));
  // One node is all there is to choose: it need not be chosen.
  const only = nodes.length === 1 ? nodes[0] : undefined;
  const filled = Object.fromEntries(
    list.map(({ name, kind, required }) => [name, typed[name] ?? (kind === 'node' && required && only ? only : '')]),
  );
  const args = argumentsFrom(list, filled);
  const complete = event !== undefined && missingArguments(list, filled).length === 0;
  const previewed = useDeferredValue(args);
  const preview = useQuery({ ...previewQuery(name, previewed), enabled: complete });
  const words = runWords(name, args, { ...(node === '' ? {} : { node }), drill });
  const error = action.error ?? (complete ? preview.error : null);
  const current = complete && preview.data && !preview.isPlaceholderData && !preview.isError ? preview.data : undefined;
  const faultsOf = (name: string, index: number): string[] => faultsAt(error, name, `args.${index}`, `body.args.${index}`);
  const shownFields = ['node', 'drill', ...list.flatMap(({ name }, index) => [name, `args.${index}`])];
  // The plan that was shown goes with the request; one that differs meanwhile is refused, and shown anew.
  const run = (plan: string): void =>
    action.mutate(
      { body: { event: name, args, ...(node === '' ? {} : { node }), drill, plan } },
      {
        onSuccess: () => setAsking(false),
        onError: (refused) => {
          if (isRefused(refused, 'plan_changed')) void preview.refetch();
        },
      },
    );
  return (
    <PanelFrame
      title="Run an Event"
      fastPath="cm_run_event"
      lead={LEAD}
      commands={event ? [commandLine(words)] : []}
      reset={() => {
        setTyped({});
        setNode('');
        setDrill(false);
        action.reset();
      }}
      enter={{ label: 'Do: run …', form: FORM, disabled: current === undefined, busy: action.isPending }}
    >
      {asking ? null : <CommandStatus action={action} done={<p>It is queued.</p>} shownFields={shownFields} />}
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
        <EventChoice
          events={events}
          value={name}
          choose={(next) => {
            setSearch(next === '' ? {} : { event: next }, { replace: true });
            action.reset();
          }}
        />
        {event ? <p className="smit-lead">{event.meaning}</p> : null}
        {list.map((argument, index) => (
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
      {complete ? null : <p className="smit-empty">Fill in what is marked * to see what will be run.</p>}
      {complete && preview.isError ? (
        <ProblemDisplay error={preview.error} shownFields={shownFields} again={() => void preview.refetch()} />
      ) : null}
      {complete && preview.data && !preview.isError ? <Preview plan={preview.data} /> : null}
      {asking && current ? (
        <ConfirmRun
          title={`Run ${[name, ...args].join(' ')}${drill ? ' as a drill' : ''}?`}
          plan={current}
          busy={action.isPending}
          error={action.error}
          close={() => setAsking(false)}
          run={() => run(current.hash)}
        />
      ) : null}
    </PanelFrame>
  );
}
