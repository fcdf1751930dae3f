import { useEffect } from 'react';
import { useLocation } from 'react-router';

/** An address that ends in `#ID` leads to this entry: the cursor is in it. A finding of verification leads to its field so. */
export function useFocusFromAddress(id: string): void {
  const { hash } = useLocation();
  useEffect(() => {
    const { activeElement } = document;
    // What somebody has gone to meanwhile keeps the focus.
    const free = activeElement === null || activeElement === document.body || activeElement.closest('nav, h1') !== null;
    if (hash !== `#${id}` || !free) return;
    const found = document.getElementById(id);
    found?.scrollIntoView?.({ block: 'center' });
    found?.focus({ preventScroll: true });
  }, [hash, id]);
}
