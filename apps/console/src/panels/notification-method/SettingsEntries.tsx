import type { TransportView } from '@fallover/contract';
import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { FormSelect, FormSelectOption } from '@patternfly/react-core/dist/dynamic/components/FormSelect';
import { TextInput } from '@patternfly/react-core/dist/dynamic/components/TextInput';
import { useEffect, useId, useRef, useState } from 'react';
import { describedBy, Field, type Mark } from '../../smit/Field.tsx';
import { isSealed, settingAsShown } from '../../smit/notification/method-specs.ts';
import type { FieldList, ListValue } from '../../smit/panel-context.ts';
import { foreign, kindOf, nodesOf, type SettingKind, type SettingSchema, valueIn, without, withValue } from './settings-form.ts';

interface SettingsEntriesProps {
  transport: TransportView;
  list: readonly string[];
  change: (list: string[]) => void;
  /** The nodes that may send it. */
  nodes: readonly string[];
  /** What is said of a setting, by its name; of none of them, by nothing. */
  faultsOf: (name: string | undefined) => string[];
  warningsOf: (name: string) => string[];
  whileTyping: boolean;
}

/** The settings of the notification type, as its schema has them. */
export function SettingsEntries({ transport, list, change, nodes, faultsOf, warningsOf, whileTyping }: SettingsEntriesProps) {
  const { settings, title } = transport;
  const names = Object.keys(settings.properties);
  const others = foreign(list, settings);
  const general = faultsOf(undefined);
  if (names.length === 0 && others.length === 0) return null;
  return (
    <fieldset className="method-settings">
      <legend>{title}</legend>
      {general.length > 0 ? (
        <div className="smit-fault">
          {general.map((fault) => (
            <p key={fault}>{fault}</p>
          ))}
        </div>
      ) : null}
      {names.map((name) => {
        const schema = settings.properties[name] as SettingSchema;
        const set = (node: string | undefined, value: string): void => change(withValue(list, settings, name, node, value));
        return (
          <SettingField
            key={`${transport.kind} ${name}`}
            name={name}
            schema={schema}
            required={settings.required.includes(name)}
            list={list}
            nodes={schema.perNode ? nodesOf(list, name, nodes.length > 1 ? nodes : []) : []}
            set={set}
            faults={faultsOf(name)}
            warnings={warningsOf(name)}
            whileTyping={whileTyping}
          />
        );
      })}
      {others.length > 0 ? (
        <p className="smit-warning">
          {title} has no such {others.length === 1 ? 'setting' : 'settings'}:{' '}
          <span className="smit-path">{others.map(settingAsShown).join(', ')}</span>{' '}
          <Button variant="link" isInline onClick={() => change(without(list, others))}>
            Take {others.length === 1 ? 'it' : 'them'} out
          </Button>
        </p>
      ) : null}
    </fieldset>
  );
}

const MARKS: Record<SettingKind, readonly Mark[]> = {
  secret: [],
  choice: ['+'],
  yes_no: ['+'],
  number: ['#'],
  path: ['/'],
  text: [],
};

interface SettingFieldProps {
  name: string;
  schema: SettingSchema;
  required: boolean;
  list: readonly string[];
  /** Those with a line of their own: HACMP's node and port pairs. */
  nodes: readonly string[];
  set: (node: string | undefined, value: string) => void;
  faults: string[];
  warnings: string[];
  whileTyping: boolean;
}

function SettingField({ name, schema, required, list, nodes, set, faults, warnings, whileTyping }: SettingFieldProps) {
  const id = `entry-settings.${name}`;
  const kind = kindOf(schema);
  const values = choicesOf(schema, kind);
  const value = valueIn(list, name);
  const offered: FieldList | undefined = values && {
    values,
    chosen: [value],
    choose: ([chosen = '']) => set(undefined, chosen),
  };
  const described = describedBy(id, faults);
  return (
    <Field
      id={id}
      label={schema.title}
      marks={[...(required ? (['*'] as const) : []), ...MARKS[kind]]}
      help={schema.description}
      faults={faults}
      whileTyping={whileTyping}
      warnings={warnings}
      list={offered}
    >
      <div className="smit-stack method-setting">
        <OneValue described={described} schema={schema} kind={kind} value={value} change={(next) => set(undefined, next)} />
        {nodes.length > 0 ? (
          <ul className="method-nodes" aria-label={`${schema.title}, by node`}>
            {nodes.map((node) => (
              <NodeValue
                key={node}
                node={node}
                schema={schema}
                kind={kind}
                value={valueIn(list, name, node)}
                every={value}
                change={(next) => set(node, next)}
              />
            ))}
          </ul>
        ) : null}
      </div>
    </Field>
  );
}

