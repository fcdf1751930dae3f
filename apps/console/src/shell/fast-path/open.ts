const OPEN = 'fallover-fast-path';

/** Opens the fast path from anywhere on the page, with this text in it. */
export function openFastPath(text = ''): void {
  dispatchEvent(new CustomEvent(OPEN, { detail: text }));
}

export function whenFastPathIsOpened(open: (text: string) => void): () => void {
  const opened = (event: Event): void => open(String((event as CustomEvent).detail ?? ''));
  addEventListener(OPEN, opened);
  return () => removeEventListener(OPEN, opened);
}
