import type { NodeView } from '@fallover/contract';
import { FormSelect, FormSelectOption } from '@patternfly/react-core/dist/dynamic/components/FormSelect';
import { useQuery } from '@tanstack/react-query';
import { nodesQuery } from '../../live/queries.ts';
import { stateWords } from './node-words.ts';

/** In an address: no node has this name. */
export const ALL_NODES = '*';

interface NodeChoiceProps {
  /** The name of a node, or `ALL_NODES`; undefined: the one that answers. */
  value: string | undefined;
  change: (node: string) => void;
  /** All of them may be asked at once. */
  orAll?: boolean;
}

/** Which node's cluster manager is asked, through the one that answers. A node alone leaves no choice. */
export function NodeChoice({ value, change, orAll = false }: NodeChoiceProps) {
  const nodes = useQuery(nodesQuery).data ?? [];
  const own = nodes.find(({ here }) => here)?.node ?? '';
  const chosen = value ?? own;
  // What an address names is shown, whether it is known or not: whoever is asked says so.
  const isStranger = chosen !== '' && chosen !== ALL_NODES && !nodes.some(({ node }) => node === chosen);
  if (nodes.length < 2 && !isStranger && chosen !== ALL_NODES) return null;
  return (
    <FormSelect aria-label="Node" value={chosen} onChange={(_, node) => change(node === own ? '' : node)}>
      {orAll ? <FormSelectOption value={ALL_NODES} label="all nodes" /> : null}
      {nodes.map((node) => (
        <FormSelectOption key={node.node} value={node.node} label={labelOf(node)} />
      ))}
      {isStranger ? <FormSelectOption value={chosen} label={chosen} /> : null}
    </FormSelect>
  );
}

function labelOf({ node, here, state }: NodeView): string {
  const remarks = [...(here ? ['this node'] : []), ...(state === 'member' ? [] : [stateWords(state).label])];
  return remarks.length === 0 ? node : `${node} (${remarks.join(', ')})`;
}
