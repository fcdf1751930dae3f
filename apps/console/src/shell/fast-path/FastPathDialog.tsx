import { Modal, ModalBody, ModalHeader } from '@patternfly/react-core/dist/dynamic/components/Modal';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { FindEntry } from '../../smit/FindEntry.tsx';
import { moved } from '../../smit/list-choice.ts';
import { type Findable, find, GROUPS } from './find.ts';
import { useFindables } from './use-findables.ts';

export default function FastPathDialog({ text, close }: { text: string; close: () => void }) {
  const navigate = useNavigate();
  const [from] = useState(() => document.activeElement);
  const [typed, setTyped] = useState(text);
  const [chosen, setChosen] = useState<string>();
  const found = find(useFindables(typed), typed);
  // By its id: what is found grows while it is read from the cluster manager, and what was chosen stays chosen.
  const at = Math.max(
    0,
    found.findIndex(({ id }) => id === chosen),
  );
  const active = found[at];
  const lines = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (active) lines.current?.querySelector('[data-active]')?.scrollIntoView?.({ block: 'nearest' });
  }, [active]);
  const take = (one: Findable): void => {
    close();
    one.act?.();
    if (one.path === undefined) return;
    void navigate(one.path);
    setTimeout(() => focusPanel(from), 100);
  };
  const pressed = (event: KeyboardEvent): void => {
    const next = moved(event.key, at, found.length);
    if (next !== undefined) setChosen(found[next]?.id);
    else if (event.key === 'Enter' && active) take(active);
    else return;
    event.preventDefault();
  };
  const groups = [...new Set(found.map(({ group }) => group))];
  return (
    <Modal
      isOpen
      variant="medium"
      position="top"
      onClose={close}
      elementToFocus="#fast-path-find"
      aria-labelledby="fast-path-title"
    >
      <ModalHeader title="Fast path" labelId="fast-path-title" />
      <ModalBody>
        <FindEntry
          id="fast-path-find"
          label="Fast path"
          placeholder="cm_events, node_down, a run’s id, a setting …"
          listId="fast-path-list"
          activeId={active && idOf(found, active)}
          typed={typed}
          type={(text) => {
            setTyped(text);
            setChosen(undefined);
          }}
          pressed={pressed}
        />
        <p className="smit-empty" role="status" hidden={found.length > 0}>
          {found.length > 0 ? '' : `Nothing is called ${typed}. Try a part of a panel’s name, an event, or the id of a run.`}
        </p>
        <div ref={lines} id="fast-path-list" className="smit-list" role="listbox" aria-label="Found">
          {groups.map((group) => (
            // biome-ignore lint/a11y/useSemanticElements: a listbox may have groups of options, and no fieldset
            <div key={group} role="group" aria-label={group}>
              <p className="smit-list-group" aria-hidden="true">
                {GROUPS.find((one) => one === group)}
              </p>
              {found
                .filter((one) => one.group === group)
                .map((one) => (
                  // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the combobox, which keeps the focus
                  <div
                    key={one.id}
                    id={idOf(found, one)}
                    role="option"
                    tabIndex={-1}
                    aria-selected={one === active}
                    {...(one === active ? { 'data-active': '' } : {})}
                    onClick={() => take(one)}
                  >
                    <span className={group === 'Panels' || group === 'Settings' ? 'smit-list-title' : 'smit-list-value'}>
                      {one.title}
                    </span>
                    <span className="smit-quiet smit-list-hint">{one.hint}</span>
                  </div>
                ))}
            </div>
          ))}
        </div>
      </ModalBody>
    </Modal>
  );
}

/**
 * The dialog gives the focus back to where it came from; the panel that was asked for is where the person is now. Who has gone on
 * in it meanwhile, or has opened the next dialog, stays there.
 */
function focusPanel(from: Element | null): void {
  const { activeElement } = document;
  if (activeElement !== from && activeElement?.closest('#panel, [aria-modal="true"]')) return;
  document.querySelector<HTMLElement>('#panel h1')?.focus({ preventScroll: true });
}

const idOf = (found: readonly Findable[], one: Findable): string => `fast-path-${found.indexOf(one)}`;
