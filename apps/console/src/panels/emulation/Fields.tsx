import './emulation.css';
import { Checkbox } from '@patternfly/react-core/dist/dynamic/components/Checkbox';
import { FormSelect, FormSelectOption } from '@patternfly/react-core/dist/dynamic/components/FormSelect';
import { describedBy, Field } from '../../smit/Field.tsx';
import { WHAT_WORDS, WHATS, type What, whatOf } from './what.ts';

export function WhatField({ what, choose }: { what: What; choose: (what: What) => void }) {
  return (
    <Field
      id="what"
      label="What if"
      marks={['+']}
      list={{
        values: WHATS.map((value) => ({ value, label: WHAT_WORDS[value] })),
        chosen: [what],
        choose: ([one]) => choose(whatOf(one)),
      }}
    >
      <FormSelect {...describedBy('what')} value={what} onChange={(_, next) => choose(whatOf(next))}>
        {WHATS.map((one) => (
          <FormSelectOption key={one} value={one} label={WHAT_WORDS[one]} />
        ))}
      </FormSelect>
    </Field>
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
    <Field
      id="node"
      label="Node"
      marks={['*', '+']}
      faults={faults}
      help="What follows from its end: who notices, whether it is fenced, and what the others do."
      list={{
        values: nodes.map((node) => ({ value: node })),
        chosen: value === '' ? [] : [value],
        choose: ([one = '']) => choose(one),
      }}
    >
      <FormSelect {...describedBy('node', faults)} value={value} onChange={(_, next) => choose(next)}>
        <FormSelectOption value="" label="choose …" />
        {nodes.map((node) => (
          <FormSelectOption key={node} value={node} label={node} />
        ))}
      </FormSelect>
    </Field>
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
    <Field
      id="configuration"
      label="Configuration"
      marks={['+']}
      help={
        changes === 0
          ? 'The draft is the same as what is active.'
          : `The draft has ${changes === 1 ? '1 change' : `${changes} changes`} that ${changes === 1 ? 'is' : 'are'} not synchronised.`
      }
    >
      <FormSelect
        {...describedBy('configuration')}
        value={draft ? 'draft' : 'active'}
        onChange={(_, next) => choose(next === 'draft')}
      >
        <FormSelectOption value="active" label="active: what would run now" />
        <FormSelectOption value="draft" label="draft: what would run once it is synchronised" />
      </FormSelect>
    </Field>
  );
}
