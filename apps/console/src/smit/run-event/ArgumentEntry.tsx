import type { EventView } from '@fallover/contract';
import { FormSelect, FormSelectOption } from '@patternfly/react-core/dist/dynamic/components/FormSelect';
import { TextArea } from '@patternfly/react-core/dist/dynamic/components/TextArea';
import { TextInput } from '@patternfly/react-core/dist/dynamic/components/TextInput';
import { describedBy, Field, type Mark } from '../Field.tsx';
import type { FieldList, ListValue } from '../panel-context.ts';

interface ArgumentEntryProps {
  argument: EventView['arguments'][number];
  value: string;
  change: (value: string) => void;
  nodes: readonly string[];
  /** What is defined, or was used before: what an entry which is typed may be completed to. */
  suggestions: readonly ListValue[];
  faults: readonly string[];
}

/** An argument's entry, by its kind: chosen from a list where there is one, else typed. */
export function ArgumentEntry({ argument, value, change, nodes, suggestions, faults }: ArgumentEntryProps) {
  const { name, kind, required, several, help } = argument;
  const id = `argument-${name}`;
  const choices = choicesOf(argument, nodes, suggestions, value);
  const number = kind === 'seconds' || kind === 'status';
  const suggested = !several && suggestions.length > 0;
  const marks: Mark[] = [];
  if (required) marks.push('*');
  if (choices || suggestions.length > 0) marks.push('+');
  if (number) marks.push('#');
  const described = describedBy(id, faults);
  return (
    <Field
      id={id}
      label={name}
      marks={marks}
      help={several ? `${help} Several: one a line.` : help}
      faults={faults}
      topic={`argument.${kind}`}
      list={listOf(argument, value, change, choices ?? (suggestions.length > 0 ? suggestions : undefined))}
    >
      {several ? (
        <TextArea {...described} value={value} onChange={(_, next) => change(next)} rows={3} resizeOrientation="vertical" />
      ) : choices ? (
        <FormSelect {...described} value={value} onChange={(_, next) => change(next)}>
          <FormSelectOption value="" label={required ? 'choose …' : 'none'} />
          {choices.map((choice) => (
            <FormSelectOption key={choice.value} value={choice.value} label={choice.label ?? choice.value} />
          ))}
        </FormSelect>
      ) : (
        <>
          <TextInput
            {...described}
            value={value}
            inputMode={number ? 'numeric' : 'text'}
            onChange={(_, next) => change(next)}
            autoComplete="off"
            spellCheck={false}
            {...(suggested ? { list: `${id}-list` } : {})}
          />
          {suggested ? (
            <datalist id={`${id}-list`}>
              {suggestions.map((suggestion) => (
                <option key={suggestion.value} value={suggestion.value} label={suggestion.description} />
              ))}
            </datalist>
          ) : null}
        </>
      )}
    </Field>
  );
}

const plain = (all: readonly string[]): ListValue[] => all.map((value) => ({ value }));

function listOf(
  { several }: EventView['arguments'][number],
  value: string,
  change: (value: string) => void,
  values: readonly ListValue[] | undefined,
): FieldList | undefined {
  if (!values) return undefined;
  const chosen = value.split('\n').filter((line) => line !== '');
  return { values, chosen, several, choose: (taken) => change(taken.join('\n')) };
}

/** A fixed list. Of nodes: those that take part, those that are defined, and one that came with the address whatever it is. */
function choicesOf(
  { kind, choices }: EventView['arguments'][number],
  nodes: readonly string[],
  defined: readonly ListValue[],
  value: string,
): readonly ListValue[] | undefined {
  if (choices) return plain(choices);
  if (kind !== 'node' && kind !== 'node_or_all') return undefined;
  const all = [...plain(nodes.filter((node) => !defined.some((one) => one.value === node))), ...defined];
  const global = kind === 'node_or_all' ? [{ value: '-1', label: '-1 (global: all nodes)' }] : [];
  const known = [...all, ...global].some((one) => one.value === value);
  return [...all, ...global, ...(known || value === '' ? [] : [{ value, label: `${value} (not defined)` }])];
}
