import { type RunView, recover } from '@fallover/contract';
import { DECISIONS, type Decision } from '@fallover/events';
import { Checkbox } from '@patternfly/react-core/dist/dynamic/components/Checkbox';
import { Radio } from '@patternfly/react-core/dist/dynamic/components/Radio';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Reply } from '../../api.ts';
import { clusterQuery } from '../../live/queries.ts';
import { useAction } from '../../live/use-action.ts';
import { CommandStatus } from '../../smit/CommandStatus.tsx';
import { LeftProcesses } from '../../smit/LeftProcesses.tsx';
import { Known } from '../../smit/Known.tsx';
import { PanelForm } from '../../smit/PanelForm.tsx';
import { PanelFrame } from '../../smit/PanelFrame.tsx';
import { Pathname } from '../../smit/Pathname.tsx';
import { RunOutcome } from '../../smit/RunOutcome.tsx';
import { runTitle } from '../../smit/RunTable.tsx';
import { StepTitle } from '../../smit/StepTitle.tsx';
import { keyWords } from '../../smit/step-words.ts';
import { waitingRunQuery } from './queries.ts';

/** What is done says no more than what was decided: a step that runs again may fail again. */
const WORDS: Record<Decision, { label: string; says: string; done: string }> = {
  skip: {
    label: 'Skip the rest of the event',
    says: 'What was still to run is kept as a list of skipped steps, to do by hand. Then the next queued event runs.',
    done: 'The rest of the event was skipped.',
  },
  succeeded: {
    label: 'The step counts as succeeded',
    says: 'Its work was done, by the script or by you. The event goes on with its next step.',
    done: 'The step was counted as succeeded.',
  },
  again: {
    label: 'Run the step again',
    says: 'For when the cause is mended. The same command runs once more, then the event goes on.',
    done: 'The step was started again.',
  },
};

export default function Recover() {
  const waiting = useQuery(waitingRunQuery);
  const queue = useQuery(clusterQuery).data?.queue ?? [];
  const [as, setAs] = useState<Decision>('skip');
  const [cancelQueue, setCancelQueue] = useState(false);
  const action = useAction(recover, ['runs', 'cluster']);
  const run = waiting.data ?? undefined;
  const decide = (): void => {
    if (run) action.mutate({ body: { run: run.id, as, cancelQueue } });
  };
  const words = ['fallover', 'recover', ...(run ? [run.id] : []), '--as', as, ...(cancelQueue ? ['--cancel-queue'] : [])];
  return (
    <PanelFrame
      title="Recover From Script Failure"
      fastPath="cm_recover"
      commands={run ? [words.join(' ')] : []}
      reset={
        run
          ? () => {
              setAs('skip');
              setCancelQueue(false);
              action.reset();
            }
          : undefined
      }
      enter={run ? { label: 'Do: recover', form: 'recover', busy: action.isPending, needs: recover } : undefined}
    >
      <CommandStatus
        action={action}
        done={action.data ? <Done as={action.variables?.body.as} reply={action.data} /> : null}
        again={decide}
      />
      <Known query={waiting}>
        {(found) =>
          found ? (
            <PanelForm id="recover" submit={decide}>
              <FailedRun run={found} />
              <fieldset className="choices">
                <legend>What the failed or interrupted step counts as</legend>
                {DECISIONS.map((decision) => (
                  <Radio
                    key={decision}
                    id={`recover-${decision}`}
                    name="recover-as"
                    label={WORDS[decision].label}
                    description={WORDS[decision].says}
                    isChecked={as === decision}
                    onChange={() => setAs(decision)}
                  />
                ))}
              </fieldset>
              <fieldset className="choices">
                <legend>The queue</legend>
                {queue.length === 0 ? (
                  <p className="smit-quiet">No event waits.</p>
                ) : (
                  <Checkbox
                    id="recover-cancel-queue"
                    label={queue.length === 1 ? 'Cancel the event that waits' : `Cancel the ${queue.length} events that wait`}
                    description={queue.map(runTitle).join(', ')}
                    isChecked={cancelQueue}
                    onChange={(_, checked) => setCancelQueue(checked)}
                  />
                )}
              </fieldset>
            </PanelForm>
          ) : (
            <p className="smit-empty">
              No event has failed or was interrupted: there is nothing to recover from. <Link to="/runs">All runs</Link>
            </p>
          )
        }
      </Known>
    </PanelFrame>
  );
}

function FailedRun({ run }: { run: RunView }) {
  const interrupted = run.steps.filter(({ state }) => state === 'interrupted');
  return (
    <div className="run-failure">
      <p>
        <Link to={`/runs/${run.id}`}>
          <strong>{runTitle(run)}</strong>
        </Link>{' '}
        <RunOutcome run={run} />
      </p>
      {run.failure ? <p>{run.failure.sentence}</p> : null}
      {interrupted.map((step) => (
        <section key={step.id} aria-label={`Interrupted: ${keyWords(step)} on ${step.node}`}>
          <StepTitle step={step} />
          <LeftProcesses run={run.id} step={step} />
        </section>
      ))}
      {run.toRun.length > 0 ? (
        <>
          <p>Still to run, and skipped by the first choice:</p>
          <Steps steps={run.toRun} />
        </>
      ) : null}
    </div>
  );
}

function Done({ as = 'skip', reply }: { as: Decision | undefined; reply: Reply<typeof recover> }) {
  return (
    <>
      <p>
        {WORDS[as].done} <Link to={`/runs/${reply.run}`}>See what became of it</Link>.{' '}
        {reply.cancelled.length > 0 ? `Cancelled from the queue: ${reply.cancelled.length}.` : ''}
      </p>
      {reply.skipped.length > 0 ? (
        <>
          <p>Skipped steps, to do by hand:</p>
          <Steps steps={reply.skipped} />
        </>
      ) : null}
    </>
  );
}

function Steps({ steps }: { steps: RunView['toRun'] }) {
  return (
    <ol className="smit-sentences">
      {steps.map((step) => (
        <li key={`${step.node} ${step.event} ${step.key}`}>
          {step.node}: {step.event}, {keyWords(step)} <Pathname>{step.command ?? ''}</Pathname>
        </li>
      ))}
    </ol>
  );
}
