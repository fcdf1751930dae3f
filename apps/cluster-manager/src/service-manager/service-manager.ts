import { constants } from 'node:os';

/** What the cluster manager tells systemd of itself (sd_notify(3)), where that has started it. */
export interface ServiceManager {
  /** It serves, and has taken up what an earlier one left. */
  ready(): void;
  /** A line that `systemctl status` shows. The same line again is not sent. */
  status(line: string): void;
  stopping(): void;
}

export interface ServiceManagerSettings {
  /** NOTIFY_SOCKET; undefined where systemd did not start it or does not want to be told. */
  socket: string | undefined;
  /** Undefined where the system cannot do it. */
  datagrams?: (socket: string) => Promise<(text: string) => number>;
  /** The first thing that could not be told; it is no reason to end. */
  failed(reason: string): void;
}

const LONGEST_STATUS = 500;
/** The receiver has not read what was sent before. */
const BUSY: readonly number[] = [constants.errno.EAGAIN, constants.errno.ENOBUFS];
const AGAIN_MS = 100;
const MOST_TRIES = 50;

const LOAD = async (socket: string) => (await import('./datagram.ts')).datagramsTo(socket);

export async function serviceManager({ socket, datagrams = LOAD, failed }: ServiceManagerSettings): Promise<ServiceManager> {
  let send: ((text: string) => number) | undefined;
  let hasFailed = false;
  const fail = (reason: string): void => {
    if (!hasFailed) failed(reason);
    hasFailed = true;
  };
  if (socket !== undefined && socket !== '') {
    if (/^[/@]/.test(socket)) send = await datagrams(socket).catch((error: Error) => void fail(error.message));
    else fail(`${socket} is not a unix socket`);
  }

  let told = '';
  let pending: NodeJS.Timeout | undefined;
  /** What systemd must get to know is tried again; a status is overtaken by the next. */
  function tell(text: string, triesLeft: number): void {
    clearTimeout(pending);
    if (!send) return;
    const errno = send(text);
    if (errno === 0) return;
    if (!BUSY.includes(errno)) fail(`errno ${errno}`);
    else if (triesLeft === 0) fail('it does not read what it is told');
    else pending = setTimeout(() => tell(text, triesLeft - 1), AGAIN_MS).unref();
  }

  return {
    ready: () => tell(`READY=1\n${told === '' ? '' : `STATUS=${told}\n`}`, MOST_TRIES),
    status(line) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: a line end would begin another assignment
      const plain = line.replace(/[\u0000-\u001f\u007f]+/g, ' ').slice(0, LONGEST_STATUS);
      if (plain === told) return;
      told = plain;
      if (send?.(`STATUS=${plain}\n`) === 0) return;
      told = ''; // with the next change
    },
    stopping: () => tell('STOPPING=1\nSTATUS=The cluster manager stops.\n', MOST_TRIES),
  };
}
