import { type KeyboardEvent, useLayoutEffect, useRef } from 'react';

interface FindEntryProps {
  id: string;
  label: string;
  placeholder: string;
  /** The list that is narrowed, and the line of it that the keys are about. */
  listId: string;
  activeId: string | undefined;
  typed: string;
  type: (typed: string) => void;
  pressed: (event: KeyboardEvent) => void;
}

/** The entry above a list: what is typed narrows it, and its keys are about the line that is marked. */
export function FindEntry({ id, label, placeholder, listId, activeId, typed, type, pressed }: FindEntryProps) {
  const entry = useRef<HTMLInputElement>(null);
  // A dialog moves the focus a moment after it is shown. Keys that come before that, from a fast hand or on a slow machine,
  // would go to the field behind it, and the list would act on the rest of the word.
  useLayoutEffect(() => entry.current?.focus({ preventScroll: true }), []);
  return (
    <input
      ref={entry}
      id={id}
      className="smit-find"
      role="combobox"
      aria-label={label}
      aria-expanded="true"
      aria-controls={listId}
      aria-autocomplete="list"
      {...(activeId === undefined ? {} : { 'aria-activedescendant': activeId })}
      placeholder={placeholder}
      value={typed}
      onChange={({ target }) => type(target.value)}
      onKeyDown={pressed}
      autoComplete="off"
      spellCheck={false}
    />
  );
}
