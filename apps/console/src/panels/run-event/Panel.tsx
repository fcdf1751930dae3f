import { type EventView, runEvent } from '@fallover/contract';
import { Switch } from '@patternfly/react-core/dist/dynamic/components/Switch';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { isRefused } from '../../api.ts';
import { clusterQuery, eventsQuery } from '../../live/queries.ts';
import { useAction } from '../../live/use-action.ts';
import { ChoiceField } from '../../smit/ChoiceField.tsx';
import { CommandStatus } from '../../smit/CommandStatus.tsx';
import { Field } from '../../smit/Field.tsx';
import { Known } from '../../smit/Known.tsx';
import { PanelForm } from '../../smit/PanelForm.tsx';
import { PanelFrame } from '../../smit/PanelFrame.tsx';
import { ProblemDisplay } from '../../smit/ProblemDisplay.tsx';
import { faultsAt } from '../../smit/problems.ts';
import { eventSearch, runWords } from '../../smit/run-event/arguments.ts';
import { EventAndArguments } from '../../smit/run-event/EventAndArguments.tsx';
import { type Plan, Preview } from '../../smit/run-event/Preview.tsx';
import { previewQuery } from '../../smit/run-event/queries.ts';
import { useEventArguments } from '../../smit/run-event/use-event-arguments.ts';
import { commandLine } from '../../smit/shell-words.ts';
import { ConfirmRun } from './ConfirmRun.tsx';

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
const DRILL =
  'The commands run all the same, but find FALLOVER_DRILL=1 in their environment, so that a script can spare those who work; the run is marked as a drill in every list.';
const FORM = 'run-event';

interface Asked {
  body: { event: string; args: string[]; node?: string; drill: boolean };
  plan: Plan;
}

function RunForm({ events }: { events: EventView[] }) {
  const navigate = useNavigate();
  const nodes = useQuery(clusterQuery).data?.nodes ?? [];
  const entered = useEventArguments(events, nodes);
  const { name, event, list, args, complete } = entered;
  const [node, setNode] = useState('');
  const [drill, setDrill] = useState(false);
  // What the last question is about, with its plan. It stays as it is, whatever becomes active meanwhile.
  const [asked, setAsked] = useState<Asked>();
  const queries = useQueryClient();
  const action = useAction(runEvent, ['runs', 'cluster'], ({ run }) => void navigate(`/runs/${run}`));
  const previewed = useDeferredValue(args);
  const where = node === '' ? {} : { node };
  const preview = useQuery({ ...previewQuery(name, previewed, where), enabled: complete });
  const words = runWords(name, args, { ...where, drill });
  const error = action.error ?? (complete ? preview.error : null);
  const faultsOf = (name: string, index: number): string[] => faultsAt(error, name, `args.${index}`, `body.args.${index}`);
  const shownFields = ['node', 'drill', ...list.flatMap(({ name }, index) => [name, `args.${index}`])];
  /** Asks once more, when the plan is there; where there is none the preview says why. */
  const ask = (body: Asked['body'], staleTime: number): void => {
    const wanted = previewQuery(body.event, body.args, body.node === undefined ? {} : { node: body.node });
    queries.fetchQuery({ ...wanted, staleTime }).then(
      (plan) => setAsked({ body, plan }),
      () => {},
    );
  };
  // The plan that was shown goes with the request; one that differs meanwhile is refused, and shown anew.
  const run = ({ body, plan }: Asked): void =>
    action.mutate(
      { body: { ...body, plan: plan.hash } },
      {
        onSuccess: () => setAsked(undefined),
        onError: (refused) => {
          if (isRefused(refused, 'plan_changed')) ask(body, 0);
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
        entered.reset();
        setNode('');
        setDrill(false);
        action.reset();
      }}
      enter={{ label: 'Do: run …', form: FORM, disabled: !complete || preview.isError, busy: action.isPending, needs: runEvent }}
    >
      {asked ? null : <CommandStatus action={action} done={<p>It is queued.</p>} shownFields={shownFields} />}
      <PanelForm
        id={FORM}
        aria-label="Event and arguments"
        submit={() => {
          action.reset();
          // Who types fast comes here before the plan of the last letter.
          ask({ event: name, args, ...where, drill }, Number.POSITIVE_INFINITY);
        }}
      >
        <EventAndArguments events={events} nodes={nodes} entered={entered} faultsOf={faultsOf} chosen={action.reset} />
        {nodes.length > 1 ? (
          <ChoiceField
            id="node"
            label="Node"
            choices={nodes.map((one) => ({ value: one }))}
            value={node}
            choose={setNode}
            nothing="as the arguments say"
            help="Where the event happened."
            faults={faultsAt(error, 'node')}
          />
        ) : null}
        <Field id="drill" label="Drill" help={DRILL}>
          <Switch
            id="drill"
            aria-describedby="drill-help"
            label="this is a drill"
            isChecked={drill}
            onChange={(_, checked) => setDrill(checked)}
          />
        </Field>
      </PanelForm>
      {complete ? null : <p className="smit-empty">Fill in what is marked * to see what will be run.</p>}
      {complete && preview.isError ? (
        <ProblemDisplay error={preview.error} shownFields={shownFields} again={() => void preview.refetch()} />
      ) : null}
      {complete && preview.data && !preview.isError ? (
        <>
          <Preview plan={preview.data} event={name} />
          <p className="smit-quiet">
            <Link to={`/smit/cm_event_emulation?${eventSearch(name, args)}`}>Emulate it</Link> to see the same without running
            anything, also as the draft would have it.
          </p>
        </>
      ) : null}
      {asked ? (
        <ConfirmRun
          title={`Run ${[asked.body.event, ...asked.body.args].join(' ')}${asked.body.drill ? ' as a drill' : ''}?`}
          plan={asked.plan}
          busy={action.isPending}
          error={action.error}
          close={() => setAsked(undefined)}
          run={() => run(asked)}
        />
      ) : null}
    </PanelFrame>
  );
}
