import '../../smit/components/components.css';
import { type ComponentView, commandLine as linesOf, type listComponents, runComponentEvent } from '@fallover/contract';
import { SCRIPT_EVENT_NAMES } from '@fallover/events';
import { Alert } from '@patternfly/react-core/dist/dynamic/components/Alert';
import { TextArea } from '@patternfly/react-core/dist/dynamic/components/TextArea';
import { TextInput } from '@patternfly/react-core/dist/dynamic/components/TextInput';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import type { Reply } from '../../api.ts';
import { useAction } from '../../live/use-action.ts';
import { visible } from '../../smit/ansi.ts';
import { ChoiceField } from '../../smit/ChoiceField.tsx';
import { CommandStatus } from '../../smit/CommandStatus.tsx';
import { ConfirmDialog } from '../../smit/ConfirmDialog.tsx';
import { COMPONENTS_PATH, componentPath, componentRunPath } from '../../smit/components/paths.ts';
import { componentsQuery } from '../../smit/components/queries.ts';
import { describedBy, Field } from '../../smit/Field.tsx';
import { Known } from '../../smit/Known.tsx';
import { PanelForm } from '../../smit/PanelForm.tsx';
import { PanelFrame } from '../../smit/PanelFrame.tsx';
import { ProblemDisplay } from '../../smit/ProblemDisplay.tsx';
import {
  ARGUMENT_WORDS,
  argumentNames,
  type EventForm,
  type FormFaults,
  formFaults,
  meaningOf,
  takesAway,
  valuesUsed,
  whyNot,
} from './event-form.ts';
import { ToBeRun } from './ToBeRun.tsx';

const TITLE = 'Run an Event in a Component';
const FAST_PATH = 'cm_run_component_event';
const LEAD =
  'Runs the scripts of one component on this node, one after another, with the event and its arguments. The first that fails ends the event.';
const FORM = 'run-component-event';

export default function RunComponentEvent() {
  const query = useQuery(componentsQuery);
  if (query.data) return <RunForm components={query.data.components} />;
  return (
    <PanelFrame title={TITLE} fastPath={FAST_PATH} above={COMPONENTS_PATH} commands={[]} lead={LEAD}>
      <Known query={query}>{() => null}</Known>
    </PanelFrame>
  );
}

/** EventScriptTimeout. */
const TIMEOUT = '30';

/** The form stands in the URL, so that it can be sent and gone back to. */
function useEventForm(components: readonly ComponentView[]) {
  const [search, setSearch] = useSearchParams();
  const only = components.length === 1 ? components[0]?.name : undefined;
  const form: EventForm = {
    component: search.get('component') ?? only ?? '',
    event: search.get('event') ?? '',
    args: search.getAll('arg'),
    timeout: search.get('timeout') ?? TIMEOUT,
  };
  const enter = (changes: Partial<EventForm>): void => {
    const { component, event, args, timeout } = { ...form, ...changes };
    setSearch(
      [
        ...(component === '' ? [] : [['component', component]]),
        ...(event === '' ? [] : [['event', event]]),
        ...args.map((arg) => ['arg', arg]),
        ...(timeout === TIMEOUT ? [] : [['timeout', timeout]]),
      ] as [string, string][],
      { replace: true },
    );
  };
  return { form, enter, reset: (): void => setSearch([], { replace: true }) };
}

function RunForm({ components }: { components: Reply<typeof listComponents>['components'] }) {
  const navigate = useNavigate();
  const { form, enter, reset } = useEventForm(components);
  const [tried, setTried] = useState(false);
  const [asking, setAsking] = useState(false);
  const action = useAction(
    runComponentEvent,
    ['components'],
    ({ component, id }) => void navigate(componentRunPath(component, id)),
  );
  const component = components.find(({ name }) => name === form.component);
  const faults = formFaults(form);
  const stranger: FormFaults =
    form.component !== '' && !component ? { component: `There is no component ${form.component} on this node.` } : {};
  const all = { ...faults, ...stranger };
  const isRight = Object.keys(all).length === 0;
  const shown: FormFaults = tried ? all : stranger;
  const refused = component && whyNot(component);
  const request = {
    parameters: { component: form.component },
    body: { event: form.event, args: [...form.args], timeoutSeconds: Number(form.timeout) },
  };
  const title = [form.event, ...form.args].join(' ');
  return (
    <PanelFrame
      title={TITLE}
      fastPath={FAST_PATH}
      lead={LEAD}
      above={form.component === '' ? COMPONENTS_PATH : componentPath(form.component)}
      commands={isRight ? linesOf('runComponentEvent', request) : []}
      reset={() => {
        reset();
        setTried(false);
        action.reset();
      }}
      enter={{
        label: 'Do: run …',
        form: FORM,
        busy: action.isPending,
        disabled: refused !== undefined,
        needs: runComponentEvent,
      }}
    >
      {asking ? null : <CommandStatus action={action} done={<p>It was accepted.</p>} />}
      {refused === undefined ? null : <Alert component="p" isInline variant="warning" title={visible(refused)} />}
      {components.length === 0 ? <p className="smit-empty">There is no component on this node.</p> : null}
      <PanelForm
        id={FORM}
        aria-label="Event and arguments"
        submit={() => {
          setTried(true);
          action.reset();
          if (isRight && refused === undefined) setAsking(true);
        }}
      >
        <ComponentChoice components={components} form={form} enter={enter} faults={shown} />
        <EventEntry form={form} enter={enter} faults={shown} own={component?.events.map(({ event }) => event) ?? []} />
        <Arguments components={components} form={form} enter={enter} faults={shown} />
        <Field
          id="timeout"
          label="Time for all scripts"
          marks={['#']}
          help="Seconds, counted from the request. When they are over, the debug script looks at the script that runs, which is then ended."
          faults={faultOf(shown, 'timeout')}
        >
          <TextInput
            {...describedBy('timeout', faultOf(shown, 'timeout'))}
            inputMode="numeric"
            value={form.timeout}
            onChange={(_, timeout) => enter({ timeout })}
            autoComplete="off"
          />
        </Field>
      </PanelForm>
      {component && refused === undefined ? <ToBeRun component={component} /> : null}
      {asking && component ? (
        <ConfirmDialog
          title={`Run ${title} in ${form.component}?`}
          confirm="Run"
          danger={takesAway(form.event)}
          busy={action.isPending}
          close={() => {
            setAsking(false);
            action.reset();
          }}
          run={() => action.mutate(request, { onSuccess: () => setAsking(false) })}
        >
          {action.error ? <ProblemDisplay error={action.error} /> : null}
          {takesAway(form.event) ? (
            <Alert
              component="p"
              isInline
              variant="danger"
              title={`${form.event} takes something away from those who use what this node serves.`}
            />
          ) : null}
          <ToBeRun component={component} />
          <p className="smit-quiet">Closing the page does not end it.</p>
          <pre className="smit-command">{linesOf('runComponentEvent', request).join('\n')}</pre>
        </ConfirmDialog>
      ) : null}
    </PanelFrame>
  );
}

