export interface Watching {
  /** What to do with the data of each named event. */
  events: Record<string, (data: string) => void>;
  opened(): void;
  lost(): void;
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 2_000;

/** A stream of server-sent events that is opened again whenever it is lost. Returns what closes it for good. */
export function watch(url: string, watching: Watching): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wait = FIRST_WAIT_MS;
  const open = (): void => {
    const opening = new EventSource(url);
    source = opening;
    opening.addEventListener('open', () => {
      wait = FIRST_WAIT_MS;
      watching.opened();
    });
    for (const [name, handle] of Object.entries(watching.events))
      opening.addEventListener(name, (event) => handle((event as MessageEvent<string>).data));
    // The browser's own retry gives up on an HTTP status and waits longer; everything is read anew after a loss anyway.
    opening.addEventListener('error', () => {
      opening.close();
      watching.lost();
      timer = setTimeout(open, wait);
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    });
  };
  open();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}