/** HACMP's pair of node and port, for any setting that a node can have another one of. */
function NodeValue({
  node,
  every,
  ...one
}: {
  node: string;
  schema: SettingSchema;
  kind: SettingKind;
  value: string;
  every: string;
  change: (value: string) => void;
}) {
  const id = useId();
  const schema = every === '' || one.kind === 'secret' ? one.schema : { ...one.schema, placeholder: every };
  return (
    <li>
      <label htmlFor={id}>
        <span className="pf-v6-screen-reader">{one.schema.title} on </span>
        {node}
      </label>
      <OneValue {...one} described={{ id }} schema={schema} />
    </li>
  );
}

interface OneValueProps {
  described: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: boolean };
  schema: SettingSchema;
  kind: SettingKind;
  value: string;
  change: (value: string) => void;
}

function OneValue({ described, schema, kind, value, change }: OneValueProps) {
  if (kind === 'secret') return <SecretValue described={described} schema={schema} value={value} change={change} />;
  const choices = choicesOf(schema, kind);
  if (choices)
    return (
      <FormSelect {...described} value={value} onChange={(_, next) => change(next)}>
        {choices.map((choice) => (
          <FormSelectOption key={choice.value} value={choice.value} label={choice.label ?? choice.value} />
        ))}
      </FormSelect>
    );
  return (
    <TextInput
      {...described}
      className={kind === 'path' ? 'smit-path' : ''}
      inputMode={kind === 'number' ? 'numeric' : 'text'}
      value={value}
      placeholder={schema.placeholder ?? (schema.default === undefined ? '' : String(schema.default))}
      onChange={(_, next) => change(next.trim() === '' ? '' : next)}
      autoComplete="off"
      spellCheck={false}
    />
  );
}

/** A secret is never read back: what is kept is said to be, and can be replaced. */
function SecretValue({ described, schema, value, change }: Omit<OneValueProps, 'kind'>) {
  const [kept, setKept] = useState<string>();
  const typed = useRef<HTMLInputElement>(null);
  const sealed = isSealed(value);
  // The button that was pressed goes away: its focus goes on to what is typed.
  useEffect(() => {
    if (kept !== undefined && !sealed) typed.current?.focus();
  }, [kept, sealed]);
  if (sealed)
    return (
      <div className="method-secret">
        <TextInput {...described} value="•••• kept" readOnly readOnlyVariant="default" />
        <Button
          variant="secondary"
          onClick={() => {
            setKept(value);
            change('');
          }}
          aria-label={`Replace: ${schema.title}`}
        >
          Replace
        </Button>
      </div>
    );
  return (
    <div className="method-secret">
      <TextInput
        {...described}
        ref={typed}
        type="password"
        value={value}
        placeholder={schema.placeholder ?? ''}
        onChange={(_, next) => change(next)}
        autoComplete="new-password"
      />
      {kept === undefined ? null : (
        <Button variant="link" onClick={() => change(kept)} aria-label={`Keep the old one: ${schema.title}`}>
          Keep the old one
        </Button>
      )}
    </div>
  );
}

/** A fixed list begins with what holds when nothing is chosen. */
function choicesOf(schema: SettingSchema, kind: SettingKind): ListValue[] | undefined {
  if (kind !== 'choice' && kind !== 'yes_no') return undefined;
  const { default: unless } = schema;
  const words = (value: string | number | boolean): string => (value === true ? 'yes' : value === false ? 'no' : String(value));
  const empty = { value: '', label: unless === undefined ? 'not set' : `not set (${words(unless)})` };
  if (kind === 'choice') return [empty, ...(schema.enum ?? []).map((value) => ({ value }))];
  return [empty, { value: 'true', label: 'yes' }, { value: 'false', label: 'no' }];
}
