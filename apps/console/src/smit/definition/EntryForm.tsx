import { changeEntry, type EntryView } from '@fallover/contract';
import { CLASS_WORDS, checkEntry, classWord, type Entry, parseName } from '@fallover/events';
import { TextInput } from '@patternfly/react-core/dist/dynamic/components/TextInput';
import { type ReactNode, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { useAction } from '../../live/use-action.ts';
import { CommandStatus } from '../CommandStatus.tsx';
import { describedBy, Field } from '../Field.tsx';
import { PanelForm } from '../PanelForm.tsx';
import { PanelFrame } from '../PanelFrame.tsx';
import { faultsAt } from '../problems.ts';
import { commandLine } from '../shell-words.ts';
import { ConflictNotice } from './ConflictNotice.tsx';
import { DefinitionEntries } from './DefinitionEntries.tsx';
import { DeleteEntry } from './DeleteEntry.tsx';
import { DraftAgainstActive } from './EntryState.tsx';
import { entryPath } from './entry-path.ts';
import type { ClusterClass, FieldSpec } from './specs.ts';
import { asAdded, useAdded } from './use-added.ts';
import { type DefinitionForm, type Draft, useDefinitionForm } from './use-definition-form.ts';
import { modifyCommands } from './values.ts';

export interface EntryFormParts {
  definition: DefinitionForm;
  name: string;
  /** The entry of the name, while one is added. */
  nameEntry: ReactNode;
  refusedBecause: (field: string) => string[];
  touched: boolean;
  /** The other entries of its class, by name. */
  others: string[];
}

interface EntryFormProps {
  entryClass: ClusterClass | 'notification_method';
  specs: readonly FieldSpec[];
  /** The name is typed: one is added. Else it is this one's, which may still have no entry. */
  name: { typed: string } | { fixed: string };
  entry: EntryView | undefined;
  /** The entries of the draft that this one may name, and those of its own class. */
  among: readonly Entry[];
  liveNodes: readonly string[];
  frame: { title: string; fastPath: string; above: string; lead?: string | undefined };
  nameLabel?: string;
  /** How the form is laid out, where its entries do not just stand one below the other. */
  layout?: (parts: EntryFormParts) => ReactNode;
  /** What stands beside the form, for its entry or of it. */
  beside?: (parts: EntryFormParts) => ReactNode;
}

const FORM = 'entry-form';
const NONE: Draft = { revision: 0, fields: {} };

/** The form of one entry of the definition, of any class that is the same on every node. */
export function EntryForm({
  entryClass,
  specs,
  name: given,
  entry,
  among,
  liveNodes,
  frame,
  nameLabel = 'Name',
  layout = (parts) => (
    <>
      {parts.nameEntry}
      <DefinitionEntries definition={parts.definition} refusedBecause={parts.refusedBecause} />
    </>
  ),
  beside,
}: EntryFormProps) {
  const navigate = useNavigate();
  const adding = 'typed' in given;
  const [typedName, setTypedName] = useState(adding ? given.typed : '');
  const name = adding ? typedName.trim() : given.fixed;
  const action = useAction(changeEntry, ['configuration', 'cluster'], (reply) => {
    definition.saved((reply.entry.draft ?? NONE) as Draft);
    if (adding) void navigate(entryPath({ class: entryClass, name }), asAdded(reply.warnings));
  });
  const definition = useDefinitionForm({
    specs,
    current: (entry?.draft ?? NONE) as Draft,
    nodes: [],
    saving: action.isPending,
    nameLabel,
    check: (fields) => checkEntry({ class: entryClass, name, fields } as Entry, among, liveNodes),
  });
  const taken = adding && among.some((other) => other.class === entryClass && other.name === name);
  const save = (): void => {
    const asked = definition.asked();
    if (asked && !taken)
      action.mutate({
        parameters: { class: entryClass, name },
        body: asked as { revision: number; fields: NonNullable<EntryView['active']> },
      });
  };
  const nameFaults = [
    ...definition.faults.filter(({ field }) => field === 'name').map(({ sentence }) => sentence),
    ...(taken ? [`There is a ${CLASS_WORDS[entryClass].one} ${name} already. Give this one another name.`] : []),
    ...faultsAt(action.error, 'name'),
  ];
  const added = useAdded(action);
  const deleted = entry !== undefined && entry.draft === undefined;
  const touched = definition.changed.length > 0 || (adding && name !== '');
  const parts: EntryFormParts = {
    definition,
    name,
    touched,
    others: among.flatMap((other) => (other.class === entryClass && other.name !== name ? [other.name] : [])),
    refusedBecause: (field) => faultsAt(action.error, field),
    nameEntry: adding ? (
      <Field
        id="entry-name"
        label={nameLabel}
        marks={['*']}
        topic="entryName"
        help="1 to 64 letters, digits, dots, underscores and hyphens."
        faults={nameFaults}
      >
        <TextInput
          {...describedBy('entry-name', nameFaults)}
          aria-required
          value={typedName}
          onChange={(_, next) => setTypedName(next)}
          autoComplete="off"
          spellCheck={false}
        />
      </Field>
    ) : null,
  };
  return (
    <PanelFrame
      {...frame}
      commands={commandsOf(entryClass, name, definition.changed, adding || deleted, touched || deleted)}
      reset={() => {
        definition.reset();
        action.reset();
        if (adding) setTypedName(given.typed);
      }}
      enter={{
        label: adding ? 'Do: add to the draft' : 'Do: save in the draft',
        form: FORM,
        busy: action.isPending,
        disabled: !touched && !deleted,
        needs: changeEntry,
      }}
    >
      {deleted ? <p className="smit-lead">It is deleted in the draft. Saving adds it again.</p> : null}
      {entry ? <DraftAgainstActive entry={entry} specs={specs} /> : null}
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
          shownFields={['name', ...specs.map((spec) => spec.name)]}
          again={save}
        />
      )}
      <div className={beside ? 'smit-form-beside' : ''}>
        <PanelForm id={FORM} aria-label={CLASS_WORDS[entryClass].title} submit={save}>
          {layout(parts)}
        </PanelForm>
        {beside?.(parts)}
      </div>
      {entry?.draft && entryClass !== 'cluster' ? (
        <>
          <UsedBy entry={entry} />
          <DeleteEntry entry={entry} revision={entry.draft.revision} above={frame.above} />
        </>
      ) : null}
    </PanelFrame>
  );
}

function UsedBy({ entry: { usedBy } }: { entry: EntryView }) {
  if (usedBy.length === 0) return null;
  return (
    <p>
      Named by{' '}
      {usedBy.map((user, index) => (
        <span key={`${user.class} ${user.name}`}>
          {index > 0 ? ', ' : ''}
          {CLASS_WORDS[user.class].one} <Link to={entryPath(user)}>{user.name}</Link>
        </span>
      ))}
    </p>
  );
}

/** The cluster's own attributes need no name: there is one cluster. */
function commandsOf(
  entryClass: EntryFormProps['entryClass'],
  name: string,
  changed: Parameters<typeof modifyCommands>[3],
  adds: boolean,
  touched: boolean,
): string[] {
  if (entryClass === 'cluster')
    return touched ? modifyCommands('modify', 'cluster', undefined, changed) : ['fallover query cluster'];
  if (!parseName(name, 'name').ok) return [];
  if (!touched) return [commandLine(['fallover', 'query', classWord(entryClass), name])];
  const lines = modifyCommands(adds ? 'add' : 'modify', classWord(entryClass), name, changed);
  return lines.length > 0 ? lines : [commandLine(['fallover', 'add', classWord(entryClass), name])];
}
