import { Alert } from '@patternfly/react-core/dist/dynamic/components/Alert';
import { TextInput } from '@patternfly/react-core/dist/dynamic/components/TextInput';
import { useState } from 'react';
import { ConfirmDialog } from '../../smit/ConfirmDialog.tsx';
import { describedBy, Field } from '../../smit/Field.tsx';
import { ProblemDisplay } from '../../smit/ProblemDisplay.tsx';
import { commandLine } from '../../smit/shell-words.ts';
import type { Plan } from './Preview.tsx';

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
  const { steps, destructive, destructiveReason, typeToConfirm } = plan;
  const named = !destructive || typeToConfirm === undefined || typed.trim() === typeToConfirm;
  return (
    <ConfirmDialog title={title} confirm="Run" danger={destructive} busy={busy} disabled={!named} close={close} run={run}>
      {destructive ? (
        <Alert
          component="p"
          isInline
          variant="danger"
          title={destructiveReason ?? 'It takes something away from those who use the cluster.'}
        />
      ) : null}
      <p>
        {steps.length === 1 ? 'One step' : `${steps.length} steps`} on{' '}
        {[...new Set(steps.map(({ node }) => node))].join(', ') || 'no node'}:
      </p>
      <ol className="smit-sentences">
        {steps.map((step) => (
          <li key={`${step.phase} ${step.node} ${step.event} ${step.key}`}>
            <code className="smit-path">{commandLine(step.argv)}</code>
          </li>
        ))}
      </ol>
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
      {error ? <ProblemDisplay error={error} /> : null}
    </ConfirmDialog>
  );
}
