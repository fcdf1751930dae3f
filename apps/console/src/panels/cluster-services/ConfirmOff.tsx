import './cluster-services.css';
import { confirmNodeOff, type NodeView } from '@fallover/contract';
import { Alert } from '@patternfly/react-core/dist/dynamic/components/Alert';
import { TextInput } from '@patternfly/react-core/dist/dynamic/components/TextInput';
import { useState } from 'react';
import { useAction } from '../../live/use-action.ts';
import { ConfirmDialog } from '../../smit/ConfirmDialog.tsx';
import { describedBy, Field } from '../../smit/Field.tsx';
import { ProblemDisplay } from '../../smit/ProblemDisplay.tsx';
import { commandLine } from '../../smit/shell-words.ts';
import { Sentence } from '../../smit/Sentence.tsx';

interface ConfirmOffProps {
  node: NodeView;
  close: () => void;
  done: (sentence: string) => void;
}

/** A wrong answer here destroys data: the name is typed, so that nobody confirms the wrong node. */
export function ConfirmOff({ node: { node, fencing }, close, done }: ConfirmOffProps) {
  const [typed, setTyped] = useState('');
  const action = useAction(confirmNodeOff, ['cluster', 'runs'], ({ sentence }) => done(sentence));
  return (
    <ConfirmDialog
      title={`Is node ${node} off?`}
      confirm={`Node ${node} is off`}
      danger
      busy={action.isPending}
      disabled={typed.trim() !== node}
      close={close}
      run={() => action.mutate({ parameters: { node }, body: { typed: typed.trim() } })}
    >
      <div className="confirm-off">
        {action.error ? <ProblemDisplay error={action.error} /> : null}
        {fencing ? (
          <p>
            <Sentence>{fencing.sentence}</Sentence>
          </p>
        ) : null}
        <Alert
          component="p"
          isInline
          variant="danger"
          title={`Once you confirm, others take over what ${node} had. If it still runs, resources are active twice and data are destroyed: look at the machine itself, not at its network.`}
        />
        <Field id="type-to-confirm" label={`Type ${node} to confirm`}>
          <TextInput
            {...describedBy('type-to-confirm')}
            value={typed}
            onChange={(_, next) => setTyped(next)}
            autoComplete="off"
            spellCheck={false}
          />
        </Field>
        <pre className="smit-command">{commandLine(['fallover', 'confirm-off', node])}</pre>
      </div>
    </ConfirmDialog>
  );
}
