import './kit.css';
import { Title } from '@patternfly/react-core/dist/dynamic/components/Title';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { useForbidden } from '../live/permission.ts';
import { CommandDialog } from './CommandDialog.tsx';
import { type Enter, FunctionBar } from './FunctionBar.tsx';
import { type Functions, type PanelKey, useFunctionKeys } from './function-keys.ts';
import { type HelpAbout, HelpSheet, helpAbout } from './HelpSheet.tsx';
import { ImageDialog } from './ImageDialog.tsx';
import { KeySheet } from './KeySheet.tsx';
import { ListDialog, NoListDialog } from './ListDialog.tsx';
import { NotSynchronised } from './NotSynchronised.tsx';
import { type FieldList, InPanel, type PanelContext } from './panel-context.ts';
import { panelImage } from './panel-image.ts';
import { useScrollKeys, useScrollPlace } from './panel-scroll.ts';

interface PanelFrameProps {
  title: string;
  /** What is typed after `smit` to come here; missing for pages that SMIT has no name for. */
  fastPath?: string | undefined;
  lead?: ReactNode;
  /** The exact lines that do the same in a shell. */
  commands: readonly string[];
  /** Where F3 leads: the panel above this one. */
  above?: string | undefined;
  cancel?: (() => void) | undefined;
  reset?: (() => void) | undefined;
  enter?: Enter | undefined;
  /** Single letters that this panel takes as keys; they stand in its key sheet and can be switched off. */
  keys?: readonly PanelKey[] | undefined;
  children: ReactNode;
}

type Opened =
  | { kind: 'command' }
  | { kind: 'keys' }
  | { kind: 'image'; text: string }
  | { kind: 'list'; field: string; label: string };

/** What every panel has: its title and fast path, and the function bar with its keys. */
export function PanelFrame(props: PanelFrameProps) {
  const { title, fastPath, lead, commands, above = '/', cancel, reset, enter, keys = [], children } = props;
  const queries = useQueryClient();
  const navigate = useNavigate();
  const panel = useRef<HTMLDivElement>(null);
  const scroll = useRef<HTMLDivElement>(null);
  useScrollKeys(scroll);
  useScrollPlace(scroll);
  const heading = useHeadingFocus(title);
  const [opened, setOpened] = useState<Opened>();
  const { context, lists, openList } = useLists(
    panel,
    (field, label) => setOpened({ kind: 'list', field, label }),
    opened?.kind === 'list' ? opened.field : undefined,
  );
  const help = useHelp(panel);
  const functions: Functions = {
    help: help.toggle,
    refresh: () => void queries.invalidateQueries(),
    cancel: cancel ?? (() => void navigate(above)),
    list: lists.size > 0 ? () => openList(help.field()) : undefined,
    reset,
    command: () => setOpened({ kind: 'command' }),
    image: () => setOpened({ kind: 'image', text: panel.current ? panelImage(panel.current) : '' }),
  };
  const forbidden = useForbidden(enter?.needs);
  const mayEnter = enter && !forbidden ? enter : undefined;
  const keySheet = (): void => setOpened({ kind: 'keys' });
  useFunctionKeys({ functions, enter: mayEnter ? () => submit(mayEnter) : undefined, keySheet, panelKeys: keys });
  const close = (): void => setOpened(undefined);
  const list = opened?.kind === 'list' ? lists.get(opened.field) : undefined;
  return (
    <InPanel.Provider value={context}>
      <div className={help.about ? 'smit-beside smit-beside-open' : 'smit-beside'}>
        <div className="smit-panel" ref={panel}>
          <div className="smit-panel-scroll" ref={scroll}>
            <header className="smit-panel-head">
              <Title headingLevel="h1" size="xl" tabIndex={-1} ref={heading}>
                {title}
              </Title>
              {fastPath ? (
                <code className="smit-fast-path" title="Fast path">
                  {fastPath}
                </code>
              ) : null}
              <NotSynchronised />
            </header>
            {lead ? <p className="smit-lead">{lead}</p> : null}
            <div className="smit-panel-body">{children}</div>
          </div>
          <FunctionBar functions={functions} enter={enter} forbidden={forbidden} keySheet={keySheet} />
        </div>
        {help.about ? <HelpSheet about={help.about} close={help.close} /> : null}
      </div>
      {opened?.kind === 'command' ? <CommandDialog commands={commands} close={close} /> : null}
      {opened?.kind === 'keys' ? <KeySheet functions={functions} enter={mayEnter?.label} panelKeys={keys} close={close} /> : null}
      {opened?.kind === 'image' ? <ImageDialog title={title} text={opened.text} close={close} /> : null}
      {opened?.kind === 'list' && list ? <ListDialog label={opened.label} list={list()} close={close} /> : null}
      {opened?.kind === 'list' && !list ? (
        <NoListDialog label={opened.label} comes={hasListMark(panel.current, opened.field)} close={close} />
      ) : null}
    </InPanel.Provider>
  );
}

