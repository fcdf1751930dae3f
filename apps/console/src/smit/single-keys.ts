import { useSyncExternalStore } from 'react';

const STORED = 'fallover.single-keys';
const CHANGED = 'fallover-single-keys';

/** Keys of a single letter can be switched off (WCAG 2.1.4): who speaks to the browser would press them by chance. */
export const singleKeysAreOn = (): boolean => localStorage.getItem(STORED) !== 'off';

export function switchSingleKeys(on: boolean): void {
  localStorage.setItem(STORED, on ? 'on' : 'off');
  dispatchEvent(new Event(CHANGED));
}

export const useSingleKeys = (): boolean => useSyncExternalStore(subscribe, singleKeysAreOn);

function subscribe(listener: () => void): () => void {
  // `storage` tells of a change in another window.
  for (const name of [CHANGED, 'storage']) addEventListener(name, listener);
  return () => {
    for (const name of [CHANGED, 'storage']) removeEventListener(name, listener);
  };
}
