import './emulation.css';
import { Checkbox } from '@patternfly/react-core/dist/dynamic/components/Checkbox';
import { ChoiceField } from '../../smit/ChoiceField.tsx';
import { WHAT_WORDS, WHATS, type What, whatOf } from './what.ts';

export function WhatField({ what, choose }: { what: What; choose: (what: What) => void }) {
  return (
    <ChoiceField
      id="what"
      label="What if"
      choices={WHATS.map((value) => ({ value, label: WHAT_WORDS[value] }))}
      value={what}
      choose={(next) => choose(whatOf(next))}
    />
  );
}

interface NodeFieldProps {
  nodes: readonly string[];
  value: string;
  faults: readonly string[];
  choose: (node: string) => void;
}

export function NodeField({ nodes, value, faults, choose }: NodeFieldProps) {
  return (
    <ChoiceField
      id="node"
      label="Node"
      required
      choices={nodes.map((node) => ({ value: node }))}
      value={value}
      choose={choose}
      nothing="choose …"
      faults={faults}
      help="What follows from its end: who notices, whether it is fenced, and what the others do."
    />
  );
}

interface MembersFieldProps {
  known: readonly string[];
  chosen: readonly string[];
  faults: readonly string[];
  choose: (nodes: string[]) => void;
}

/** Which nodes are supposed to be members. */
export function MembersField({ known, chosen, faults, choose }: MembersFieldProps) {
  return (
    <fieldset className="choices emulation-members" aria-describedby="members-help members-fault">
      <legend>As if only these were members</legend>
      <p className="smit-help" id="members-help">
        None chosen: the cluster as it is now.
      </p>
      <div className="emulation-nodes">
        {known.map((node) => (
          <Checkbox
            key={node}
            id={`member-${node}`}
            label={node}
            isChecked={chosen.includes(node)}
            onChange={(_, isChosen) => choose(known.filter((one) => (one === node ? isChosen : chosen.includes(one))))}
          />
        ))}
      </div>
      <div className="smit-fault" id="members-fault" role="alert">
        {faults.map((fault) => (
          <p key={fault}>{fault}</p>
        ))}
      </div>
    </fieldset>
  );
}

interface ConfigurationFieldProps {
  changes: number;
  draft: boolean;
  choose: (draft: boolean) => void;
}

export function ConfigurationField({ changes, draft, choose }: ConfigurationFieldProps) {
  return (
    <ChoiceField
      id="configuration"
      label="Configuration"
      choices={[
        { value: 'active', label: 'active: what would run now' },
        { value: 'draft', label: 'draft: what would run once it is synchronised' },
      ]}
      value={draft ? 'draft' : 'active'}
      choose={(next) => choose(next === 'draft')}
      help={
        changes === 0
          ? 'The draft is the same as what is active.'
          : `The draft has ${changes === 1 ? '1 change' : `${changes} changes`} that ${changes === 1 ? 'is' : 'are'} not synchronised.`
      }
    />
  );
}
