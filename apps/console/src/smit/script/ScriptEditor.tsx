import './script.css';
import { type KeyboardEvent, memo, useMemo, useRef } from 'react';
import { indented } from './indent.ts';
import { colourScript, isShellScript, type ScriptToken } from './shell-colours.ts';

interface ScriptEditorProps {
  id: string;
  value: string;
  change: (text: string) => void;
  /** Lines that something is wrong with, from 1. */
  wrongLines: ReadonlySet<number>;
  isInvalid: boolean;
  describedBy: string;
  isRequired?: boolean;
}

/** A longer text is typed without colours, so that no key has to wait for them. */
const COLOURED_UP_TO = 64 * 1024;

/** An editor for scripts: the browser's own text area, on the same text in colours and with line numbers. */
export function ScriptEditor({ id, value, change, wrongLines, isInvalid, describedBy, isRequired = true }: ScriptEditorProps) {
  const coloured = value.length <= COLOURED_UP_TO && isShellScript(value);
  const lines = useMemo(
    () => (coloured ? colourScript(value) : value.split('\n').map((text): ScriptToken[] => [{ kind: 'plain', text }])),
    [value, coloured],
  );
  // Tab indents; after Esc it leaves, so that the keyboard is never trapped.
  const leaving = useRef(false);
  const pressed = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    const leaves = leaving.current;
    leaving.current = event.key === 'Escape' || (leaving.current && event.key === 'Shift');
    if (event.ctrlKey || event.altKey || event.metaKey || leaves) return;
    const area = event.currentTarget;
    const typed = indented(area.value, area.selectionStart, area.selectionEnd, event.key, event.shiftKey);
    if (!typed) return;
    event.preventDefault();
    area.setSelectionRange(typed.from, typed.to);
    insert(area, typed.text);
    if (typed.select) area.setSelectionRange(...typed.select);
  };
  return (
    <div className={coloured ? 'script-editor' : 'script-editor script-editor-plain'}>
      <div className="script-sheet">
        <pre className="script-lines" aria-hidden="true">
          {lines.map((tokens, index) => (
            <Line key={index} tokens={tokens} wrong={wrongLines.has(index + 1)} />
          ))}
        </pre>
        <textarea
          id={id}
          className="script-text"
          aria-invalid={isInvalid}
          aria-describedby={describedBy}
          aria-required={isRequired}
          value={value}
          onChange={({ target }) => change(target.value)}
          onKeyDown={pressed}
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          autoCorrect="off"
          wrap="off"
        />
      </div>
    </div>
  );
}

const Line = memo(
  ({ tokens, wrong }: { tokens: ScriptToken[]; wrong: boolean }) => (
    <span className={wrong ? 'script-line script-line-wrong' : 'script-line'}>
      {tokens.map(({ kind, text }, index) =>
        kind === 'plain' ? (
          text
        ) : (
          <span key={index} className={`script-${kind}`}>
            {text}
          </span>
        ),
      )}
      {'\n'}
    </span>
  ),
  (one, other) => one.wrong === other.wrong && JSON.stringify(one.tokens) === JSON.stringify(other.tokens),
);

/** As if it were typed, so that undo takes it back; not every engine knows the command. */
function insert(area: HTMLTextAreaElement, text: string): void {
  if (document.execCommand?.('insertText', false, text)) return;
  area.setRangeText(text, area.selectionStart, area.selectionEnd, 'end');
  area.dispatchEvent(new Event('input', { bubbles: true }));
}

/** Puts the cursor into a line of an editor and brings it into view. */
export function goToLine(id: string, line: number): void {
  const area = document.getElementById(id);
  if (!(area instanceof HTMLTextAreaElement)) return;
  const start = area.value
    .split('\n')
    .slice(0, line - 1)
    .reduce((sum, text) => sum + text.length + 1, 0);
  const end = area.value.indexOf('\n', start);
  area.focus();
  area.setSelectionRange(start, end < 0 ? area.value.length : end);
  area.closest('.script-sheet')?.querySelectorAll('.script-line')[line - 1]?.scrollIntoView?.({ block: 'center' });
}
