import './cluster-services.css';
import { TextInput } from '@patternfly/react-core/dist/dynamic/components/TextInput';
import { type ReactNode, useState } from 'react';
import { ConfirmDialog } from '../../smit/ConfirmDialog.tsx';
import { describedBy, Field } from '../../smit/Field.tsx';
import { ProblemDisplay } from '../../smit/ProblemDisplay.tsx';
import { commandLine } from '../../smit/shell-words.ts';

interface TypedNameDialogProps {
  title: string;
  confirm: string;
  node: string;
  /** Behind `Type nodea`. */
  purpose: string;
  /** The words of the shell's line that does the same. */
  command: readonly string[];
  busy: boolean;
  error: Error | null;
  close: () => void;
  run: (typed: string) => void;
  children: ReactNode;
}

/** The last question where a wrong node would be ruin: its name is typed. */
export function TypedNameDialog(props: TypedNameDialogProps) {
  const { title, confirm, node, purpose, command, busy, error, close, run, children } = props;
  const [typed, setTyped] = useState('');
  const name = typed.trim();
  return (
    <ConfirmDialog
      title={title}
      confirm={confirm}
      danger
      busy={busy}
      disabled={name !== node}
      close={close}
      run={() => run(name)}
    >
      <div className="typed-name">
        {error ? <ProblemDisplay error={error} /> : null}
        {children}
        <Field id="type-the-name" label={`Type ${node} ${purpose}`}>
          <TextInput
            {...describedBy('type-the-name')}
            value={typed}
            onChange={(_, next) => setTyped(next)}
            autoComplete="off"
            spellCheck={false}
          />
        </Field>
        <pre className="smit-command">{commandLine(command)}</pre>
      </div>
    </ConfirmDialog>
  );
}
