import { FormSelect, FormSelectOption } from '@patternfly/react-core/dist/dynamic/components/FormSelect';
import { TextInput } from '@patternfly/react-core/dist/dynamic/components/TextInput';
import { Controller, type UseFormReturn } from 'react-hook-form';
import { describedBy, Field } from '../Field.tsx';
import { NamesEntry } from './NamesEntry.tsx';
import { type FieldSpec, MARKS } from './specs.ts';
import { type Sheet, shown, type Entry as Value } from './values.ts';

interface EntryProps {
  form: UseFormReturn<{ sheets: Sheet[] }>;
  spec: FieldSpec;
  path: `sheets.${number}.entries.${string}`;
  /** On a node's sheet: what holds for the whole cluster. */
  inherited?: Value | undefined;
  placeholder?: string | undefined;
  choices: readonly string[];
  faults: readonly string[];
  warnings: readonly string[];
}

export function Entry({ form, spec, path, inherited, placeholder, choices, faults, warnings }: EntryProps) {
  const id = `entry-${spec.name}`;
  const cluster = inherited === undefined || inherited.length === 0 ? undefined : `${shown(spec, inherited)} (whole cluster)`;
  const empty = cluster ?? placeholder;
  const described = describedBy(id, faults);
  return (
    <Field id={id} label={spec.label} marks={MARKS[spec.kind]} help={spec.help} faults={faults} warnings={warnings}>
      <Controller
        control={form.control}
        name={path}
        render={({ field: { value, onChange, onBlur, ref } }) => {
          if (spec.kind === 'names')
            return (
              <NamesEntry
                {...described}
                label={spec.label}
                names={Array.isArray(value) ? value : []}
                choices={choices}
                empty={cluster}
                change={onChange}
              />
            );
          if (spec.kind === 'yes_no')
            return (
              <FormSelect {...described} value={value} onChange={(_, next) => onChange(next)} onBlur={onBlur} ref={ref}>
                <FormSelectOption value="" label={empty ?? 'not set (no)'} />
                <FormSelectOption value="true" label="yes" />
                <FormSelectOption value="false" label="no" />
              </FormSelect>
            );
          return (
            <TextInput
              {...described}
              className={spec.kind === 'path' ? 'smit-path' : ''}
              inputMode={spec.kind === 'number' ? 'numeric' : 'text'}
              value={typeof value === 'string' ? value : ''}
              placeholder={empty ?? ''}
              onChange={(_, next) => onChange(next)}
              onBlur={onBlur}
              ref={ref}
              autoComplete="off"
              spellCheck={spec.kind === 'text'}
            />
          );
        }}
      />
    </Field>
  );
}
