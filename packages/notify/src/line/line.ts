import { setTimeout as sleep } from 'node:timers/promises';
import { err } from '@fallover/events';
import { SerialPort } from 'serialport';
import type { Delivery, SendContext } from '../transport.ts';
import { checkTty } from './check-tty.ts';
import { LineTrouble, lineFault } from './faults.ts';
import { Receiver } from './receiver.ts';
import type { LineSettings } from './settings.ts';

export interface Found<Name extends string> {
  name: Name;
  match: RegExpExecArray;
  /** What came before the match and since the last one. */
  before: string;
}

/** A conversation over a serial line. Every function throws `LineTrouble` when the line is lost or the time is over. */
export interface Line {
  tty: string;
  /** Sends these bytes (a character each); `shown` is told instead, where they hold a secret. */
  send(bytes: string, shown?: string): Promise<void>;
  /** Waits until one of the patterns is in what has come, the earliest first; undefined when none is in time. */
  expect<Name extends string>(patterns: Record<Name, RegExp>, milliseconds: number): Promise<Found<Name> | undefined>;
  pause(milliseconds: number): Promise<void>;
  /** Forgets what has come and was not asked for. */
  discard(): void;
  note(text: string): void;
  /** What the dialogue waits for, for the sentence of `timed_out`: `the modem had dialled`. */
  awaiting(what: string): void;
}

type Port = Awaited<ReturnType<typeof SerialPort.binding.open>>;

/** A write that flow control holds up ends in time too. */
const LONGEST_WRITE = 10_000;
/** What was sent last, such as the command to hang up, has this long to leave the line. */
const LONGEST_DRAIN = 500;
const WATCH = 200;
/** As long as a line may take to hang up, whatever the method's time was. */
const LONGEST_HANG_UP = 5_000;

/**
 * Opens the line for itself, leads the dialogue, hangs up and closes, in this order and in any case. A line that is lost or
 * a time that is over ends the dialogue from within and becomes the fault of the delivery.
 */
export async function withLine(
  settings: LineSettings,
  context: SendContext,
  dialogue: (line: Line) => Promise<Delivery>,
  hangUp: (line: Line) => Promise<void>,
): Promise<Delivery> {
  const { tty, baud, frame, flowControl } = settings;
  const fault = await checkTty(tty, context.heartbeatDevices);
  if (fault !== undefined) return err(lineFault(fault));
  if (context.signal.aborted) return err(lineFault({ code: 'timed_out', tty, awaited: 'the line was opened' }));
  const port = await openPort(settings).catch((error: Error) => error);
  if (port instanceof Error) {
    return err(
      lineFault(
        port.message.includes('Cannot lock')
          ? { code: 'tty_busy', tty }
          : { code: 'tty_not_accessible', tty, reason: /Error:? ([^,]+)/.exec(port.message)?.[1] ?? port.message },
      ),
    );
  }
  context.say({ direction: 'note', text: `${tty} is open: ${baud} ${frame}, flow control ${flowControl}.` });
  const receiver = new Receiver((line) => context.say(line));
  const stop = receive(port, receiver);
  try {
    return await dialogue(lineOn(port, receiver, tty, context.signal, context));
  } catch (error) {
    if (error instanceof LineTrouble) return err(error.fault);
    throw error;
  } finally {
    if (!receiver.isLost) {
      await hangUp(lineOn(port, receiver, tty, AbortSignal.timeout(LONGEST_HANG_UP), context)).catch((error: unknown) => {
        if (!(error instanceof LineTrouble)) throw error;
      });
    }
    receiver.tellRest();
    await close(port, stop);
    context.say({ direction: 'note', text: `${tty} is closed.` });
  }
}

