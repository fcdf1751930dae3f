import { lazy, Suspense, useEffect, useState } from 'react';
import { dialogIsOpen, takesLetters } from '../../smit/function-keys.ts';
import { singleKeysAreOn } from '../../smit/single-keys.ts';
import { openFastPath, whenFastPathIsOpened } from './open.ts';

const load = () => import('./FastPathDialog.tsx');
const FastPathDialog = lazy(load);

/** Ctrl-K, and / where single keys are on: SMIT's fast path, which finds runs, events and settings too. */
export function FastPath() {
  const [opened, setOpened] = useState<string>();
  useEffect(() => whenFastPathIsOpened(setOpened), []);
  // Loaded ahead, so that it opens at once, and also while the cluster manager is away.
  useEffect(() => {
    const timer = setTimeout(() => load().catch(() => undefined), 1_000);
    return () => clearTimeout(timer);
  }, []);
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
  if (opened === undefined) return null;
  return (
    <Suspense fallback={null}>
      <FastPathDialog text={opened} close={() => setOpened(undefined)} />
    </Suspense>
  );
}
