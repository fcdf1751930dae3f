import koffi from 'koffi';

const AF_UNIX = 1;
const SOCK_DGRAM = 2;
const SOCK_CLOEXEC = 0o2000000;
const MSG_DONTWAIT = 0x40;
const MSG_NOSIGNAL = 0x4000;

/**
 * Sends datagrams to a unix socket, which Node cannot: 0 when it has gone, else the errno. Nothing waits for a receiver that is
 * slow. The program systemd-notify would be another process, of whose messages systemd takes note only where it may.
 */
export function datagramsTo(path: string): (text: string) => number {
  const lib = koffi.load(null);
  const socket = lib.func('int socket(int domain, int type, int protocol)');
  const sendto = lib.func('long sendto(int fd, const void *data, size_t length, int flags, const void *address, uint32_t size)');
  const close = lib.func('int close(int fd)');
  const address = unixAddress(path);
  return (text) => {
    const fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0) as number;
    if (fd < 0) return koffi.errno();
    const data = Buffer.from(text);
    const sent = sendto(fd, data, data.length, MSG_DONTWAIT | MSG_NOSIGNAL, address, address.length) as number;
    const errno = sent < 0 ? koffi.errno() : 0;
    close(fd);
    return errno;
  };
}

/** A sockaddr_un. A name that begins with @ is one without a file: a NUL stands there, and none at its end. */
export function unixAddress(path: string): Buffer {
  const name = path.startsWith('@') ? `\0${path.slice(1)}` : `${path}\0`;
  const family = Buffer.alloc(2);
  family.writeUInt16LE(AF_UNIX);
  return Buffer.concat([family, Buffer.from(name)]);
}
