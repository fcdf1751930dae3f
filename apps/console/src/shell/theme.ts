import { useSyncExternalStore } from 'react';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const KEY = 'fallover.theme';
const CHANGED = 'fallover-theme';
const systemDark = (): MediaQueryList | undefined => globalThis.matchMedia?.('(prefers-color-scheme: dark)');

export function storedTheme(): Theme {
  const stored = localStorage.getItem(KEY);
  return THEMES.find((theme) => theme === stored) ?? 'system';
}

/** Puts PatternFly's class on the document, now and whenever the system's own preference changes. */
export function applyTheme(theme: Theme): void {
  const dark = theme === 'dark' || (theme === 'system' && systemDark()?.matches === true);
  document.documentElement.classList.toggle('pf-v6-theme-dark', dark);
}

export function keepTheme(theme: Theme): void {
  localStorage.setItem(KEY, theme);
  applyTheme(theme);
  dispatchEvent(new Event(CHANGED));
}

export const useTheme = (): Theme => useSyncExternalStore(subscribe, storedTheme);

function subscribe(listener: () => void): () => void {
  addEventListener(CHANGED, listener);
  return () => removeEventListener(CHANGED, listener);
}

export function followSystem(): () => void {
  const media = systemDark();
  const changed = (): void => applyTheme(storedTheme());
  media?.addEventListener('change', changed);
  return () => media?.removeEventListener('change', changed);
}