const faultOf = (faults: FormFaults, field: string): string[] => (faults[field] === undefined ? [] : [faults[field]]);

interface PartProps {
  form: EventForm;
  enter: (changes: Partial<EventForm>) => void;
  faults: FormFaults;
}

function ComponentChoice({ components, form, enter, faults }: PartProps & { components: readonly ComponentView[] }) {
  return (
    <ChoiceField
      id="component"
      label="Component"
      required
      choices={components.map(({ name, mode, directory }) => ({
        value: name,
        label: `${name} (${mode})`,
        description: visible(directory),
      }))}
      value={form.component}
      choose={(component) => enter({ component })}
      nothing="choose …"
      faults={faultOf(faults, 'component')}
      help="A directory of event scripts on this node."
    />
  );
}

/** Typed, or chosen from a list: scripts of an administrator's own may know events of their own. */
function EventEntry({ form, enter, faults, own }: PartProps & { own: readonly string[] }) {
  const wrong = faultOf(faults, 'event');
  const names = [...new Set<string>([...SCRIPT_EVENT_NAMES, ...own])];
  const choose = (event: string): void => {
    const [before, next] = [argumentNames(form.event), argumentNames(event)];
    // What was typed is kept for an argument of the same name.
    const args = next ? next.map((name) => form.args[before?.indexOf(name) ?? -1] ?? '') : before ? [] : form.args;
    enter({ event, args });
  };
  return (
    <Field
      id="event"
      label="Event"
      marks={['*', '+']}
      faults={wrong}
      help={
        meaningOf(form.event) ??
        (form.event === '' ? 'One of CTDB, or one of your own that your scripts know.' : 'An event of your own.')
      }
      list={{
        values: names.map((name) => ({ value: name, description: meaningOf(name) })),
        chosen: form.event === '' ? [] : [form.event],
        choose: ([event = '']) => choose(event),
      }}
    >
      <TextInput
        {...describedBy('event', wrong)}
        list="component-event-list"
        value={form.event}
        placeholder="monitor"
        onChange={(_, event) => choose(event.trim())}
        autoComplete="off"
        spellCheck={false}
      />
      <datalist id="component-event-list">
        {names.map((name) => (
          <option key={name} value={name} label={meaningOf(name)} />
        ))}
      </datalist>
    </Field>
  );
}

function Arguments({ components, form, enter, faults }: PartProps & { components: readonly ComponentView[] }) {
  const names = argumentNames(form.event);
  if (form.event === '') return null;
  if (!names) return <OwnArguments form={form} enter={enter} faults={faults} />;
  const change = (at: number, value: string): void =>
    enter({ args: names.map((_, index) => (index === at ? value.trim() : (form.args[index] ?? ''))) });
  return names.map((name, index) => {
    const id = `argument-${name}`;
    const wrong = faultOf(faults, `args.${index}`);
    const used = valuesUsed(components, name);
    return (
      <Field
        key={name}
        id={id}
        label={name}
        marks={['*', ...(used.length > 0 ? ['+' as const] : []), ...(name === 'MASKBITS' ? ['#' as const] : [])]}
        help={ARGUMENT_WORDS[name]}
        faults={wrong}
        {...(used.length === 0
          ? {}
          : {
              list: {
                values: used.map((value) => ({ value })),
                chosen: [form.args[index] ?? ''],
                choose: ([value = '']: string[]) => change(index, value),
              },
            })}
      >
        <TextInput
          {...describedBy(id, wrong)}
          value={form.args[index] ?? ''}
          inputMode={name === 'MASKBITS' ? 'numeric' : 'text'}
          onChange={(_, value) => change(index, value)}
          autoComplete="off"
          spellCheck={false}
        />
      </Field>
    );
  });
}

function OwnArguments({ form, enter, faults }: PartProps) {
  const wrong = faultOf(faults, 'args');
  return (
    <Field
      id="arguments"
      label="Arguments"
      help="One a line, without blanks. CTDB does not know this event, so how many it has is for your scripts to say."
      faults={wrong}
    >
      <TextArea
        {...describedBy('arguments', wrong)}
        value={form.args.join('\n')}
        onChange={(_, text) => enter({ args: text === '' ? [] : text.split('\n') })}
        rows={3}
        resizeOrientation="vertical"
        spellCheck={false}
      />
    </Field>
  );
}
