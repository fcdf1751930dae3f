import koffi from 'koffi';
import { unixAddress } from './datagram.ts';

const AF_UNIX = 1;
const SOCK_DGRAM = 2;
const SOCK_CLOEXEC = 0o2000000;
const MSG_DONTWAIT = 0x40;
const LONGEST = 4096;

/** A socket as systemd has one for NOTIFY_SOCKET. */
export function datagramReceiver(path: string): { received(): string[]; close(): void } {
  const lib = koffi.load(null);
  const socket = lib.func('int socket(int domain, int type, int protocol)');
  const bind = lib.func('int bind(int fd, const void *address, uint32_t size)');
  const recv = lib.func('long recv(int fd, void *data, size_t length, int flags)');
  const close = lib.func('int close(int fd)');
  const fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0) as number;
  const address = unixAddress(path);
  if (bind(fd, address, address.length) !== 0) throw new Error(`bind: errno ${koffi.errno()}`);
  const data = Buffer.alloc(LONGEST);
  return {
    received() {
      const texts: string[] = [];
      for (;;) {
        const length = recv(fd, data, LONGEST, MSG_DONTWAIT) as number;
        if (length < 0) return texts;
        texts.push(data.toString('utf8', 0, length));
      }
    },
    close: () => void close(fd),
  };
}
