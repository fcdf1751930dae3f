import './program.css';
import { changeEventCustomization, type EventView } from '@fallover/contract';
import { CHILD_EVENTS, type PredefinedProgram, predefinedPrograms, programFaultSentence, programLines } from '@fallover/events';
import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { Label } from '@patternfly/react-core/dist/dynamic/components/Label';
import { useState } from 'react';
import { Link } from 'react-router';
import { useForbidden } from '../../live/permission.ts';
import { PROGRAM_SPEC } from '../../smit/definition/specs.ts';
import type { DefinitionForm } from '../../smit/definition/use-definition-form.ts';
import { describedBy, Field } from '../../smit/Field.tsx';
import { goToLine, ScriptEditor } from '../../smit/script/ScriptEditor.tsx';
import { ProgramLines } from './ProgramLines.tsx';

interface RecoveryProgramProps {
  event: EventView;
  definition: DefinitionForm;
  refusedBecause: readonly string[];
}

const PATH = 'sheets.0.entries.recoveryProgram';
const EDITOR = 'entry-recoveryProgram';

/** What runs where, in which order, when the event happens: the predefined program, or an editor for one's own. */
export function RecoveryProgram({ event, definition, refusedBecause }: RecoveryProgramProps) {
  const [isOpen, setIsOpen] = useState(false);
  const forbidden = useForbidden(changeEventCustomization);
  const text = String(definition.sheets[0]?.entries[PROGRAM_SPEC.name] ?? '');
  const change = (next: string): void => definition.form.setValue(PATH, next, { shouldDirty: true });
  const isReplaced = text.trim() !== '';
  const atSite = event.eventClass === 'site' && event.arguments[0]?.kind === 'site';
  const replaceBy = (program: string): void => {
    change(program);
    setIsOpen(true);
  };
  if ((CHILD_EVENTS as readonly string[]).includes(event.name))
    return (
      <section aria-label="Recovery program">
        <h2>Recovery program</h2>
        <p className="smit-empty">It has none: it runs beside another event, on the nodes concerned at once.</p>
      </section>
    );
  const predefined = <Predefined event={event} atSite={atSite} {...(forbidden ? {} : { replaceBy })} />;
  return (
    <section aria-label="Recovery program">
      <h2>Recovery program</h2>
      <p className="smit-lead smit-line">
        <Label isCompact status={isReplaced ? 'warning' : 'info'}>
          {isReplaced ? 'replaced' : 'predefined'}
        </Label>{' '}
        What runs where, in which order, when {event.name} happens. <InForce event={event} />
      </p>
      {(isOpen || isReplaced) && !forbidden ? (
        <Editor
          {...{ text, definition, refusedBecause, atSite }}
          // It stays while all of its text is taken out to be typed anew.
          change={replaceBy}
          giveUp={() => {
            change('');
            setIsOpen(false);
          }}
        />
      ) : null}
      {isReplaced && forbidden ? <ProgramLines text={text} label="Recovery program in the draft" atSite={atSite} /> : null}
      {isOpen || isReplaced ? (
        <details className="program-predefined">
          <summary>The predefined program</summary>
          {predefined}
        </details>
      ) : (
        predefined
      )}
      <p className="smit-help program-note">
        It holds when the event happens. One that a person runs is run on all nodes at once, by no program. What it would do, the{' '}
        <Link to={`/smit/cm_event_emulation?event=${encodeURIComponent(event.name)}`}>emulation</Link> shows; to see it at work,
        report the event: <code>fallover report {event.name} … --source test --id 1</code>
      </p>
    </section>
  );
}

/** What the cluster manager goes by now, where the draft says something else. */
function InForce({ event }: { event: EventView }) {
  const [draft, active] = [event.draft?.fields.recoveryProgram?.cluster, event.active?.recoveryProgram?.cluster];
  if (draft === active) return null;
  const now = active === undefined ? 'the predefined one' : draft === undefined ? 'one that replaces it' : 'an earlier one';
  return (
    <>
      In force is still {now}, until the draft is <Link to="/smit/cm_synchronise">synchronised</Link>.
    </>
  );
}

interface PredefinedProps {
  event: EventView;
  atSite: boolean;
  /** Begins a program of one's own with this text. */
  replaceBy?: (text: string) => void;
}

function Predefined({ event, atSite, replaceBy }: PredefinedProps) {
  return predefinedPrograms(event.name).map(({ how, when, text }: PredefinedProgram) => (
    <div key={how ?? ''} className="program">
      {how === undefined ? null : (
        <h3>
          {how}: <span className="program-when">{when}</span>
        </h3>
      )}
      <ProgramLines text={text} label={`Predefined program${how === undefined ? '' : `, ${how}`}`} atSite={atSite} />
      {replaceBy ? (
        <Button variant="secondary" size="sm" onClick={() => replaceBy(text)}>
          {how === undefined ? 'Replace it by a program of your own' : `Begin a program of your own with this one (${how})`}
        </Button>
      ) : null}
    </div>
  ));
}

interface EditorProps extends Pick<RecoveryProgramProps, 'definition' | 'refusedBecause'> {
  text: string;
  change: (text: string) => void;
  giveUp: () => void;
  atSite: boolean;
}

function Editor({ text, change, giveUp, definition, refusedBecause, atSite }: EditorProps) {
  const faults = programLines(text).flatMap((line) => line.faults);
  const isSaid = (field: string): boolean => field === PROGRAM_SPEC.name;
  // What is wrong with a line is said below, with a way to it; here what is wrong with the whole of it.
  const whole = definition.faults.flatMap(({ field, sentence }) => (isSaid(field) && faults.length === 0 ? [sentence] : []));
  return (
    <div className="program-columns smit-form">
      <Field
        id={EDITOR}
        label={PROGRAM_SPEC.label}
        faults={[...new Set([...whole, ...refusedBecause])]}
        warnings={definition.warnings.flatMap(({ field, sentence }) => (isSaid(field) ? [sentence] : []))}
        help={PROGRAM_SPEC.help}
        topic={PROGRAM_SPEC.name}
      >
        <div className="program-editor">
          <ScriptEditor
            id={EDITOR}
            value={text}
            change={change}
            wrongLines={new Set(faults.map(({ line }) => line))}
            isInvalid={faults.length > 0}
            describedBy={`${EDITOR}-lines ${describedBy(EDITOR)['aria-describedby']}`}
            isRequired={false}
          />
          <div id={`${EDITOR}-lines`} {...(definition.tried ? { role: 'alert' } : {})}>
            {faults.length === 0 ? null : (
              <ul className="script-findings">
                {faults.map((fault) => (
                  <li key={`${fault.line} ${fault.code}`}>
                    <button type="button" className="script-line-link" onClick={() => goToLine(EDITOR, fault.line)}>
                      Line {fault.line}
                    </button>
                    : {programFaultSentence(fault)}
                  </li>
                ))}
              </ul>
            )}
          </div>
          <Button variant="link" isInline onClick={giveUp}>
            Take the predefined program again
          </Button>
        </div>
      </Field>
      {text.trim() === '' ? null : <ProgramLines text={text} label="What the lines mean" atSite={atSite} />}
    </div>
  );
}
