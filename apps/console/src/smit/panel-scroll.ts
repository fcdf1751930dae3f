import { createContext, type RefObject, useContext, useEffect } from 'react';
import { useLocation, useNavigationType } from 'react-router';
import { dialogIsOpen, takesLetters } from './function-keys.ts';

interface Scrolled {
  top: number;
  /** Of what is seen, and of all. */
  seen: number;
  all: number;
}

const LINE = 40;

/** Where a key of the keyboard scrolls to, as browsers do it; undefined for all other keys. */
export function scrolledByKey({ key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>, { top, seen, all }: Scrolled) {
  const page = Math.max(seen * 0.875, seen - LINE);
  const to = { Home: 0, End: all, PageUp: top - page, PageDown: top + page, ArrowUp: top - LINE, ArrowDown: top + LINE }[key];
  const wanted = key === ' ' ? top + (shiftKey ? -page : page) : to;
  return wanted === undefined ? undefined : Math.max(0, Math.min(wanted, all - seen));
}

/** While nothing of the panel has the focus, or only its function bar, the keys that scroll a page scroll the panel. */
export function useScrollKeys(panel: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      const box = panel.current;
      const { target, altKey, ctrlKey, metaKey } = event;
      if (!box || !(target instanceof Element) || event.defaultPrevented || dialogIsOpen()) return;
      if (altKey || ctrlKey || metaKey || takesLetters(target) || (event.key === ' ' && target.closest('button, a'))) return;
      const isBeside = target.closest('main') !== null && !box.contains(target) && target.closest('aside') === null;
      if (!isBeside && target !== document.body) return;
      const top = scrolledByKey(event, { top: box.scrollTop, seen: box.clientHeight, all: box.scrollHeight });
      if (top === undefined || box.scrollHeight <= box.clientHeight) return;
      event.preventDefault();
      box.scrollTop = top;
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, [panel]);
}

/** How far each entry of the browser's history was scrolled, since the page was opened. */
export const ScrollPlaces = createContext<Map<string, number> | undefined>(undefined);

/** Who goes back finds the place again. What is still being read makes a panel grow: until then it is waited for, or given up. */
export function useScrollPlace(panel: RefObject<HTMLElement | null>): void {
  const places = useContext(ScrollPlaces);
  const { key, hash } = useLocation();
  const goesBack = useNavigationType() === 'POP' && hash === '';
  useEffect(() => {
    const box = panel.current;
    if (!box || !places) return undefined;
    let wanted = goesBack ? (places.get(key) ?? 0) : 0;
    const returns = (): void => {
      if (wanted === 0) return;
      box.scrollTop = wanted;
      if (box.scrollTop >= wanted - 1) wanted = 0;
    };
    const scrolled = (): void => {
      if (wanted === 0) places.set(key, box.scrollTop);
    };
    const givesUp = (): void => {
      wanted = 0;
    };
    const grown = typeof ResizeObserver === 'undefined' ? undefined : new ResizeObserver(returns);
    for (const part of box.children) grown?.observe(part);
    box.addEventListener('scroll', scrolled, { passive: true });
    for (const moved of MOVED) window.addEventListener(moved, givesUp, { passive: true });
    return () => {
      grown?.disconnect();
      box.removeEventListener('scroll', scrolled);
      for (const moved of MOVED) window.removeEventListener(moved, givesUp);
    };
  }, [panel, places, key, goesBack]);
}

const MOVED = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const;
