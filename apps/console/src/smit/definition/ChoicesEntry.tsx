import { type FieldName, WHEN_DEFAULT } from '@fallover/events';
import { Checkbox } from '@patternfly/react-core/dist/dynamic/components/Checkbox';
import type { ListValue } from '../panel-context.ts';

interface ChoicesEntryProps {
  id: string;
  label: string;
  chosen: readonly string[];
  choices: readonly ListValue[];
  field: FieldName;
  change: (chosen: string[]) => void;
  'aria-describedby'?: string;
  'aria-invalid'?: boolean;
}

/** What holds while nothing is chosen; to choose just that is to choose nothing. */
const UNLESS_CHOSEN: Partial<Record<FieldName, readonly string[]>> = { when: WHEN_DEFAULT };

/** Several words of a fixed list, each with a box. The last one cannot be taken out: there would be nothing left to do. */
export function ChoicesEntry({ id, label, chosen, choices, field, change, ...described }: ChoicesEntryProps) {
  const unless = UNLESS_CHOSEN[field] ?? [];
  const holds = chosen.length > 0 ? chosen : unless;
  const toggle = (value: string): void => {
    const all = choices.map((choice) => choice.value);
    const next = all.filter((one) => (one === value ? !holds.includes(one) : holds.includes(one)));
    change(next.join() === all.filter((one) => unless.includes(one)).join() ? [] : next);
  };
  return (
    <fieldset
      // What leads to the field leads here: each box has a name of its own.
      id={id}
      tabIndex={-1}
      className="smit-choices"
      aria-label={label}
      aria-describedby={described['aria-describedby']}
    >
      {choices.map(({ value, label: word }) => (
        <Checkbox
          key={value}
          id={`${id}-${value}`}
          label={word ?? value}
          isChecked={holds.includes(value)}
          isDisabled={holds.length === 1 && holds[0] === value}
          onChange={() => toggle(value)}
        />
      ))}
    </fieldset>
  );
}