/** A panel that was opened from another one takes the focus, unless something in it has it already: it is never lost. */
function useHeadingFocus(title: string) {
  const heading = useRef<HTMLHeadingElement>(null);
  const cameFromAPanel = useLocation().key !== 'default';
  useEffect(() => {
    document.title = `${title} · Fallover`;
  }, [title]);
  useEffect(() => {
    const { activeElement } = document;
    const lost = activeElement === null || activeElement === document.body || activeElement.closest('nav') !== null;
    if (cameFromAPanel && lost) heading.current?.focus({ preventScroll: true });
  }, [cameFromAPanel]);
  return heading;
}

/** `shown`: the field whose list is open. */
function useLists(
  panel: React.RefObject<HTMLElement | null>,
  open: (field: string, label: string) => void,
  shown: string | undefined,
) {
  const [, readAnew] = useState(0);
  const latestShown = useRef(shown);
  latestShown.current = shown;
  const [lists, setLists] = useState<ReadonlyMap<string, () => FieldList>>(new Map());
  const latest = useRef(open);
  latest.current = open;
  const [functions] = useState(() => {
    const labelOf = (id: string): string => fieldElement(panel.current, id)?.dataset.smitLabel ?? id;
    const openList = (id: string): void => latest.current(id, labelOf(id));
    const context: PanelContext = {
      register(id, list) {
        setLists((known) => new Map([...known, [id, list]]));
        return () => setLists((known) => new Map([...known].filter(([one, its]) => one !== id || its !== list)));
      },
      // What is open grows with what is still being read.
      changed(id) {
        if (latestShown.current === id) readAnew((times) => times + 1);
      },
      openList,
    };
    return { context, openList };
  });
  const { context } = functions;
  // Where no field has the focus, F4 opens the first one's.
  const openList = (focused: string | undefined): void => {
    const first = (): string | undefined => [...lists.keys()].find((id) => fieldElement(panel.current, id));
    const id = focused ?? first();
    if (id !== undefined) functions.openList(id);
  };
  return { context, lists, openList };
}

function useHelp(panel: React.RefObject<HTMLElement | null>) {
  const { pathname } = useLocation();
  const [about, setAbout] = useState<HelpAbout>();
  const field = useRef<HTMLElement | null>(null);
  const before = useRef<Element | null>(null);
  // Giving the focus back is no reason to explain what it goes to.
  const isOpen = useRef(false);
  useEffect(() => {
    const root = panel.current;
    const focused = ({ target }: FocusEvent): void => {
      if (!(target instanceof Element) || target.closest('.smit-function-bar')) return;
      field.current = target.closest<HTMLElement>('[data-smit-field]');
      if (isOpen.current) setAbout(helpAbout(pathname, field.current));
    };
    root?.addEventListener('focusin', focused);
    return () => root?.removeEventListener('focusin', focused);
  }, [panel, pathname]);
  const close = (): void => {
    isOpen.current = false;
    setAbout(undefined);
    if (before.current instanceof HTMLElement && before.current.isConnected) before.current.focus();
  };
  return {
    about,
    close,
    field: () => (field.current?.isConnected ? field.current.dataset.smitField : undefined),
    toggle() {
      if (isOpen.current) return close();
      isOpen.current = true;
      before.current = document.activeElement;
      setAbout(helpAbout(pathname, field.current?.isConnected ? field.current : null));
    },
  };
}

const fieldElement = (root: HTMLElement | null, id: string): HTMLElement | null =>
  root?.querySelector<HTMLElement>(`[data-smit-field="${CSS.escape(id)}"]`) ?? null;

const hasListMark = (root: HTMLElement | null, id: string): boolean =>
  fieldElement(root, id)?.querySelector('[data-smit-mark="+"]') !== null;

function submit({ disabled, busy, form, run }: Enter): void {
  if (disabled || busy) return;
  run?.();
  const found = form && !run ? document.getElementById(form) : null;
  if (found instanceof HTMLFormElement) found.requestSubmit();
}
