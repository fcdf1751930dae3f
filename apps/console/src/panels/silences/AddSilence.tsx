import { FormSelect, FormSelectOption } from '@patternfly/react-core/dist/dynamic/components/FormSelect';
import { TextInput } from '@patternfly/react-core/dist/dynamic/components/TextInput';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { eventsQuery } from '../../live/queries.ts';
import { describedBy, Field } from '../../smit/Field.tsx';
import { methodsQuery } from '../../smit/notification/queries.ts';
import type { ListValue } from '../../smit/panel-context.ts';
import { faultsAt } from '../../smit/problems.ts';
import { choicesAt } from './how-long.ts';

export interface Typed {
  /** Empty: all. */
  method: string;
  event: string;
  minutes: number;
  reason: string;
}

export const EMPTY: Typed = { method: '', event: '', minutes: 30, reason: '' };

const LONGEST_REASON = 1024;

/** A silence says why: whoever finds it at night has to know whether it may be ended. */
export const typedFaults = ({ reason }: Typed): string[] => {
  const { length } = reason.trim();
  if (length === 0) return ['Reason is missing. Say what the silence is for, so that others know whether it may be ended.'];
  return length > LONGEST_REASON ? [`Reason has ${length} characters. It may have ${LONGEST_REASON}: shorten it.`] : [];
};

interface AddSilenceProps {
  typed: Typed;
  change: (typed: Typed) => void;
  tried: boolean;
  error: Error | null;
}

export function AddSilence({ typed, change, tried, error }: AddSilenceProps) {
  const methods = useQuery(methodsQuery).data ?? [];
  const events = useQuery(eventsQuery).data ?? [];
  // As it was when the panel was opened: what is chosen must not change under the hand.
  const [howLong] = useState(() => choicesAt(new Date()));
  const faults = [...(tried ? typedFaults(typed) : []), ...faultsAt(error, 'reason')];
  return (
    <>
      <Choice
        id="silence-method"
        label="Method"
        help="Whose notifications are kept back."
        values={[{ value: '', label: 'all methods' }, ...methods.map(({ name }) => ({ value: name }))]}
        value={typed.method}
        change={(method) => change({ ...typed, method })}
        faults={faultsAt(error, 'method')}
      />
      <Choice
        id="silence-event"
        label="Cluster Event"
        help="About which event."
        values={[
          { value: '', label: 'all events' },
          ...events.map(({ name, meaning }) => ({ value: name, description: meaning })),
        ]}
        value={typed.event}
        change={(event) => change({ ...typed, event })}
        faults={faultsAt(error, 'event')}
      />
      <Choice
        id="silence-minutes"
        label="For how long"
        help="It ends by itself: nobody has to remember it."
        values={howLong.map(({ label, minutes }) => ({ value: String(minutes), label }))}
        value={String(typed.minutes)}
        change={(minutes) => change({ ...typed, minutes: Number(minutes) })}
        faults={faultsAt(error, 'minutes')}
      />
      <Field id="silence-reason" label="Reason" marks={['*']} help="Such as: disk change on nodea, ticket 4711." faults={faults}>
        <TextInput
          {...describedBy('silence-reason', faults)}
          aria-required
          value={typed.reason}
          onChange={(_, reason) => change({ ...typed, reason })}
          autoComplete="off"
        />
      </Field>
    </>
  );
}

interface ChoiceProps {
  id: string;
  label: string;
  help: string;
  values: ListValue[];
  value: string;
  change: (value: string) => void;
  faults: string[];
}

function Choice({ id, label, help, values, value, change, faults }: ChoiceProps) {
  return (
    <Field
      id={id}
      label={label}
      marks={['+']}
      help={help}
      faults={faults}
      list={{ values, chosen: [value], choose: ([chosen = '']) => change(chosen) }}
    >
      <FormSelect {...describedBy(id, faults)} value={value} onChange={(_, next) => change(next)}>
        {values.map((one) => (
          <FormSelectOption key={one.value} value={one.value} label={one.label ?? one.value} />
        ))}
      </FormSelect>
    </Field>
  );
}
