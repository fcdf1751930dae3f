/** The browser's EventSource for a test: nothing arrives but what the test tells. */
export class ToldEventSource extends EventTarget {
  static all: ToldEventSource[] = [];
  readonly url: string;
  closed = false;

  constructor(url: string) {
    super();
    this.url = url;
    ToldEventSource.all.push(this);
  }

  close(): void {
    this.closed = true;
  }

  tell(name: string, data: unknown): void {
    this.dispatchEvent(new MessageEvent(name, { data: JSON.stringify(data) }));
  }

  happen(name: 'open' | 'error'): void {
    this.dispatchEvent(new Event(name));
  }
}

/** The stream of this address that is open. */
export function streamTo(path: string): ToldEventSource {
  const found = ToldEventSource.all.findLast(({ url, closed }) => url === path && !closed);
  if (!found) throw new Error(`No stream to ${path} is open.`);
  return found;
}
