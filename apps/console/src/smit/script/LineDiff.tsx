import './script.css';
import { useMemo } from 'react';
import { compareLines, withContext } from './line-diff.ts';

interface LineDiffProps {
  label: string;
  before: string;
  after: string;
  /** What is said when they are the same. */
  same: string;
}

const SIGNS = { same: '', taken_out: '−', added: '+' } as const;
const WORDS = { same: '', taken_out: 'taken out', added: 'added' } as const;

/** Two texts in one column: each line that differs has its sign, so that no colour has to be told apart. */
export function LineDiff({ label, before, after, same }: LineDiffProps) {
  const lines = useMemo(() => withContext(compareLines(before, after)), [before, after]);
  if (!lines.some((line) => line !== 'gap' && line.kind !== 'same')) return <p className="smit-empty">{same}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
    <section className="script-diff" aria-label={label} tabIndex={0}>
      <table>
        <thead className="smit-unseen">
          <tr>
            <th scope="col">Line before</th>
            <th scope="col">Line after</th>
            <th scope="col">Change</th>
            <th scope="col">Text</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line, index) =>
            line === 'gap' ? (
              <tr key={`gap ${index}`} className="script-diff-gap">
                <td colSpan={4}>⋯</td>
              </tr>
            ) : (
              <tr key={`${line.kind} ${line.before ?? ''} ${line.after ?? ''}`} className={`script-diff-${line.kind}`}>
                <td>{line.before}</td>
                <td>{line.after}</td>
                <td>{SIGNS[line.kind] === '' ? null : <abbr title={WORDS[line.kind]}>{SIGNS[line.kind]}</abbr>}</td>
                <td>{line.text}</td>
              </tr>
            ),
          )}
        </tbody>
      </table>
    </section>
  );
}
