import { TextInput } from '@patternfly/react-core/dist/dynamic/components/TextInput';
import { describedBy, Field, type Mark } from '../../smit/Field.tsx';

interface TypedFieldProps {
  id: string;
  label: string;
  marks: readonly Mark[];
  help: string;
  value: string;
  change: (value: string) => void;
  faults: string | undefined;
}

export function TypedField({ id, label, marks, help, value, change, faults }: TypedFieldProps) {
  const all = faults === undefined ? [] : [faults];
  return (
    <Field id={id} label={label} marks={marks} help={help} faults={all}>
      <TextInput
        {...describedBy(id, all)}
        {...(marks.includes('*') ? { 'aria-required': true } : {})}
        value={value}
        onChange={(_, next) => change(next)}
        autoComplete="off"
        spellCheck={false}
      />
    </Field>
  );
}
