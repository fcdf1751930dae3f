import type { Request, Response } from 'express';

const HEARTBEAT_MS = 15_000;
/** A client that lets this much wait is dropped; it comes back and resumes. */
const MOST_BUFFERED = 4 * 1024 * 1024;
/** From here on `send` says that it is enough for now. */
const ENOUGH_BUFFERED = 256 * 1024;

export interface ServerSentEvent {
  event: string;
  data: unknown;
  /** Opaque to the client, which sends the last one back when it reconnects. */
  id?: string;
}

/** The server-sent events of one client. */
export interface EventStream {
  /** The id of the last event that the client saw, when it reconnects. */
  readonly lastEventId: string | undefined;
  /** Aborted when the stream has ended, from whichever side. */
  readonly signal: AbortSignal;
  /** Sends the headers; the first event does that too. Until then the request can be refused. */
  open(): void;
  /** False when the client is behind (then wait for `drained`) or gone. */
  send(event: ServerSentEvent): boolean;
  /** The same with the text of `serialised`, for many clients. */
  write(text: string): boolean;
  /** Resolves when the client has caught up, or is gone. */
  drained(): Promise<void>;
  end(): void;
}

export interface EventStreams {
  start(request: Request, response: Response, options: { stillAllowed: () => boolean }): EventStream;
  /** A comment to every client, so that a dead connection is noticed; ends the streams of whoever has signed out. */
  beat(): void;
  /** Ends the streams of whoever is not allowed to see them any more. */
  recheck(): void;
  count(): number;
  endAll(): void;
}

export function serialised({ event, data, id }: ServerSentEvent): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data) ?? 'null'}\n\n`;
}

/** Calls `beat` again and again; returns what ends that. */
export type Repeat = (everyMs: number, beat: () => void) => () => void;

const byTimer: Repeat = (everyMs, beat) => {
  const timer = setInterval(beat, everyMs);
  timer.unref();
  return () => clearInterval(timer);
};

export function eventStreams({ repeat = byTimer }: { repeat?: Repeat } = {}): EventStreams {
  const open = new Map<EventStream, () => boolean>();
  let stopBeating: (() => void) | undefined;

  function forget(stream: EventStream) {
    open.delete(stream);
    if (open.size > 0) return;
    stopBeating?.();
    stopBeating = undefined;
  }

  const self: EventStreams = {
    start(request, response, { stillAllowed }) {
      const stream = eventStream(request, response);
      open.set(stream, stillAllowed);
      stopBeating ??= repeat(HEARTBEAT_MS, self.beat);
      stream.signal.addEventListener('abort', () => forget(stream), { once: true });
      if (stream.signal.aborted) forget(stream);
      return stream;
    },
    beat() {
      self.recheck();
      for (const stream of open.keys()) stream.write(': \n\n');
    },
    recheck() {
      for (const [stream, stillAllowed] of [...open]) if (!stillAllowed()) stream.end();
    },
    count: () => open.size,
    endAll() {
      for (const stream of [...open.keys()]) stream.end();
    },
  };
  return self;
}

function eventStream(request: Request, response: Response): EventStream {
  const ended = new AbortController();
  response.once('close', () => ended.abort());
  if (response.destroyed) ended.abort();

  const open = () => {
    if (response.headersSent || ended.signal.aborted) return;
    // `no-transform`: whatever compresses on the way would hold events back.
    response.writeHead(200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store, no-transform',
      'X-Accel-Buffering': 'no',
    });
    response.flushHeaders();
  };
  const write = (text: string): boolean => {
    open();
    if (ended.signal.aborted || response.writableEnded) return false;
    response.write(text);
    if (response.writableLength > MOST_BUFFERED) {
      response.destroy();
      ended.abort();
      return false;
    }
    return response.writableLength < ENOUGH_BUFFERED;
  };

  return {
    lastEventId: request.get('Last-Event-ID'),
    signal: ended.signal,
    open,
    write,
    send: (event) => write(serialised(event)),
    drained: () =>
      new Promise((resolve) => {
        if (ended.signal.aborted || !response.writableNeedDrain) return resolve();
        const done = () => {
          response.off('drain', done);
          ended.signal.removeEventListener('abort', done);
          resolve();
        };
        response.on('drain', done);
        ended.signal.addEventListener('abort', done);
      }),
    end() {
      open();
      response.end();
      ended.abort();
    },
  };
}
