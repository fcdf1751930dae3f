import './cluster-services.css';
import { type NodeView, removeNode } from '@fallover/contract';
import { Alert } from '@patternfly/react-core/dist/dynamic/components/Alert';
import { TextInput } from '@patternfly/react-core/dist/dynamic/components/TextInput';
import { useState } from 'react';
import { useAction } from '../../live/use-action.ts';
import { ConfirmDialog } from '../../smit/ConfirmDialog.tsx';
import { describedBy, Field } from '../../smit/Field.tsx';
import { ProblemDisplay } from '../../smit/ProblemDisplay.tsx';
import { commandLine } from '../../smit/shell-words.ts';

interface RemoveNodeProps {
  node: NodeView;
  close: () => void;
  done: (sentence: string) => void;
}

/** What was known of the node is gone then: the name is typed, so that nobody removes the wrong one. */
export function RemoveNode({ node: { node, state }, close, done }: RemoveNodeProps) {
  const [typed, setTyped] = useState('');
  const action = useAction(removeNode, ['cluster', 'configuration'], ({ sentence }) => done(sentence));
  return (
    <ConfirmDialog
      title={`Remove node ${node} from the cluster?`}
      confirm={`Remove ${node}`}
      danger
      busy={action.isPending}
      disabled={typed.trim() !== node}
      close={close}
      run={() => action.mutate({ parameters: { node }, body: { typed: typed.trim() } })}
    >
      <div className="confirm-off">
        {action.error ? <ProblemDisplay error={action.error} /> : null}
        <p>
          It is no longer known then, and its certificate no longer good. Its runs stay. Stop its cluster manager first: if that
          starts again, {node} joins as a new node.
        </p>
        {state === 'unmanaged' ? (
          <Alert
            component="p"
            isInline
            variant="warning"
            title={`Its resource groups were left UNMANAGED: what of them still runs on ${node} goes on, and nobody knows of it any more.`}
          />
        ) : null}
        <Field id="type-to-remove" label={`Type ${node} to remove it`}>
          <TextInput
            {...describedBy('type-to-remove')}
            value={typed}
            onChange={(_, next) => setTyped(next)}
            autoComplete="off"
            spellCheck={false}
          />
        </Field>
        <pre className="smit-command">{commandLine(['fallover', 'remove-node', node])}</pre>
      </div>
    </ConfirmDialog>
  );
}
