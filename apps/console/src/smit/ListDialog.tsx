import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core/dist/dynamic/components/Modal';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { FindEntry } from './FindEntry.tsx';
import { matching, moved } from './list-choice.ts';
import type { FieldList } from './panel-context.ts';

interface ListDialogProps {
  label: string;
  list: FieldList;
  close: () => void;
}

/** F4: the values of a field, found by typing. Where SMIT takes several, Space selects and Enter takes what is selected. */
export function ListDialog({ label, list, close }: ListDialogProps) {
  const { values, several = false } = list;
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState<string>();
  const [selected, setSelected] = useState<readonly string[]>(list.chosen);
  const found = matching(values, typed);
  // By its value: a list that is still being read grows while it is open, and the line that is marked stays marked.
  const active = found.find(({ value }) => value === at) ?? found[0];
  const lines = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (active) lines.current?.querySelector('[data-active]')?.scrollIntoView?.({ block: 'nearest' });
  }, [active]);
  const take = (chosen: readonly string[]): void => {
    list.choose([...chosen]);
    close();
  };
  const toggle = (value: string): void =>
    setSelected((known) => (known.includes(value) ? known.filter((one) => one !== value) : [...known, value]));
  const pressed = (event: KeyboardEvent): void => {
    const next = moved(event.key, found.indexOf(active as (typeof found)[number]), found.length);
    if (next !== undefined) setAt(found[next]?.value);
    else if (several && active && (event.key === ' ' || event.key === 'F7')) toggle(active.value);
    else if (event.key === 'Enter' && several) take(selected);
    else if (event.key === 'Enter' && active) take([active.value]);
    else return;
    event.preventDefault();
  };
  return (
    <Modal isOpen variant="medium" onClose={close} elementToFocus="#smit-list-find" aria-labelledby="smit-list-title">
      <ModalHeader
        title={label}
        labelId="smit-list-title"
        description={
          several
            ? 'Space selects, Enter takes what is selected, in the order in which it was selected.'
            : 'Enter takes the line.'
        }
      />
      <ModalBody>
        <FindEntry
          id="smit-list-find"
          label={`Find in the list of ${label}`}
          placeholder="Type to narrow the list"
          listId="smit-list"
          activeId={active ? `smit-list-${values.indexOf(active)}` : undefined}
          typed={typed}
          type={(text) => {
            setTyped(text);
            setAt(undefined);
          }}
          pressed={pressed}
        />
        {found.length === 0 ? (
          <p className="smit-empty" role="status">
            {values.length === 0 ? 'There is nothing to choose from yet.' : `Nothing of ${values.length} matches.`}
          </p>
        ) : null}
        <div ref={lines} id="smit-list" className="smit-list" role="listbox" aria-label={label} aria-multiselectable={several}>
          {found.map((one) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the combobox, which keeps the focus
            <div
              key={one.value}
              id={`smit-list-${values.indexOf(one)}`}
              tabIndex={-1}
              role="option"
              aria-selected={selected.includes(one.value)}
              {...(one === active ? { 'data-active': '' } : {})}
              onClick={() => (several ? toggle(one.value) : take([one.value]))}
            >
              <span className="smit-list-mark-of" aria-hidden="true">
                {selected.includes(one.value) ? (several ? `${selected.indexOf(one.value) + 1}` : '>') : ''}
              </span>
              <span className="smit-list-value">{one.label ?? one.value}</span>
              {one.description ? <span className="smit-quiet">{one.description}</span> : null}
            </div>
          ))}
        </div>
      </ModalBody>
      <ModalFooter>
        {several ? (
          <Button variant="primary" onClick={() => take(selected)}>
            Take {selected.length === 0 ? 'none' : selected.length === 1 ? 'this one' : `these ${selected.length}`}
          </Button>
        ) : null}
        <Button variant="link" onClick={close}>
          Cancel
        </Button>
      </ModalFooter>
    </Modal>
  );
}

/** F4 on a field whose list has not come yet, or that has none. */
export function NoListDialog({ label, comes, close }: { label: string; comes: boolean; close: () => void }) {
  return (
    <Modal isOpen variant="small" onClose={close} aria-labelledby="smit-list-title">
      <ModalHeader title={label} labelId="smit-list-title" />
      <ModalBody>
        <p role="status">
          {comes
            ? 'What can be chosen is still being read; the list opens as soon as it is there.'
            : 'This field has no list: its value is typed. F1 says what it may be.'}
        </p>
      </ModalBody>
      <ModalFooter>
        <Button variant="link" onClick={close}>
          Close
        </Button>
      </ModalFooter>
    </Modal>
  );
}
