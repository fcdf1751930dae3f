import './import-export.css';
import { applyLines, IMPORT_FORMATS, importConfiguration, LONGEST_IMPORT } from '@fallover/contract';
import { FormSelect, FormSelectOption } from '@patternfly/react-core/dist/dynamic/components/FormSelect';
import { TextArea } from '@patternfly/react-core/dist/dynamic/components/TextArea';
import { useState } from 'react';
import { isConflict } from '../../api.ts';
import { useAction } from '../../live/use-action.ts';
import { CommandStatus } from '../../smit/CommandStatus.tsx';
import { describedBy, Field } from '../../smit/Field.tsx';
import { PanelForm } from '../../smit/PanelForm.tsx';
import { PanelFrame } from '../../smit/PanelFrame.tsx';
import { commandLine } from '../../smit/shell-words.ts';
import { Bring } from './Bring.tsx';
import { FORMATS, isWholeUnlessSaid } from './formats.ts';
import { Imported } from './Imported.tsx';
import { importBody, type Wanted } from './import-body.ts';
import { FRAME, WhichWay } from './WhichWay.tsx';
import { WrongLines } from './WrongLines.tsx';

const FORM = 'import-form';
const NOTHING: Wanted = { text: '', file: undefined, format: '', extent: '' };

/** First what would change is shown; the same again, and it is in the draft. Another text or setting begins anew. */
export function Import() {
  const [wanted, setWanted] = useState(NOTHING);
  const [unreadable, setUnreadable] = useState<string>();
  const looked = useAction(importConfiguration, []);
  const saved = useAction(importConfiguration, ['configuration', 'cluster']);
  const change = (next: Partial<Wanted>): void => {
    setWanted((known) => ({ ...known, ...next }));
    setUnreadable(undefined);
    looked.reset();
    saved.reset();
  };
  const { text, file, format, extent } = wanted;
  const tooLong = text.length > LONGEST_IMPORT ? [tooLongWords(text.length)] : [];
  const faults = [...(unreadable === undefined ? [] : [unreadable]), ...tooLong];
  const look = (): void => {
    saved.reset();
    looked.mutate({ body: importBody(wanted, true) });
  };
  // Into the draft that was shown, or not at all: another one would be changed in what nobody has seen.
  const save = (): void =>
    saved.mutate(
      { body: { ...importBody(wanted, false), ...(looked.data ? { draft: looked.data.draft } : {}) } },
      {
        onError(error) {
          if (isConflict(error)) looked.reset();
        },
      },
    );
  const shown = saved.data ?? looked.data;
  const ready = looked.data !== undefined && !saved.isSuccess;
  return (
    <PanelFrame
      {...FRAME}
      lead="Reads a file into the draft, all of it or nothing. First it shows what would change; nothing becomes active before you synchronise."
      commands={
        file === undefined && text !== ''
          ? applyLines(importBody(wanted, !ready))
          : [
              commandLine([
                'fallover',
                'apply',
                file ?? '-',
                ...(format === '' ? [] : ['--format', format]),
                ...(extent === '' ? [] : [`--${extent}`]),
                ...(ready ? [] : ['--dry-run']),
              ]),
            ]
      }
      reset={() => change(NOTHING)}
      enter={{
        label: ready ? 'Do: read it into the draft' : 'Do: show what would change',
        form: FORM,
        busy: looked.isPending || saved.isPending,
        needs: importConfiguration,
        disabled: text.trim() === '' || faults.length > 0 || saved.isSuccess || (ready && looked.data?.count === 0),
      }}
    >
      <WhichWay way="import" />
      <PanelForm
        id={FORM}
        aria-label="What is imported"
        submit={() => {
          if (ready) save();
          else look();
        }}
      >
        <Bring file={file} bring={change} refuse={setUnreadable}>
          <Field
            id="import-text"
            label="Text of the file"
            marks={['*']}
            help={`${FORMATS.json.label}, CSV, the worksheet as CSV, or ODM stanzas, ${LONGEST_IMPORT / 1024 / 1024} million characters at most.`}
            faults={faults}
          >
            {file === undefined ? (
              <TextArea
                {...describedBy('import-text', faults)}
                className="smit-path"
                value={text}
                rows={10}
                resizeOrientation="vertical"
                spellCheck={false}
                onChange={(_, next) => change({ text: next })}
              />
            ) : (
              <output id="import-text" className="exchange-brought">
                {file}, {text.length.toLocaleString('en')} characters
                <button type="button" className="exchange-link" onClick={() => change({ text: '', file: undefined })}>
                  Take another
                </button>
              </output>
            )}
          </Field>
        </Bring>
        <Field id="import-format" label="Format" marks={['+']} help="Told from how the text begins, unless it is said here.">
          <FormSelect
            {...describedBy('import-format')}
            value={format}
            onChange={(_, next) => change({ format: next as Wanted['format'] })}
          >
            <FormSelectOption value="" label="told from the text" />
            {IMPORT_FORMATS.map((one) => (
              <FormSelectOption key={one} value={one} label={FORMATS[one].label} />
            ))}
          </FormSelect>
        </Field>
        <Field id="import-extent" label="The file is" marks={['+']} help={extentHelp(wanted)}>
          <FormSelect
            {...describedBy('import-extent')}
            value={extent}
            onChange={(_, next) => change({ extent: next as Wanted['extent'] })}
          >
            <FormSelectOption value="" label="as its format says: JSON whole, the others a part" />
            <FormSelectOption value="whole" label="the whole configuration: what it does not have is deleted" />
            <FormSelectOption value="part" label="a part: it adds and changes, and deletes nothing" />
          </FormSelect>
        </Field>
      </PanelForm>
      <details className="exchange-hint">
        <summary>From a cluster on AIX</summary>
        <p>On one of its nodes, as root, and then bring the file here:</p>
        <pre className="smit-command">odmget HACMPevent HACMPcustom HACMPude &gt; hacmp-events.odm</pre>
        <p>
          Events and custom events are read. What the configuration cannot hold, such as message catalogues and user-defined
          events, is told line by line and not dropped silently.
        </p>
      </details>
      {looked.error || saved.error ? <WrongLines text={text} error={saved.error ?? looked.error} /> : null}
      {saved.isSuccess ? (
        <CommandStatus action={saved} done={<p>It is in the draft. It holds once it is synchronised.</p>} />
      ) : (
        <CommandStatus
          action={saved.error || saved.isPending ? saved : { ...looked, isSuccess: false }}
          done={null}
          again={saved.error ? save : look}
        />
      )}
      {shown ? <Imported result={shown} /> : null}
    </PanelFrame>
  );
}

const tooLongWords = (length: number): string => `The file has ${length} characters. Give one of ${LONGEST_IMPORT} at most.`;

function extentHelp({ extent, format }: Wanted): string {
  if (extent === 'whole') return 'Entries and values that the draft has and the file has not are deleted from the draft.';
  if (extent === 'part') return 'What the file does not mention stays as it is in the draft.';
  if (format === '') return 'Whole: what it does not have is deleted. A part: it adds and changes.';
  return isWholeUnlessSaid(format)
    ? 'JSON is the whole configuration: what it does not have is deleted from the draft.'
    : 'It adds and changes; what it does not mention stays as it is in the draft.';
}
