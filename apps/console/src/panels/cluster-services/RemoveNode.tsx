import { type NodeView, removeNode } from '@fallover/contract';
import { Alert } from '@patternfly/react-core/dist/dynamic/components/Alert';
import { useAction } from '../../live/use-action.ts';
import { TypedNameDialog } from './TypedNameDialog.tsx';

interface RemoveNodeProps {
  node: NodeView;
  close: () => void;
  done: (sentence: string) => void;
}

/** What was known of the node is gone then. */
export function RemoveNode({ node: { node, state }, close, done }: RemoveNodeProps) {
  const action = useAction(removeNode, ['cluster', 'configuration'], ({ sentence }) => done(sentence));
  return (
    <TypedNameDialog
      title={`Remove node ${node} from the cluster?`}
      confirm={`Remove ${node}`}
      node={node}
      purpose="to remove it"
      command={['fallover', 'remove-node', node]}
      busy={action.isPending}
      error={action.error}
      close={close}
      run={(typed) => action.mutate({ parameters: { node }, body: { typed } })}
    >
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
    </TypedNameDialog>
  );
}
