import { CLASS_WORDS, type FieldName } from '@fallover/events';
import { FormSelect, FormSelectOption } from '@patternfly/react-core/dist/dynamic/components/FormSelect';
import { TextInput } from '@patternfly/react-core/dist/dynamic/components/TextInput';
import { Controller, type UseFormReturn } from 'react-hook-form';
import { describedBy, Field } from '../Field.tsx';
import type { FieldList, ListValue } from '../panel-context.ts';
import { ChoicesEntry } from './ChoicesEntry.tsx';
import { emptyWords, useChoices } from './choices.ts';
import { NamesEntry } from './NamesEntry.tsx';
import { type FieldSpec, marksOf } from './specs.ts';
import { isTypedAsList, type Sheet, shown, type Entry as Value } from './values.ts';

interface EntryProps {
  form: UseFormReturn<{ sheets: Sheet[] }>;
  spec: FieldSpec;
  path: `sheets.${number}.entries.${string}`;
  /** On a node's sheet: what holds for the whole cluster. */
  inherited?: Value | undefined;
  placeholder?: string | undefined;
  numbered?: boolean | undefined;
  whileTyping?: boolean | undefined;
  faults: readonly string[];
  warnings: readonly string[];
  /** What it is chosen from, where the panel knows better. */
  choices?: readonly ListValue[] | undefined;
}

/** Lists whose order means something. */
const ORDERED: readonly FieldName[] = ['preEventCommand', 'postEventCommand', 'methodNodes', 'escalateTo'];

export function Entry({
  form,
  spec,
  path,
  inherited,
  placeholder,
  numbered,
  whileTyping,
  faults,
  warnings,
  choices: given,
}: EntryProps) {
  const id = `entry-${spec.name}`;
  const cluster = inherited === undefined || inherited.length === 0 ? undefined : `${shown(spec, inherited)} (whole cluster)`;
  const empty = cluster ?? placeholder;
  const described = { ...describedBy(id, faults), ...(spec.required ? { 'aria-required': true } : {}) };
  const found = useChoices(spec);
  const choices = given ?? found;
  const suggested = (spec.kind === 'name' || spec.kind === 'command') && choices !== undefined && choices.length > 0;
  return (
    <Field
      id={id}
      label={spec.label}
      number={numbered ? spec.number : undefined}
      marks={marksOf(spec, choices !== undefined)}
      help={spec.help}
      faults={faults}
      whileTyping={whileTyping}
      warnings={warnings}
      topic={spec.name}
      list={choices && listOf(form, spec, path, choices, empty)}
    >
      <Controller
        control={form.control}
        name={path}
        render={({ field: { value, onChange, onBlur, ref } }) => {
          if (spec.kind === 'choices')
            return (
              <ChoicesEntry
                {...described}
                label={spec.label}
                chosen={Array.isArray(value) ? value : []}
                choices={choices ?? []}
                field={spec.name}
                change={onChange}
              />
            );
          if (spec.kind === 'names' || spec.kind === 'events')
            return (
              <NamesEntry
                {...described}
                label={spec.label}
                names={Array.isArray(value) ? value : []}
                choices={(choices ?? []).map((choice) => choice.value)}
                one={spec.kind === 'events' ? 'cluster event' : CLASS_WORDS[spec.named ?? 'custom_event'].one}
                ordered={ORDERED.includes(spec.name)}
                empty={empty}
                change={onChange}
              />
            );
          if (spec.kind === 'yes_no' || spec.kind === 'choice')
            return (
              <FormSelect {...described} value={value} onChange={(_, next) => onChange(next)} onBlur={onBlur} ref={ref}>
                {optionsOf(spec, choices ?? [], empty).map((choice) => (
                  <FormSelectOption key={choice.value} value={choice.value} label={choice.label ?? choice.value} />
                ))}
              </FormSelect>
            );
          return (
            <>
              <TextInput
                {...described}
                className={spec.kind === 'path' || spec.kind === 'command' ? 'smit-path' : ''}
                inputMode={spec.kind === 'number' ? 'numeric' : 'text'}
                value={typeof value === 'string' ? value : ''}
                placeholder={empty ?? ''}
                onChange={(_, next) => onChange(next)}
                onBlur={onBlur}
                ref={ref}
                autoComplete="off"
                spellCheck={spec.kind === 'text'}
                {...(suggested ? { list: `${id}-list` } : {})}
              />
              {suggested ? (
                <datalist id={`${id}-list`}>
                  {choices.map((choice) => (
                    <option key={choice.value} value={choice.value} />
                  ))}
                </datalist>
              ) : null}
            </>
          );
        }}
      />
    </Field>
  );
}

/** A fixed list begins with what holds when nothing is chosen. */
const optionsOf = (spec: FieldSpec, choices: readonly ListValue[], empty: string | undefined): readonly ListValue[] => [
  { value: '', label: empty ?? (spec.kind === 'yes_no' ? emptyWords(spec) : 'not set') },
  ...choices.filter(({ value }) => value !== ''),
];

/** What F4 offers for an entry. */
function listOf(
  form: EntryProps['form'],
  spec: FieldSpec,
  path: EntryProps['path'],
  choices: readonly ListValue[],
  empty: string | undefined,
): FieldList {
  const value = form.getValues(path) as Value | undefined;
  const change = (next: Value): void => form.setValue(path, next, { shouldDirty: true });
  const several = isTypedAsList(spec);
  const fixed = spec.kind === 'yes_no' || spec.kind === 'choice';
  return {
    several,
    values: fixed ? optionsOf(spec, choices, empty) : choices,
    chosen: value === undefined ? [] : [value].flat(),
    choose: (taken) => change(several ? taken : (taken[0] ?? '')),
  };
}
