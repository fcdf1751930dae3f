import { type CustomEventView, changeCustomEvent } from '@fallover/contract';
import { type CustomEvent as CustomEventFields, checkCustomEvent, parseName } from '@fallover/events';
import { TextInput } from '@patternfly/react-core/dist/dynamic/components/TextInput';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { clusterQuery } from '../../live/queries.ts';
import { useAction } from '../../live/use-action.ts';
import { CommandStatus } from '../../smit/CommandStatus.tsx';
import { ConflictNotice } from '../../smit/definition/ConflictNotice.tsx';
import { DefinitionEntries } from '../../smit/definition/DefinitionEntries.tsx';
import { CUSTOM_EVENT_SPECS } from '../../smit/definition/specs.ts';
import { asAdded, useAdded } from '../../smit/definition/use-added.ts';
import { type Draft, useDefinitionForm } from '../../smit/definition/use-definition-form.ts';
import { useLastKnown } from '../../smit/definition/use-last-known.ts';
import { modifyCommands } from '../../smit/definition/values.ts';
import { describedBy, Field } from '../../smit/Field.tsx';
import { Known } from '../../smit/Known.tsx';
import { PanelForm } from '../../smit/PanelForm.tsx';
import { PanelFrame } from '../../smit/PanelFrame.tsx';
import { faultsAt } from '../../smit/problems.ts';
import { DeleteCustomEvent } from './DeleteCustomEvent.tsx';
import { customEventQuery } from './queries.ts';

const ABOVE = '/smit/cm_custom_events';

/** Adds a custom event, or changes the one that the URL names. */
export default function CustomEvent() {
  const { name } = useParams();
  const cluster = useQuery(clusterQuery);
  const found = useQuery({ ...customEventQuery(name ?? ''), enabled: name !== undefined });
  const known = useLastKnown(name, found.data);
  if (cluster.data && name === undefined) return <CustomEventForm nodes={cluster.data.nodes} />;
  if (cluster.data && name !== undefined && known)
    return <CustomEventForm key={name} nodes={cluster.data.nodes} customEvent={known} />;
  return (
    <PanelFrame title={name ?? 'Add a custom event'} fastPath="cm_custom_event" commands={[]} above={ABOVE}>
      {found.data === null ? (
        <p className="smit-empty">
          There is no custom event {name}. <Link to={ABOVE}>All custom events</Link>
        </p>
      ) : (
        <Known query={(cluster.data ? found : cluster) as typeof found}>{() => null}</Known>
      )}
    </PanelFrame>
  );
}

const FORM = 'custom-event-form';
const NAMES = ['name', ...CUSTOM_EVENT_SPECS.map((spec) => spec.name)];
const NONE: Draft = { revision: 0, fields: {} };

function CustomEventForm({ nodes, customEvent }: { nodes: string[]; customEvent?: CustomEventView }) {
  const navigate = useNavigate();
  const adding = customEvent === undefined;
  const [typedName, setTypedName] = useState(customEvent?.name ?? '');
  const [nameTried, setNameTried] = useState(false);
  const name = typedName.trim();
  const action = useAction(changeCustomEvent, ['configuration', 'cluster'], (reply) => {
    definition.saved((reply.customEvent.draft ?? NONE) as Draft);
    if (adding) void navigate(`/smit/cm_custom_event/${encodeURIComponent(name)}`, asAdded(reply.warnings));
  });
  const definition = useDefinitionForm({
    specs: CUSTOM_EVENT_SPECS,
    current: (customEvent?.draft ?? NONE) as Draft,
    nodes,
    saving: action.isPending,
    check: (fields) => {
      const { faults, warnings } = checkCustomEvent(name, fields as CustomEventFields, { nodes });
      return { faults: faults.filter(({ field }) => field !== 'name' || adding), warnings };
    },
  });
  const save = (): void => {
    setNameTried(true);
    const asked = definition.asked();
    if (asked) action.mutate({ parameters: { name }, body: asked as { revision: number; fields: CustomEventFields } });
  };
  const nameFaults = [
    ...(adding && nameTried ? definition.faults.filter(({ field }) => field === 'name').map(({ sentence }) => sentence) : []),
    ...faultsAt(action.error, 'name'),
  ];
  const added = useAdded(action);
  const deleted = !adding && customEvent.draft === undefined;
  const touched = definition.changed.length > 0;
  return (
    <PanelFrame
      title={adding ? 'Add a custom event' : customEvent.name}
      fastPath={adding ? 'cm_add_custom_event' : `cm_custom_event/${customEvent.name}`}
      commands={
        touched || deleted
          ? modifyCommands(adding || deleted ? 'add' : 'modify', 'event', name, definition.changed)
          : queryCommand(name)
      }
      above={ABOVE}
      reset={() => {
        definition.reset();
        action.reset();
        if (adding) setTypedName('');
      }}
      enter={{
        label: adding ? 'Do: add to the draft' : 'Do: save in the draft',
        form: FORM,
        busy: action.isPending,
        disabled: !touched && !deleted,
        needs: changeCustomEvent,
      }}
    >
      {deleted ? <p className="smit-lead">It is deleted in the draft. Saving adds it again.</p> : null}
      <ConflictNotice definition={definition} />
      {definition.theirs ? null : (
        <CommandStatus
          action={added.status}
          warnings={added.warnings}
          done={
            <p>
              Saved in the draft. It holds once it is <Link to="/smit/cm_synchronise">synchronised</Link>.
            </p>
          }
          shownFields={NAMES}
          again={save}
        />
      )}
      <PanelForm id={FORM} aria-label="Custom event" submit={save}>
        {adding ? (
          <Field
            id="custom-event-name"
            label="Cluster Event Name"
            marks={['*']}
            topic="name"
            help="1 to 64 letters, digits, dots, underscores and hyphens."
            faults={nameFaults}
          >
            <TextInput
              {...describedBy('custom-event-name', nameFaults)}
              value={typedName}
              onChange={(_, next) => setTypedName(next)}
              autoComplete="off"
              spellCheck={false}
            />
          </Field>
        ) : null}
        <DefinitionEntries definition={definition} refusedBecause={(field) => faultsAt(action.error, field)} />
      </PanelForm>
      {customEvent?.draft ? <DeleteCustomEvent customEvent={customEvent} revision={customEvent.draft.revision} /> : null}
    </PanelFrame>
  );
}

const queryCommand = (name: string): string[] => (parseName(name, 'name').ok ? [`fallover query event ${name}`] : []);
