import type { NodeView } from '@fallover/contract';
import type { StartWhen } from '@fallover/events';
import { Checkbox } from '@patternfly/react-core/dist/dynamic/components/Checkbox';
import { Radio } from '@patternfly/react-core/dist/dynamic/components/Radio';
import { stateWords } from '../../smit/nodes/node-words.ts';

interface NodesProps {
  nodes: readonly NodeView[];
  chosen: readonly string[];
  choose: (chosen: string[]) => void;
  faults: readonly string[];
}

/** On which nodes, each with what it is now. */
export function Nodes({ nodes, chosen, choose, faults }: NodesProps) {
  return (
    <fieldset className="choices" aria-describedby="services-nodes-fault">
      <legend>On these nodes</legend>
      {nodes.map(({ node, state, here }) => (
        <Checkbox
          key={node}
          id={`services-node-${node}`}
          label={here ? `${node} (here)` : node}
          description={`${stateWords(state).label}: ${stateWords(state).says}`}
          isChecked={chosen.includes(node)}
          onChange={(_, isChosen) => choose(isChosen ? [...chosen, node] : chosen.filter((one) => one !== node))}
        />
      ))}
      <div className="smit-fault" id="services-nodes-fault" role="alert">
        {faults.map((fault) => (
          <p key={fault}>{fault}</p>
        ))}
      </div>
    </fieldset>
  );
}

interface WhenProps {
  words: Record<StartWhen, { label: string; says: string }>;
  when: StartWhen;
  choose: (when: StartWhen) => void;
}

export function When({ words, when, choose }: WhenProps) {
  return (
    <fieldset className="choices">
      <legend>When</legend>
      {(Object.keys(words) as StartWhen[]).map((one) => (
        <Radio
          key={one}
          id={`services-when-${one}`}
          name="services-when"
          label={words[one].label}
          description={words[one].says}
          isChecked={when === one}
          onChange={() => choose(one)}
        />
      ))}
    </fieldset>
  );
}
