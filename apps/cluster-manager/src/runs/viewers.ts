import type { RunView, UnansweredNode } from '@fallover/contract';
import { type EventStream, serialised } from '../http/event-stream.ts';
import type { RunOutput } from './run-output.ts';

/** How often a file that grows is looked at, and how many views a second the viewers get at most. */
const TICK_MS = 150;
const CHUNK = 64 * 1024;
/** Viewers that are further behind get the newest part; the rest is read in ranges. */
const MOST_BEHIND = 8 * 1024 * 1024;
const NEWEST_PART = 1024 * 1024;

/** All who watch one run: its view is made, and its output is read, once for all of them. */
export interface Viewers {
  /** Shows the run to one more, from the first byte of its output (P6); resolves when that stream has ended. */
  show(stream: EventStream): Promise<void>;
}

export interface ViewersParts {
  first: RunView;
  /** Undefined when it cannot be told now; the last one stays. */
  view(): Promise<RunView | undefined>;
  /** Wakes whenever something about the run has changed; returns what ends that. */
  watch(wake: () => void): () => void;
  /** Of this run; wakes when there is something new that `watch` does not tell of. */
  output(wake: () => void): RunOutput;
  /** The last one has gone. */
  over(): void;
}

/** Bytes of each step's output. */
type Sent = Map<string, number>;

/** What one stream has got. */
interface Had {
  sent: Sent;
  view: RunView;
  unanswered: readonly UnansweredNode[];
}

/** Of a stream that gets what all get, until it has gone or cannot keep up; then it catches up alone. */
interface Together {
  leave(): void;
  fail(error: unknown): void;
}

