import { TextInput } from '@patternfly/react-core/dist/dynamic/components/TextInput';
import { describedBy, Field, type Mark } from '../../smit/Field.tsx';

interface TypedFieldProps {
  id: string;
  label: string;
  marks: readonly Mark[];
  help: string;
  value: string;
  change: (value: string) => void;
  fault: string | undefined;
}

export function TypedField({ id, label, marks, help, value, change, fault }: TypedFieldProps) {
  const faults = fault === undefined ? [] : [fault];
  return (
    <Field id={id} label={label} marks={marks} help={help} faults={faults}>
      <TextInput
        {...describedBy(id, faults)}
        {...(marks.includes('*') ? { 'aria-required': true } : {})}
        value={value}
        onChange={(_, next) => change(next)}
        autoComplete="off"
        spellCheck={false}
      />
    </Field>
  );
}
