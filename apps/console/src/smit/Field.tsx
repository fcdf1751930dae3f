import type { ReactNode } from 'react';
import { type FieldList, useFieldList } from './panel-context.ts';
import { useFocusFromAddress } from './use-focus-from-address.ts';

export type Mark = '*' | '+' | '#' | '/';
const MARK_MEANINGS: Record<Mark, string> = {
  '*': 'required',
  '+': 'from a list',
  '#': 'a number',
  '/': 'a full pathname',
};

interface FieldProps {
  id: string;
  label: string;
  /** On the Cluster Event Worksheet. */
  number?: number | undefined;
  marks?: readonly Mark[];
  help?: ReactNode;
  faults?: readonly string[];
  /** The faults change with every key: they are read when the field is, and do not interrupt. */
  whileTyping?: boolean | undefined;
  warnings?: readonly string[];
  /** What F1 Help explains; a field's name of `FIELD_HELP` in the events package. */
  topic?: string | undefined;
  /** What F4 List offers. */
  list?: FieldList | undefined;
  children: ReactNode;
}

/** One line of a panel: label, entry, SMIT's marks; below it what it means and what is wrong with it. */
export function Field({
  id,
  label,
  number,
  marks = [],
  help,
  faults = [],
  whileTyping,
  warnings = [],
  topic,
  list,
  children,
}: FieldProps) {
  const openList = useFieldList(id, list);
  useFocusFromAddress(id);
  return (
    <div
      className={faults.length > 0 ? 'smit-field smit-field-wrong' : 'smit-field'}
      data-smit-field={id}
      data-smit-label={label}
      {...(topic ? { 'data-smit-topic': topic } : {})}
    >
      <label htmlFor={id} data-number={number}>
        {label}
      </label>
      <div className="smit-entry">
        <div className="smit-entry-line">
          {children}
          <span className="smit-marks">
            {marks.map((mark) =>
              mark === '+' && openList ? (
                <button
                  key={mark}
                  type="button"
                  className="smit-list-mark"
                  title="F4 List"
                  aria-label={`${label}: list`}
                  aria-haspopup="dialog"
                  onClick={openList}
                >
                  +
                </button>
              ) : (
                <abbr key={mark} data-smit-mark={mark} title={MARK_MEANINGS[mark]}>
                  {mark}
                </abbr>
              ),
            )}
          </span>
        </div>
        {faults.length > 0 ? (
          <div className="smit-fault" id={`${id}-fault`} {...(whileTyping ? {} : { role: 'alert' })}>
            {faults.map((fault) => (
              <p key={fault}>{fault}</p>
            ))}
          </div>
        ) : null}
        {warnings.map((warning) => (
          <p key={warning} className="smit-warning">
            {warning}
          </p>
        ))}
        {help ? (
          <p className="smit-help" id={`${id}-help`}>
            {help}
          </p>
        ) : null}
      </div>
    </div>
  );
}

/** What the entry itself has to carry, so that a screen reader reads what stands below it. */
export const describedBy = (id: string, faults: readonly string[] = []) => ({
  id,
  'aria-describedby': faults.length > 0 ? `${id}-fault ${id}-help` : `${id}-help`,
  'aria-invalid': faults.length > 0,
});