export function viewersOf({ first, view: readView, watch, output: openOutput, over }: ViewersParts): Viewers {
  const together = new Map<EventStream, Together>();
  /** What every stream that is together has. */
  const sent: Sent = new Map();
  let view = first;
  let present = 0;
  let isNews = false;
  let failure: { error: unknown } | undefined;
  let wakeUp: (() => void) | undefined;
  /** Something has happened that nobody has looked at yet: also while the one who looks was not waiting. */
  let isWoken = false;
  const output = openOutput(wake);
  output.follows(first);
  /** As every stream that is together was told. */
  let unanswered = output.unanswered();

  /** The same text for all. A stream that is behind does not hold the others up. */
  function tell(event: string, data: unknown): void {
    const text = serialised({ event, data });
    for (const [stream, { leave }] of [...together]) if (!stream.write(text)) leave();
  }

  async function lead(): Promise<void> {
    const unwatch = watch(() => {
      isNews = true;
      wake();
    });
    try {
      while (present > 0) {
        tellUnanswered();
        const behind = await tellOutput(view);
        if (together.size === 0 || (!behind && !isNews)) await nextTick();
        if (!isNews || together.size === 0) continue;
        isNews = false;
        const next = (await readView()) ?? view;
        output.follows(next);
        // The output that a step has written comes before the word that it has ended.
        while (await tellOutput(next));
        if (together.size === 0) {
          isNews = true;
          continue;
        }
        view = next;
        tell('run', view);
        await new Promise((resolve) => setTimeout(resolve, TICK_MS));
      }
    } catch (error) {
      failure = { error };
      for (const { fail } of together.values()) fail(error);
    } finally {
      unwatch();
    }
  }

  function tellUnanswered(): void {
    if (together.size === 0 || unanswered === output.unanswered()) return;
    unanswered = output.unanswered();
    tell('unanswered', { nodes: unanswered });
  }

  /** One chunk of each step that has more; true while there is still more for somebody. */
  async function tellOutput({ steps }: RunView): Promise<boolean> {
    let isBehind = false;
    for (const step of steps) {
      if (together.size === 0) return false;
      const { id, state } = step;
      const size = output.size(step);
      const had = sent.get(id) ?? 0;
      if (had >= size) continue;
      const from = size - had > MOST_BEHIND ? size - NEWEST_PART : had;
      const bytes = await output.read(id, from, CHUNK);
      const whole = wholePart(bytes, state === 'running' || from + bytes.length < size);
      if (whole.length === 0) continue;
      sent.set(id, from + whole.length);
      const more = from + whole.length < size;
      isBehind ||= more;
      tell('output', outputEvent(id, from, whole, more));
    }
    return isBehind;
  }

  /** Until something changes or somebody comes, or for a tick while a step runs. */
  function nextTick(): Promise<void> {
    return new Promise((resolve) => {
      if (isWoken) {
        isWoken = false;
        resolve();
        return;
      }
      const isRunning = together.size > 0 && view.steps.some(({ state }) => state === 'running');
      const timer = isRunning ? setTimeout(resolve, TICK_MS) : undefined;
      wakeUp = () => {
        clearTimeout(timer);
        isWoken = false;
        wakeUp = undefined;
        resolve();
      };
    });
  }

  function wake(): void {
    isWoken = true;
    wakeUp?.();
  }

  /**
   * Sends what the others have and this one has not, then joins them; resolves with what it had when it leaves them. Between
   * finding that nothing is missing and joining, nothing can be told: that is one turn.
   */
  async function joined(stream: EventStream, had: Had): Promise<Had> {
    for (let missing = true; missing && !stream.signal.aborted; ) {
      missing = false;
      for (const [id, upTo] of sent) {
        const begun = had.sent.get(id) ?? 0;
        if (begun >= upTo || stream.signal.aborted) continue;
        missing = true;
        const from = upTo - begun > MOST_BEHIND ? upTo - NEWEST_PART : begun;
        const bytes = await output.read(id, from, Math.min(CHUNK, upTo - from));
        const whole = wholePart(bytes, from + bytes.length < upTo);
        // A file that has gone, or shrunk, has no more to read.
        had.sent.set(id, whole.length === 0 ? upTo : from + whole.length);
        const more = from + whole.length < upTo;
        if (whole.length > 0 && !stream.send({ event: 'output', data: outputEvent(id, from, whole, more) }))
          await stream.drained();
      }
    }
    if (failure) throw failure.error;
    if (stream.signal.aborted) return had;
    if (had.view !== view) stream.send({ event: 'run', data: view });
    if (had.unanswered !== unanswered && had.unanswered.length + unanswered.length > 0)
      stream.send({ event: 'unanswered', data: { nodes: unanswered } });
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        stream.signal.removeEventListener('abort', leave);
        together.delete(stream);
        resolve({ sent: new Map(sent), view, unanswered });
      };
      together.set(stream, { leave, fail: reject });
      stream.signal.addEventListener('abort', leave, { once: true });
      wake();
    });
  }

  return {
    async show(stream) {
      present += 1;
      if (present === 1) void lead();
      try {
        let had: Had = { sent: new Map(), view, unanswered: [] };
        stream.send({ event: 'run', data: view });
        while (!stream.signal.aborted) {
          had = await joined(stream, had);
          await stream.drained();
        }
      } finally {
        present -= 1;
        if (present === 0) {
          output.close();
          over();
          wake();
        }
      }
    },
  };
}

const outputEvent = (step: string, from: number, bytes: Buffer, more: boolean) => ({
  step,
  from,
  bytes: bytes.length,
  text: bytes.toString('utf8'),
  more,
});

/** Without an unfinished UTF-8 character at the end, where more may follow. */
const wholePart = (bytes: Buffer, mayFollow: boolean): Buffer =>
  bytes.subarray(0, mayFollow ? wholeCharacters(bytes) : bytes.length);

/** The length without an unfinished UTF-8 character at the end; all of it when that is no UTF-8. */
function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] as number;
    if (byte < 0x80) return bytes.length;
    if (byte < 0xc0) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return back < length && bytes.length > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}
