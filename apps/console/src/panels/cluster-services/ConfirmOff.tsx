import { confirmNodeOff, type NodeView } from '@fallover/contract';
import { Alert } from '@patternfly/react-core/dist/dynamic/components/Alert';
import { useAction } from '../../live/use-action.ts';
import { Sentence } from '../../smit/Sentence.tsx';
import { TypedNameDialog } from './TypedNameDialog.tsx';

interface ConfirmOffProps {
  node: NodeView;
  close: () => void;
  done: (sentence: string) => void;
}

/** A wrong answer here destroys data. */
export function ConfirmOff({ node: { node, fencing }, close, done }: ConfirmOffProps) {
  const action = useAction(confirmNodeOff, ['cluster', 'runs'], ({ sentence }) => done(sentence));
  return (
    <TypedNameDialog
      title={`Is node ${node} off?`}
      confirm={`Node ${node} is off`}
      node={node}
      purpose="to confirm"
      command={['fallover', 'confirm-off', node]}
      busy={action.isPending}
      error={action.error}
      close={close}
      run={(typed) => action.mutate({ parameters: { node }, body: { typed } })}
    >
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
    </TypedNameDialog>
  );
}
