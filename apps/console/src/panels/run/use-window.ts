import { type RefObject, useEffect, useState } from 'react';

const AROUND = 40;
/** Before anything is measured, and where nothing can be (tests): as much as a tall screen shows. */
const FIRST_LINES = 200;

/** Which of many lines of one height a scrolled box has to hold. */
export function useWindow(box: RefObject<HTMLElement | null>, count: number, lineHeight: number): { from: number; to: number } {
  const [at, setAt] = useState({ top: 0, height: 0 });
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = (): void => setAt({ top: element.scrollTop, height: element.clientHeight });
    measure();
    element.addEventListener('scroll', measure, { passive: true });
    const observer = typeof ResizeObserver === 'undefined' ? undefined : new ResizeObserver(measure);
    observer?.observe(element);
    return () => {
      element.removeEventListener('scroll', measure);
      observer?.disconnect();
    };
  }, [box]);
  const shown = at.height === 0 ? FIRST_LINES : Math.ceil(at.height / lineHeight);
  const from = Math.max(0, Math.min(Math.floor(at.top / lineHeight), count - shown) - AROUND);
  return { from, to: Math.min(count, from + shown + 2 * AROUND) };
}
