import { changeScript, type getScript, LONGEST_SCRIPT, commandLine as linesOf } from '@fallover/contract';
import { inputSentence, parseName } from '@fallover/events';
import { TextInput } from '@patternfly/react-core/dist/dynamic/components/TextInput';
import { ToggleGroup, ToggleGroupItem } from '@patternfly/react-core/dist/dynamic/components/ToggleGroup';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { Reply } from '../../api.ts';
import { useAction } from '../../live/use-action.ts';
import { CommandStatus } from '../../smit/CommandStatus.tsx';
import { DeleteEntry } from '../../smit/definition/DeleteEntry.tsx';
import { asAdded, useAdded } from '../../smit/definition/use-added.ts';
import { describedBy, Field } from '../../smit/Field.tsx';
import { PanelForm } from '../../smit/PanelForm.tsx';
import { PanelFrame } from '../../smit/PanelFrame.tsx';
import { faultsAt } from '../../smit/problems.ts';
import { LibraryOff } from '../../smit/script/LibraryOff.tsx';
import { LineDiff } from '../../smit/script/LineDiff.tsx';
import { goToLine, ScriptEditor } from '../../smit/script/ScriptEditor.tsx';
import { commandLine } from '../../smit/shell-words.ts';
import { useFilter } from '../../smit/use-filter.ts';
import { useSettled } from '../../smit/use-settled.ts';
import { syntaxQuery } from './queries.ts';
import { ScriptConflict } from './ScriptConflict.tsx';
import { ScriptFacts } from './ScriptFacts.tsx';
import { Syntax } from './Syntax.tsx';
import { isTouched, mayFollow, opened, rebased, type ScriptText } from './script-form.ts';

type Script = Reply<typeof getScript>;
type ScriptPanelProps = { script: Script; off: boolean } | { taken: readonly string[]; proposed: string };

const FORM = 'script-form';
const TEXT = 'script-text';
const SYNTAX_AFTER_MS = 500;
/** What a new script begins with: what it is called with is what is forgotten first. */
const BEGINNING = '#!/bin/sh\n# Called with the arguments that the panel of its command tells.\n\n';

