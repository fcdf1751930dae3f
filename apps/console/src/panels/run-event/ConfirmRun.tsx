import { Alert } from '@patternfly/react-core/dist/dynamic/components/Alert';
import { TextInput } from '@patternfly/react-core/dist/dynamic/components/TextInput';
import { useState } from 'react';
import { isRefused } from '../../api.ts';
import { ConfirmDialog } from '../../smit/ConfirmDialog.tsx';
import { describedBy, Field } from '../../smit/Field.tsx';
import { BreaksAtSlashes } from '../../smit/Pathname.tsx';
import { ProblemDisplay } from '../../smit/ProblemDisplay.tsx';
import type { Plan } from '../../smit/run-event/Preview.tsx';
import { commandLine } from '../../smit/shell-words.ts';
import { keyWords } from '../../smit/step-words.ts';
import { planDifferences } from './plan-differences.ts';

interface ConfirmRunProps {
  title: string;
  plan: Plan;
  busy: boolean;
  error: Error | null;
  close: () => void;
  run: () => void;
}

/** The last question before an event is run: on which nodes, which commands; what takes something away wants a name typed. */
export function ConfirmRun({ title, plan, busy, error, close, run }: ConfirmRunProps) {
  const [typed, setTyped] = useState('');
  const [asked] = useState(plan);
  const { steps, destructive, destructiveReason, typeToConfirm } = plan;
  const named = !destructive || typeToConfirm === undefined || typed.trim() === typeToConfirm;
  const nodes = [...new Set(steps.map(({ node }) => node))];
  return (
    <ConfirmDialog title={title} confirm="Run" danger={destructive} busy={busy} disabled={!named} close={close} run={run}>
      {error && !busy ? <ProblemDisplay error={error} /> : null}
      {isRefused(error, 'plan_changed') ? <Differences before={asked} after={plan} /> : null}
      {destructive ? (
        <Alert
          component="p"
          isInline
          variant="danger"
          title={destructiveReason ?? 'It takes something away from those who use the cluster.'}
        />
      ) : null}
      {nodes.length === 0 ? <p>No node runs a command for it.</p> : null}
      {nodes.map((node) => {
        const its = steps.filter((step) => step.node === node);
        return (
          <div key={node} className="plan-node">
            <p>
              On node <strong>{node}</strong>, {its.length === 1 ? 'one step' : `${its.length} steps in this order`}:
            </p>
            <ol className="plan-steps">
              {its.map((step, index) => (
                <li key={index}>
                  <code className="smit-path">
                    <BreaksAtSlashes>{commandLine(step.argv)}</BreaksAtSlashes>
                  </code>{' '}
                  <span className="smit-quiet">{step.atMost === undefined ? keyWords(step) : 'only after a failure'}</span>
                </li>
              ))}
            </ol>
          </div>
        );
      })}
      {destructive && typeToConfirm !== undefined ? (
        <Field id="type-to-confirm" label={`Type ${typeToConfirm} to confirm`}>
          <TextInput
            {...describedBy('type-to-confirm')}
            value={typed}
            onChange={(_, next) => setTyped(next)}
            autoComplete="off"
            spellCheck={false}
          />
        </Field>
      ) : null}
    </ConfirmDialog>
  );
}

/** What is not as it was when the question was first asked. */
function Differences({ before, after }: { before: Plan; after: Plan }) {
  const { added, removed } = planDifferences(before, after);
  if (added.length === 0 && removed.length === 0) return null;
  const lines = (title: string, all: string[]) =>
    all.length === 0 ? null : (
      <>
        <dt>{title}</dt>
        {all.map((line) => (
          <dd key={line} className="smit-path">
            {line}
          </dd>
        ))}
      </>
    );
  return (
    <dl className="plan-differences" aria-label="What has changed">
      {lines('New since it was shown', added)}
      {lines('No longer run', removed)}
    </dl>
  );
}
