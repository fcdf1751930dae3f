import type { checkScript } from '@fallover/contract';
import type { UseQueryResult } from '@tanstack/react-query';
import type { Reply } from '../../api.ts';

interface SyntaxProps {
  id: string;
  query: UseQueryResult<Reply<typeof checkScript>, Error>;
  /** What is typed has not been looked at yet. */
  waits: boolean;
  goTo: (line: number) => void;
}

/** What sh -n says of the script, line by line, as one types. It is read when the editor is, and interrupts nobody. */
export function Syntax({ id, query, waits, goTo }: SyntaxProps) {
  const { data, isError } = query;
  const findings = data?.findings ?? [];
  return (
    <div id={id}>
      {findings.length > 0 ? (
        <ul className="script-findings">
          {findings.map(({ line, sentence }) => (
            <li key={`${line ?? ''} ${sentence}`}>
              {line === undefined ? null : (
                <button type="button" className="script-line-link" onClick={() => goTo(line)}>
                  Line {line}
                </button>
              )}
              {line === undefined ? sentence : `: ${sentence}`}
            </li>
          ))}
        </ul>
      ) : null}
      <p className="smit-help" aria-live="polite">
        {stateWords(data, isError, waits)}
      </p>
    </div>
  );
}

function stateWords(data: Reply<typeof checkScript> | undefined, isError: boolean, waits: boolean): string {
  if (isError) return 'The syntax was not checked.';
  if (!data || waits) return 'The syntax is being checked …';
  const { checked, interpreter, findings } = data;
  if (!checked) return findings.length > 0 ? '' : 'The syntax is not checked: only scripts of a shell are.';
  if (findings.length === 0) return `${interpreter ?? 'sh'} -n finds nothing wrong.`;
  return findings.length === 1 ? '1 line to look at.' : `${findings.length} lines to look at.`;
}
