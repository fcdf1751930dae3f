import './foreseen.css';
import type { Foreseen } from '@fallover/contract';
import { Sentence } from '../Sentence.tsx';

/** What comes before an event that is emulated, or behind it, in the order in which it comes. */
export function ForeseenList({ label, facts }: { label: string; facts: readonly Foreseen[] }) {
  if (facts.length === 0) return null;
  return (
    <ol className="foreseen" aria-label={label}>
      {facts.map(({ code, severity, sentence }) => (
        <li key={`${code} ${sentence}`} className={severity === 'warning' ? 'foreseen-warning' : undefined}>
          {severity === 'warning' ? <strong>Warning: </strong> : null}
          <Sentence>{sentence}</Sentence>
        </li>
      ))}
    </ol>
  );
}
