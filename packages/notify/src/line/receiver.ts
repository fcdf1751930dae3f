import type { ConversationLine } from '../transport.ts';

/** As much as is kept of what nobody has asked for yet: a modem that talks without end must not fill the memory. */
const KEPT = 8_192;
const LONGEST_LINE = 2_000;
const MOST_LINES = 500;

/** What has come over a line and has not been read by a dialogue yet. Each line is told when it is complete. */
export class Receiver {
  #text = '';
  /** As far as the text is told already. */
  #told = 0;
  #lines = 0;
  #lost = false;
  #awaited: (() => void) | undefined;
  readonly #say: (line: ConversationLine) => void;
  /** Commands that hold a secret, with what is told in their place: a modem may echo them. */
  readonly #masks = new Map<string, string>();

  constructor(say: (line: ConversationLine) => void) {
    this.#say = say;
  }

  get text(): string {
    return this.#text;
  }

  get isLost(): boolean {
    return this.#lost;
  }

  mask(bytes: string, shown: string): void {
    this.#masks.set(bytes.trim(), shown.trim());
  }

  add(text: string): void {
    this.#text += text;
    const complete = Math.max(this.#text.lastIndexOf('\r'), this.#text.lastIndexOf('\n')) + 1;
    if (complete > this.#told) this.#tell(complete);
    const tooMuch = this.#text.length - KEPT;
    if (tooMuch > 0) this.take(tooMuch);
    this.#awaited?.();
  }

  lose(): void {
    this.#lost = true;
    this.#awaited?.();
  }

  /** Takes the first characters away, and tells those that are not told yet. */
  take(length: number): string {
    if (length > this.#told) this.#tell(length);
    const taken = this.#text.slice(0, length);
    this.#text = this.#text.slice(length);
    this.#told = Math.max(0, this.#told - length);
    return taken;
  }

  /** Tells what has come of a line that was never completed. */
  tellRest(): void {
    if (this.#text.length > this.#told) this.#tell(this.#text.length);
  }

  /** Until something comes, the line is lost, the signal is aborted or the time is over. */
  change(signal: AbortSignal, milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        this.#awaited = undefined;
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      signal.addEventListener('abort', done);
      this.#awaited = done;
    });
  }

  #tell(end: number): void {
    const lines = this.#text
      .slice(this.#told, end)
      .split(/[\r\n]+/)
      .filter((line) => line.trim() !== '');
    this.#told = end;
    for (const line of lines) {
      this.#lines += 1;
      if (this.#lines > MOST_LINES) return;
      const masked = this.#masks.get(line.trim()) ?? line;
      this.#say({ direction: 'received', text: masked.slice(0, LONGEST_LINE) });
      if (this.#lines === MOST_LINES) this.#say({ direction: 'note', text: 'It says more than is shown here.' });
    }
  }
}
