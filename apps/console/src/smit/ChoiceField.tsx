import { FormSelect, FormSelectOption } from '@patternfly/react-core/dist/dynamic/components/FormSelect';
import type { ReactNode } from 'react';
import { describedBy, Field } from './Field.tsx';
import type { ListValue } from './panel-context.ts';

interface ChoiceFieldProps {
  id: string;
  label: string;
  choices: readonly ListValue[];
  /** What an address names is shown, whether it is one of the choices or not. */
  value: string;
  choose: (value: string) => void;
  /** What is read where nothing is chosen; missing: something always is. */
  nothing?: string;
  required?: boolean;
  help?: ReactNode;
  faults?: readonly string[];
}

/** One of a few values, from a box or by F4. */
export function ChoiceField({
  id,
  label,
  choices,
  value,
  choose,
  nothing,
  required = false,
  help,
  faults = [],
}: ChoiceFieldProps) {
  const isStranger = value !== '' && !choices.some((choice) => choice.value === value);
  return (
    <Field
      id={id}
      label={label}
      marks={required ? ['*', '+'] : ['+']}
      help={help}
      faults={faults}
      list={{ values: choices, chosen: value === '' ? [] : [value], choose: ([one = '']) => choose(one) }}
    >
      <FormSelect {...describedBy(id, faults)} value={value} onChange={(_, next) => choose(next)}>
        {nothing === undefined ? null : <FormSelectOption value="" label={nothing} />}
        {choices.map((choice) => (
          <FormSelectOption key={choice.value} value={choice.value} label={choice.label ?? choice.value} />
        ))}
        {isStranger ? <FormSelectOption value={value} label={value} /> : null}
      </FormSelect>
    </Field>
  );
}