export function ScriptPanel(props: ScriptPanelProps) {
  const navigate = useNavigate();
  const script = 'script' in props ? props.script : undefined;
  const [typedName, setTypedName] = useState('proposed' in props ? props.proposed : '');
  const name = script?.name ?? typedName.trim();
  const current = textOf(script);
  const [form, setForm] = useState(() => opened(current));
  const [tried, setTried] = useState(false);
  const sent = useRef(form.typed);
  const [{ view }, look] = useFilter(['view'] as const);
  const { text, remark } = form.typed;
  const action = useAction(changeScript, ['configuration', 'cluster'], (reply) => {
    // What is typed while the answer is on its way is kept, and is a change again.
    const { revision } = reply.script.draft ?? { revision: 0 };
    setForm(({ typed }) => ({ base: { ...sent.current, revision }, typed: { ...typed, revision } }));
    if (!script) void navigate(`/smit/cm_script/${encodeURIComponent(name)}`, asAdded(reply.warnings));
  });
  const added = useAdded(action);
  const touched = isTouched(form);
  const behind = current.revision !== form.base.revision && !action.isPending;
  const follows = behind && mayFollow(form, current);
  useEffect(() => {
    if (follows) setForm(opened(current));
  });
  const settled = useSettled(text, SYNTAX_AFTER_MS);
  const canBeChecked = textFaultsOf(text).length === 0;
  const syntax = useQuery({ ...syntaxQuery(settled), enabled: textFaultsOf(settled).length === 0 });
  const nameFaults = script ? [] : nameFaultsOf(name, 'taken' in props ? props.taken : []);
  const textFaults = textFaultsOf(text);
  const save = (): void => {
    setTried(true);
    if (nameFaults.length > 0 || textFaults.length > 0) return;
    sent.current = form.typed;
    action.mutate({ parameters: { name }, body: { revision: form.base.revision, text, remark } });
  };
  const shown = { name: [...(tried ? nameFaults : []), ...faultsAt(action.error, 'name')] };
  const textShown = [...(tried ? textFaults : []), ...faultsAt(action.error, 'text', 'content')];
  const remarkShown = faultsAt(action.error, 'remark');
  const deleted = script !== undefined && script.draft === undefined;
  const off = 'off' in props && props.off;
  const wrong = new Set((syntax.data?.findings ?? []).flatMap(({ line }) => line ?? []));
  const differences = view === 'differences' && script !== undefined;
  return (
    <PanelFrame
      title={script?.name ?? 'Add a library script'}
      fastPath={script ? `cm_script/${script.name}` : 'cm_add_script'}
      above="/smit/cm_script_library"
      commands={
        (touched || deleted || !script) && parseName(name, 'name').ok
          ? linesOf('changeScript', {
              parameters: { name },
              body: {
                revision: form.base.revision,
                text,
                ...(remark === (form.base.revision === 0 ? '' : form.base.remark) ? {} : { remark }),
              },
            })
          : script
            ? [commandLine(['fallover', 'query', 'script', name])]
            : []
      }
      reset={() => {
        setForm(opened(form.base));
        setTried(false);
        action.reset();
      }}
      enter={{
        label: script ? 'Do: save in the draft' : 'Do: add to the draft',
        form: FORM,
        busy: action.isPending,
        disabled: off || (!touched && !deleted && script !== undefined),
        needs: changeScript,
      }}
    >
      {off ? <LibraryOff /> : null}
      {script ? <ScriptFacts script={script} /> : null}
      {deleted ? <p className="smit-lead">It is deleted in the draft. Saving adds it again.</p> : null}
      {behind && !follows ? (
        <ScriptConflict
          form={form}
          theirs={current}
          keepMine={() => setForm(rebased(form, current))}
          takeTheirs={() => setForm(opened(current))}
        />
      ) : (
        <CommandStatus
          action={added.status}
          warnings={added.warnings}
          done={
            <p>
              Saved in the draft. Every node runs it once it is <Link to="/smit/cm_synchronise">synchronised</Link>.
            </p>
          }
          shownFields={['name', 'text', 'content', 'remark']}
          again={save}
        />
      )}
      <PanelForm id={FORM} aria-label="Library script" submit={save}>
        {script ? null : (
          <Field
            id="script-name"
            label="Script Name"
            marks={['*']}
            topic="entryName"
            help="1 to 64 letters, digits, dots, underscores and hyphens. It is the name of the file."
            faults={shown.name}
          >
            <TextInput
              {...describedBy('script-name', shown.name)}
              aria-required
              value={typedName}
              onChange={(_, next) => setTypedName(next)}
              autoComplete="off"
              spellCheck={false}
            />
          </Field>
        )}
        <Field id="script-remark" label="Description" topic="remark" help="What it is for." faults={remarkShown}>
          <TextInput
            {...describedBy('script-remark', remarkShown)}
            value={remark}
            onChange={(_, next) => setForm({ ...form, typed: { ...form.typed, remark: next } })}
            autoComplete="off"
          />
        </Field>
        {script ? (
          <ToggleGroup aria-label="What is shown of the script">
            <ToggleGroupItem text="Script" buttonId="show-script" isSelected={!differences} onChange={() => look({ view: '' })} />
            <ToggleGroupItem
              text="Differences from active"
              buttonId="show-differences"
              isSelected={differences}
              onChange={() => look({ view: 'differences' })}
            />
          </ToggleGroup>
        ) : null}
        {differences || !canBeChecked ? null : (
          <Syntax
            id="script-syntax"
            query={syntax}
            waits={settled !== text || syntax.isPlaceholderData}
            goTo={(line) => goToLine(TEXT, line)}
          />
        )}
        {differences ? (
          <LineDiff
            label="Differences from the active script"
            before={script.activeText ?? ''}
            after={text}
            same="What is typed here is what is active."
          />
        ) : (
          <Field
            id={TEXT}
            label="Script"
            marks={['*']}
            topic="content"
            help="Tab indents; Esc and then Tab leaves the editor."
            faults={textShown}
          >
            <ScriptEditor
              id={TEXT}
              value={text}
              change={(next) => setForm({ ...form, typed: { ...form.typed, text: next } })}
              wrongLines={wrong}
              isInvalid={textShown.length > 0 || wrong.size > 0}
              describedBy={`${textShown.length > 0 ? `${TEXT}-fault ` : ''}script-syntax ${TEXT}-help`}
            />
          </Field>
        )}
      </PanelForm>
      {script?.draft ? <DeleteEntry entry={script} revision={script.draft.revision} above="/smit/cm_script_library" /> : null}
    </PanelFrame>
  );
}

function textOf(script: Script | undefined): ScriptText {
  if (!script) return { revision: 0, text: BEGINNING, remark: '' };
  // One that is deleted in the draft can be added again as it was.
  const remark = (script.draft?.fields ?? script.active)?.remark?.cluster;
  return {
    revision: script.draft?.revision ?? 0,
    text: script.draftText ?? script.activeText ?? '',
    remark: typeof remark === 'string' ? remark : '',
  };
}

function nameFaultsOf(name: string, taken: readonly string[]): string[] {
  const parsed = parseName(name, 'Script Name');
  if (!parsed.ok) return [inputSentence(parsed.error)];
  return taken.includes(name) ? [`There is a library script ${name} already. Give this one another name.`] : [];
}

function textFaultsOf(text: string): string[] {
  if (text.trim() === '') return [inputSentence({ code: 'value_missing', field: 'content' })];
  if (text.length > LONGEST_SCRIPT)
    return [inputSentence({ code: 'text_too_long', field: 'content', length: text.length, most: LONGEST_SCRIPT })];
  return [];
}
