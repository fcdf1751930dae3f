import { LONGEST_IMPORT } from '@fallover/contract';
import { type DragEvent, type ReactNode, useState } from 'react';
import { Field } from '../../smit/Field.tsx';

interface BringProps {
  file: string | undefined;
  bring: (brought: { text: string; file: string }) => void;
  refuse: (sentence: string) => void;
  children: ReactNode;
}

/** A character has four bytes at most. */
const MOST_BYTES = LONGEST_IMPORT * 4;

/** Takes a file that is chosen, or dropped anywhere on it. */
export function Bring({ file, bring, refuse, children }: BringProps) {
  const [over, setOver] = useState(false);
  const take = (files: FileList | null): void => {
    const [chosen, another] = [...(files ?? [])];
    if (!chosen) return;
    if (another) refuse('Several files were brought. Bring one after the other.');
    else if (chosen.size > MOST_BYTES) refuse(`${chosen.name} has ${chosen.size} bytes. Give a file of ${MOST_BYTES} at most.`);
    else
      chosen.text().then(
        (text) => bring({ text, file: chosen.name }),
        () => refuse(`${chosen.name} could not be read. Check that it is a file, and bring it again.`),
      );
  };
  const dropped = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way for the mouse; the entry in it does the same
    <div
      className={over ? 'exchange-drop exchange-drop-over' : 'exchange-drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={dropped}
    >
      {file === undefined ? (
        <Field id="import-file" label="File" help="Choose it, or drop it here. Or paste the text below.">
          <input
            id="import-file"
            type="file"
            aria-describedby="import-file-help"
            accept=".json,.csv,.odm,.txt,application/json,text/csv,text/plain"
            onChange={({ target }) => take(target.files)}
          />
        </Field>
      ) : null}
      {children}
    </div>
  );
}
