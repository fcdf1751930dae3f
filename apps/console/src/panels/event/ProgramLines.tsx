import { type ProgramLine, programLineSentences, programLines } from '@fallover/events';

interface ProgramLinesProps {
  text: string;
  label: string;
  /** The event is of a site: its node sets are the nodes of sites. */
  atSite: boolean;
}

/** A recovery program with the numbers of its lines and what each of them means. */
export function ProgramLines({ text, label, atSite }: ProgramLinesProps) {
  const lines = programLines(text.replace(/\r?\n$/, ''));
  return (
    <ol className="program-lines" aria-label={label}>
      {lines.map((line) => (
        <li key={line.number} className={`program-line program-line-${kindOf(line)}`} value={line.number}>
          <span className="program-number" aria-hidden="true">
            {line.number}
          </span>
          <code>{line.text === '' ? '\u00a0' : line.text}</code>
          {programLineSentences(line, { atSite }).map((sentence) => (
            <span key={sentence} className="program-meaning">
              {sentence}
            </span>
          ))}
        </li>
      ))}
    </ol>
  );
}

function kindOf({ says, faults }: ProgramLine): string {
  if (faults.length > 0) return 'wrong';
  return typeof says === 'string' ? says : 'command';
}
