import type { EventView } from '@fallover/contract';
import { FormSelect, FormSelectOption } from '@patternfly/react-core/dist/dynamic/components/FormSelect';
import { TextArea } from '@patternfly/react-core/dist/dynamic/components/TextArea';
import { TextInput } from '@patternfly/react-core/dist/dynamic/components/TextInput';
import { describedBy, Field, type Mark } from '../Field.tsx';
import type { FieldList } from '../panel-context.ts';

interface ArgumentEntryProps {
  argument: EventView['arguments'][number];
  value: string;
  change: (value: string) => void;
  nodes: readonly string[];
  /** Names that an entry which is typed may be completed to. */
  suggestions: readonly string[];
  faults: readonly string[];
}

/** An argument's entry, by its kind: chosen from a list where there is one, else typed. */
export function ArgumentEntry({ argument, value, change, nodes, suggestions, faults }: ArgumentEntryProps) {
  const { name, kind, required, several, help } = argument;
  const id = `argument-${name}`;
  const choices = choicesOf(argument, nodes);
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
      list={listOf(argument, value, change, choices ?? (suggestions.length > 0 ? plain(suggestions) : undefined))}
    >
      {several ? (
        <TextArea {...described} value={value} onChange={(_, next) => change(next)} rows={3} resizeOrientation="vertical" />
      ) : choices ? (
        <FormSelect {...described} value={value} onChange={(_, next) => change(next)}>
          <FormSelectOption value="" label={required ? 'choose …' : 'none'} />
          {choices.map((choice) => (
            <FormSelectOption key={choice.value} {...choice} />
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
                <option key={suggestion} value={suggestion} />
              ))}
            </datalist>
          ) : null}
        </>
      )}
    </Field>
  );
}

const plain = (all: readonly string[]) => all.map((value) => ({ value, label: value }));

function listOf(
  { several }: EventView['arguments'][number],
  value: string,
  change: (value: string) => void,
  values: { value: string; label: string }[] | undefined,
): FieldList | undefined {
  if (!values) return undefined;
  const chosen = value.split('\n').filter((line) => line !== '');
  return { values, chosen, several, choose: (taken) => change(taken.join('\n')) };
}

function choicesOf(
  { kind, choices }: EventView['arguments'][number],
  nodes: readonly string[],
): { value: string; label: string }[] | undefined {
  if (choices) return plain(choices);
  if (kind === 'node') return plain(nodes);
  if (kind === 'node_or_all') return [...plain(nodes), { value: '-1', label: '-1 (global: all nodes)' }];
  return undefined;
}
