import { FormSelect, FormSelectOption } from '@patternfly/react-core/dist/dynamic/components/FormSelect';
import { TextInput } from '@patternfly/react-core/dist/dynamic/components/TextInput';
import { useQuery } from '@tanstack/react-query';
import { Controller, type UseFormReturn } from 'react-hook-form';
import { customEventsQuery } from '../../live/queries.ts';
import { describedBy, Field } from '../Field.tsx';
import type { FieldList } from '../panel-context.ts';
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
  numbered?: boolean | undefined;
  whileTyping?: boolean | undefined;
  faults: readonly string[];
  warnings: readonly string[];
}

export function Entry({
  form,
  spec,
  path,
  inherited,
  placeholder,
  choices,
  numbered,
  whileTyping,
  faults,
  warnings,
}: EntryProps) {
  const id = `entry-${spec.name}`;
  const cluster = inherited === undefined || inherited.length === 0 ? undefined : `${shown(spec, inherited)} (whole cluster)`;
  const empty = cluster ?? placeholder;
  const described = describedBy(id, faults);
  return (
    <Field
      id={id}
      label={spec.label}
      number={numbered ? spec.number : undefined}
      marks={MARKS[spec.kind]}
      help={spec.help}
      faults={faults}
      whileTyping={whileTyping}
      warnings={warnings}
      topic={spec.name}
      list={useList(form, spec, path, choices, empty)}
    >
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

/** What F4 offers for an entry. Which custom events there are is read from the cluster manager, as it is now. */
function useList(
  form: EntryProps['form'],
  { kind }: FieldSpec,
  path: EntryProps['path'],
  choices: readonly string[],
  empty: string | undefined,
): FieldList | undefined {
  const customEvents = useQuery({ ...customEventsQuery, enabled: kind === 'names' }).data ?? [];
  const change = (value: Value): void => form.setValue(path, value, { shouldDirty: true });
  const value = form.getValues(path) as Value | undefined;
  if (kind === 'yes_no')
    return {
      values: [
        { value: '', label: empty ?? 'not set (no)' },
        { value: 'true', label: 'yes' },
        { value: 'false', label: 'no' },
      ],
      chosen: [typeof value === 'string' ? value : ''],
      choose: ([one = '']) => change(one),
    };
  if (kind !== 'names') return undefined;
  const described = (name: string) => customEvents.find((one) => one.name === name)?.draft?.fields;
  return {
    several: true,
    values: choices.map((name) => ({
      value: name,
      description: described(name)?.description?.cluster ?? described(name)?.script?.cluster,
    })),
    chosen: Array.isArray(value) ? value : [],
    choose: change,
  };
}
