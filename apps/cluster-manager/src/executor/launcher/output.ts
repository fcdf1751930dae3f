import { closeSync, readSync } from 'node:fs';
import { Socket } from 'node:net';
import type { Libc } from './libc.ts';
import type { StepLog } from './step-log.ts';

/** What is read at a time: as much as a pipe holds. */
const CHUNK = 64 * 1024;
/** Up to here a write is done at once; above, the disk may be slow and others must not wait for it. */
const WRITTEN_AT_ONCE = 16 * 1024;
/** Many commands are over sooner than this; they are spared the cost of being listened to. */
const LISTEN_AFTER_MS = 2;
const CHECK_MS = 50;

export interface Output {
  /** Calls back once all that the pipe holds now is in the log. What a service writes later still goes there. */
  settle(then: () => void): void;
}

/** Moves what comes out of a pipe into a log, never reading faster than it is written. Owns both. */
export function recordOutput(libc: Libc, pipe: number, log: StepLog): Output {
  let socket: Socket | undefined;
  let ended = false;
  let inFlight = 0;
  let settling: { bytesLeft: number; then: () => void; check: NodeJS.Timeout } | undefined;

  const settled = (): void => {
    if (!settling) return;
    const { then, check } = settling;
    settling = undefined;
    clearInterval(check);
    then();
  };
  const wrote = (bytes: number): void => {
    inFlight = 0;
    if (!settling) return;
    settling.bytesLeft -= bytes;
    if (settling.bytesLeft <= 0 || ended) settled();
  };
  const end = (): void => {
    ended = true;
    log.close();
    wrote(0);
  };
  const listen = (): void => {
    const listener: Socket = new Socket({
      fd: pipe,
      readable: true,
      writable: false,
      onread: {
        buffer: Buffer.allocUnsafeSlow(CHUNK),
        callback: (count, buffer) => {
          const bytes = (buffer as Buffer).subarray(0, count);
          if (count <= WRITTEN_AT_ONCE || log.lostFrom() !== undefined) {
            log.append(bytes);
            wrote(count);
            return true;
          }
          inFlight = count;
          log.appendLater(bytes, () => {
            wrote(count);
            listener.resume();
          });
          return false;
        },
      },
    });
    socket = listener;
    listener.on('error', () => listener.destroy()).on('close', end);
  };
  const timer = setTimeout(listen, LISTEN_AFTER_MS);

  return {
    settle(then) {
      if (ended) return then();
      const held = libc.bytesHeld(pipe);
      if (socket) {
        // What the command's children read from the pipe themselves never comes here.
        const check = setInterval(() => {
          if (inFlight === 0 && libc.bytesHeld(pipe) === 0) settled();
        }, CHECK_MS);
        settling = { bytesLeft: inFlight + held, then, check };
        if (settling.bytesLeft === 0) settled();
        return;
      }
      clearTimeout(timer);
      readHeld(pipe, held, log);
      if (!libc.hungUp(pipe) || libc.bytesHeld(pipe) > 0) listen();
      else {
        ended = true;
        closeSync(pipe);
        log.close();
      }
      then();
    },
  };
}

function readHeld(pipe: number, held: number, log: StepLog): void {
  const buffer = Buffer.allocUnsafe(Math.min(held, CHUNK));
  try {
    for (let left = held; left > 0; ) {
      const count = readSync(pipe, buffer, 0, Math.min(left, buffer.length), null);
      if (count === 0) return;
      log.append(buffer.subarray(0, count));
      left -= count;
    }
  } catch {
    // The pipe is empty already: the command's children can read from it too.
  }
}
