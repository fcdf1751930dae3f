import { FIELD_KINDS, type FieldName } from '@fallover/events';
import { useState } from 'react';
import { elementText, valueText } from './changes.ts';
import { BreaksAtSlashes } from '../Pathname.tsx';

interface ChangedValueProps {
  field: string;
  value: unknown;
  other: unknown;
  side: 'before' | 'after';
}

const LONG = 240;

/** One side of a change. In a list, what the other side has not is marked by a sign, not by colour alone. */
export function ChangedValue({ field, value, other, side }: ChangedValueProps) {
  const [whole, setWhole] = useState(false);
  const text = valueText(field, value);
  if (text === '') return <span className="smit-quiet">(empty)</span>;
  if (Array.isArray(value)) {
    const others: unknown[] = Array.isArray(other) ? other : [];
    return (
      <ol className="changes-list">
        {value.map(String).map((name) => (
          <li key={name}>
            <span className="smit-path">
              <BreaksAtSlashes>{elementText(field, name)}</BreaksAtSlashes>
            </span>
            {others.includes(name) || others.length === 0 ? null : (
              <span className={`changes-sign-${side}`}>{side === 'before' ? ' − taken out' : ' + added'}</span>
            )}
          </li>
        ))}
      </ol>
    );
  }
  const kind = FIELD_KINDS[field as FieldName];
  const className = kind === 'text' || kind === 'message' || kind === 'boolean' ? 'changes-text' : 'changes-text smit-path';
  if (text.length <= LONG || whole)
    return (
      <span className={className}>
        <BreaksAtSlashes>{text}</BreaksAtSlashes>
      </span>
    );
  return (
    <>
      <span className={className}>{text.slice(0, LONG)}…</span>{' '}
      <button type="button" className="changes-more" onClick={() => setWhole(true)}>
        all {text.length} characters
      </button>
    </>
  );
}
