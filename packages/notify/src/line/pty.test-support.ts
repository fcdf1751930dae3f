import { closeSync, constants, openSync, readdirSync, readlinkSync, writeSync } from 'node:fs';
import { ReadStream } from 'node:tty';
import koffi from 'koffi';

/** A serial line whose far end is in our hands: a modem that a program plays. */
export interface Pty {
  /** What is opened as the tty. */
  path: string;
  /** To whoever has the tty open. */
  write(bytes: string): void;
  /** How often this process has the tty open, besides the pty itself: 0 when nothing was left behind. */
  openers(): number;
  /** As if the modem were unplugged: the tty hangs up. */
  unplug(): void;
  close(): void;
}

const O_CLOEXEC = 0o2000000;

/** A raw pty pair; the far end is told everything that is sent to the tty, a character for each byte. */
export function openPty(received: (bytes: string) => void): Pty {
  const libc = koffi.load('libc.so.6');
  const flags = constants.O_RDWR | constants.O_NOCTTY;
  const master: number = libc.func('int posix_openpt(int)')(flags | constants.O_NONBLOCK | O_CLOEXEC);
  const name = Buffer.alloc(128);
  const prepared =
    master >= 0 &&
    libc.func('int grantpt(int)')(master) === 0 &&
    libc.func('int unlockpt(int)')(master) === 0 &&
    libc.func('int ptsname_r(int, _Out_ uint8_t *name, size_t)')(master, name, name.length) === 0;
  if (!prepared) throw new Error('There is no pty to be had.');
  const path = name.toString('latin1', 0, name.indexOf(0));
  // One opener stays, so that the far end can write before and after a conversation.
  const kept = openSync(path, flags);
  const modes = Buffer.alloc(128);
  libc.func('int tcgetattr(int, _Out_ uint8_t *modes)')(kept, modes);
  libc.func('void cfmakeraw(_Inout_ uint8_t *modes)')(modes);
  libc.func('int tcsetattr(int, int, uint8_t *modes)')(kept, 0, modes);
  const far = new ReadStream(master);
  far.setEncoding('latin1').on('data', (bytes) => received(String(bytes)));
  far.on('error', () => undefined);
  let isPlugged = true;
  let waiting = Buffer.alloc(0);
  /** As much as the tty takes; the rest when it has been read. */
  const pour = (): void => {
    if (!isPlugged || waiting.length === 0) return;
    try {
      waiting = waiting.subarray(writeSync(master, waiting));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    }
    if (waiting.length > 0) setImmediate(pour);
  };
  const unplug = (): void => {
    isPlugged = false;
    far.destroy();
  };
  return {
    path,
    write(bytes) {
      const isIdle = waiting.length === 0;
      waiting = Buffer.concat([waiting, Buffer.from(bytes, 'latin1')]);
      if (isIdle) pour();
    },
    openers() {
      const links = readdirSync('/proc/self/fd').map((fd) => {
        try {
          return readlinkSync(`/proc/self/fd/${fd}`);
        } catch {
          return ''; // the directory's own
        }
      });
      return links.filter((link) => link === path || link === `${path} (deleted)`).length - 1;
    },
    unplug,
    close() {
      unplug();
      closeSync(kept);
    },
  };
}