function openPort({ tty, baud, frame, flowControl }: LineSettings): Promise<Port> {
  const [dataBits, parity] = [frame[0] === '7' ? 7 : 8, { N: 'none', E: 'even', O: 'odd' }[frame[1] ?? 'N'] ?? 'none'];
  return SerialPort.binding.open({
    path: tty,
    baudRate: Number(baud),
    dataBits: dataBits as 7 | 8,
    parity: parity as 'none' | 'even' | 'odd',
    stopBits: 1,
    rtscts: flowControl === 'hardware',
    xon: flowControl === 'software',
    xoff: flowControl === 'software',
    lock: true, // exclusive
    hupcl: true, // DTR drops when it is closed: the modem hangs up
  });
}

/** Reads until the line is lost or closed. Returns what ends the watch. */
function receive(port: Port, receiver: Receiver): () => void {
  const buffer = Buffer.alloc(1_024);
  const read = async (): Promise<void> => {
    for (;;) {
      const { bytesRead } = await port.read(buffer, 0, buffer.length);
      receiver.add(buffer.toString('latin1', 0, bytesRead));
    }
  };
  read().catch(() => receiver.lose());
  // A read on a line that has hung up gives nothing again and again without an end, so the line is asked for its speed too.
  const watch = setInterval(() => {
    port.getBaudRate().catch(() => receiver.lose());
  }, WATCH);
  return () => clearInterval(watch);
}

async function close(port: Port, stop: () => void): Promise<void> {
  stop();
  await Promise.race([port.drain().catch(() => undefined), sleep(LONGEST_DRAIN)]);
  // What a modem has not taken by then must not hold up the closing, which waits for it otherwise.
  await port.flush().catch(() => undefined);
  await port.close().catch(() => undefined);
}

function lineOn(port: Port, receiver: Receiver, tty: string, signal: AbortSignal, { say }: Pick<SendContext, 'say'>): Line {
  let awaited = 'the modem had answered';
  const check = (): void => {
    if (receiver.isLost) throw new LineTrouble(lineFault({ code: 'line_lost', tty }));
    if (signal.aborted) throw new LineTrouble(lineFault({ code: 'timed_out', tty, awaited }));
  };
  return {
    tty,
    async send(bytes, shown = bytes) {
      check();
      if (shown !== bytes) receiver.mask(bytes, shown);
      say({ direction: 'sent', text: shown.replace(/[\r\n]+$/, '') });
      const written = port.write(Buffer.from(bytes, 'latin1')).then(
        () => 'written',
        () => 'lost',
      );
      const ended = new AbortController();
      const late = sleep(LONGEST_WRITE, 'late', { signal: AbortSignal.any([signal, ended.signal]) }).catch(() => 'late');
      const outcome = await Promise.race([written, late]);
      ended.abort();
      if (outcome === 'lost') receiver.lose();
      check();
      if (outcome === 'late') throw new LineTrouble(lineFault({ code: 'modem_silent', tty }));
    },
    async expect(patterns, milliseconds) {
      const deadline = performance.now() + milliseconds;
      for (;;) {
        const found = earliest(patterns, receiver.text);
        if (found !== undefined) {
          receiver.take(found.match.index + found.match[0].length);
          return found;
        }
        const left = deadline - performance.now();
        if (receiver.isLost || signal.aborted || left <= 0) receiver.tellRest();
        check();
        if (left <= 0) return undefined;
        await receiver.change(signal, left);
      }
    },
    async pause(milliseconds) {
      const deadline = performance.now() + milliseconds;
      for (let left = milliseconds; left > 0; left = deadline - performance.now()) {
        check();
        await receiver.change(signal, left);
      }
      check();
    },
    discard() {
      receiver.take(receiver.text.length);
    },
    note: (text) => say({ direction: 'note', text }),
    awaiting(what) {
      awaited = what;
    },
  };
}

function earliest<Name extends string>(patterns: Record<Name, RegExp>, text: string): Found<Name> | undefined {
  let first: Found<Name> | undefined;
  for (const [name, pattern] of Object.entries<RegExp>(patterns)) {
    const match = pattern.exec(text);
    if (match !== null && (first === undefined || match.index < first.match.index)) {
      first = { name: name as Name, match, before: text.slice(0, match.index) };
    }
  }
  return first;
}
