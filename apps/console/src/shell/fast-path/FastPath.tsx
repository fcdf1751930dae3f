import { type ComponentType, useEffect, useLayoutEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { dialogIsOpen, takesLetters } from '../../smit/function-keys.ts';
import { singleKeysAreOn } from '../../smit/single-keys.ts';
import { openFastPath, whenFastPathIsOpened } from './open.ts';

const load = () => import('./FastPathDialog.tsx');
type Dialog = ComponentType<{ text: string; close: () => void }>;

/** Ctrl-K, and / where single keys are on: SMIT's fast path, which finds runs, events and settings too. */
export function FastPath() {
  const [opened, setOpened] = useState<string>();
  const [Dialog, setDialog] = useState<Dialog>();
  const waits = opened !== undefined && Dialog === undefined;
  // At once: the next key is the dialog's already.
  useEffect(() => whenFastPathIsOpened((text) => flushSync(() => setOpened(text))), []);
  // Loaded ahead, so that it opens at once, and also while the cluster manager is away.
  useEffect(() => {
    if (Dialog) return undefined;
    const show = () => load().then(({ default: loaded }) => setDialog(() => loaded));
    const timer = setTimeout(() => show().catch(() => setOpened(undefined)), waits ? 0 : 1_000);
    return () => clearTimeout(timer);
  }, [Dialog, waits]);
  useLayoutEffect(() => (waits ? holdKeys(setOpened) : undefined), [waits]);
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      const { key, ctrlKey, metaKey, altKey } = event;
      if (altKey || dialogIsOpen()) return;
      const control = (ctrlKey || metaKey) && key.toLowerCase() === 'k';
      const slash = key === '/' && !ctrlKey && !metaKey && singleKeysAreOn() && !takesLetters(event.target);
      if (!control && !slash) return;
      event.preventDefault();
      openFastPath();
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, []);
  return opened !== undefined && Dialog ? <Dialog text={opened} close={() => setOpened(undefined)} /> : null;
}

/** What is typed before the dialog is there is text for it, and no key of the page. */
function holdKeys(change: (next: (text?: string) => string | undefined) => void): () => void {
  const pressed = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { key } = event;
    if (key === 'Escape') change(() => undefined);
    else if (key === 'Backspace') change((text = '') => text.slice(0, -1));
    else if ([...key].length === 1) change((text = '') => text + key);
  };
  addEventListener('keydown', pressed, { capture: true });
  return () => removeEventListener('keydown', pressed, { capture: true });
}
