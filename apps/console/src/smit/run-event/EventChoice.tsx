import type { EventView } from '@fallover/contract';
import { TextInput } from '@patternfly/react-core/dist/dynamic/components/TextInput';
import { useState } from 'react';
import { classWords } from '../event-words.ts';
import { describedBy, Field } from '../Field.tsx';

interface EventChoiceProps {
  events: readonly EventView[];
  value: string;
  choose: (event: string) => void;
}

/** The event, typed or chosen from the list that typing narrows. It is chosen as soon as the name is whole. */
export function EventChoice({ events, value, choose }: EventChoiceProps) {
  const [text, setText] = useState(value);
  const [left, setLeft] = useState(value !== '');
  const faults = left && text !== '' && !events.some(({ name }) => name === text.trim()) ? [`There is no event ${text}.`] : [];
  return (
    <Field
      id="event"
      label="Event"
      marks={['*', '+']}
      faults={faults}
      topic="event"
      list={{
        values: events.map(({ name, meaning }) => ({ value: name, description: meaning })),
        chosen: value === '' ? [] : [value],
        choose: ([name = '']) => {
          setText(name);
          choose(name);
        },
      }}
    >
      <TextInput
        {...describedBy('event', faults)}
        list="event-list"
        value={text}
        placeholder="node_up"
        onChange={(_, next) => {
          setText(next);
          setLeft(false);
          choose(events.some(({ name }) => name === next.trim()) ? next.trim() : '');
        }}
        onBlur={() => setLeft(true)}
        autoComplete="off"
        spellCheck={false}
      />
      <datalist id="event-list">
        {events.map(({ name, eventClass }) => (
          <option key={name} value={name} label={classWords(eventClass)} />
        ))}
      </datalist>
    </Field>
  );
}
