import { readdirSync } from 'node:fs';
import { constants } from 'node:os';
import koffi, { type LibraryHandle } from 'koffi';

/** The C library's calls that Node does not offer, each in the form in which the launcher needs it. */
export interface Libc {
  /** A pipe whose ends this process does not pass on; reading does not wait. */
  pipe(): { read: number; write: number };
  /** Starts a command with the given output and nothing else of ours: see `spawnSetting`. An errno when it cannot be. */
  spawn(argv: readonly string[], environment: readonly string[], output: number): { pid: number } | { errno: number };
  /** The wait status of a child that has ended. */
  endedStatus(pid: number): number | undefined;
  /** How many bytes a pipe holds now. */
  bytesHeld(pipe: number): number;
  /** True when nobody can write to the pipe any more. */
  hungUp(pipe: number): boolean;
  /** Passes no open file on to commands that someone else has left open in this process. */
  keepOpenFiles(): void;
  /** Node raises its own limit of open files; commands get what the system's programs expect. */
  limitOpenFiles(soft: number): void;
}

const O_NONBLOCK = 0o4000;
const O_CLOEXEC = 0o2000000;
const F_SETFD = 2;
const FD_CLOEXEC = 1;
const FIONREAD = 0x541b;
const POLLIN = 1;
const POLLHUP = 16;
const WNOHANG = 1;
const RLIMIT_NOFILE = 7;
const SETPGROUP = 0x02;
const SETSIGDEF = 0x04;
const SETSIGMASK = 0x08;

export function loadLibc(): Libc {
  const lib = koffi.load(null);
  const pipe2 = lib.func('int pipe2(_Out_ int *ends, int flags)');
  const waitpid = lib.func('int waitpid(int pid, _Out_ int *status, int options)');
  const ioctl = lib.func('int ioctl(int fd, unsigned long request, _Out_ int *value)');
  const fcntl = lib.func('int fcntl(int fd, int command, int value)');
  const poll = lib.func('int poll(void *fds, unsigned long count, int timeout)');
  const getrlimit = lib.func('int getrlimit(int resource, _Out_ uint64_t *limits)');
  const setrlimit = lib.func('int setrlimit(int resource, const uint64_t *limits)');
  const posixSpawn = lib.func(
    'int posix_spawn(_Out_ int *pid, const char *path, void *actions, void *setting, const char **argv, const char **envp)',
  );
  const actionsFor = fileActions(lib);
  const setting = spawnSetting(lib);
  const polled = Buffer.alloc(8);

  return {
    pipe() {
      const ends = [-1, -1];
      if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) !== 0) throw Object.assign(new Error('No pipe'), { errno: koffi.errno() });
      return { read: ends[0] as number, write: ends[1] as number };
    },
    spawn(argv, environment, output) {
      const pid = [0];
      const errno = posixSpawn(pid, argv[0], actionsFor(output), setting, [...argv, null], [...environment, null]) as number;
      return errno === 0 ? { pid: pid[0] as number } : { errno };
    },
    endedStatus(pid) {
      const status = [0];
      return waitpid(pid, status, WNOHANG) === pid ? status[0] : undefined;
    },
    bytesHeld(pipe) {
      const bytes = [0];
      return ioctl(pipe, FIONREAD, bytes) === 0 ? (bytes[0] as number) : 0;
    },
    hungUp(pipe) {
      polled.writeInt32LE(pipe, 0);
      polled.writeInt16LE(POLLIN, 4);
      polled.writeInt16LE(0, 6);
      return poll(polled, 1, 0) === 1 && (polled.readInt16LE(6) & POLLHUP) !== 0;
    },
    keepOpenFiles() {
      for (const name of readdirSync('/proc/self/fd')) if (Number(name) > 2) fcntl(Number(name), F_SETFD, FD_CLOEXEC);
    },
    limitOpenFiles(soft) {
      const limits = [0, 0];
      if (getrlimit(RLIMIT_NOFILE, limits) !== 0) return;
      // Without a limit it is a number too large for a double; koffi then has a bigint.
      const hard = limits[1] as number | bigint;
      setrlimit(RLIMIT_NOFILE, [Math.min(Number(hard), soft), hard]);
    },
  };
}

/** What posix_spawn does in the child: no input, the pipe for both outputs, no directory held. Made once for each descriptor number. */
function fileActions(lib: LibraryHandle): (output: number) => Buffer {
  const init = lib.func('int posix_spawn_file_actions_init(void *actions)');
  const addOpen = lib.func('int posix_spawn_file_actions_addopen(void *actions, int fd, const char *path, int flags, int mode)');
  const addDup2 = lib.func('int posix_spawn_file_actions_adddup2(void *actions, int from, int to)');
  const addChdir = lib.func('int posix_spawn_file_actions_addchdir_np(void *actions, const char *path)');
  const made = new Map<number, Buffer>();
  return (output) => {
    const known = made.get(output);
    if (known) return known;
    const actions = Buffer.alloc(256);
    init(actions);
    addOpen(actions, 0, '/dev/null', 0, 0);
    addDup2(actions, output, 1);
    addDup2(actions, output, 2);
    addChdir(actions, '/');
    made.set(output, actions);
    return actions;
  };
}

/** A process group of its own, every signal as the system has it, none blocked. */
function spawnSetting(lib: LibraryHandle): Buffer {
  const [setting, all, none] = [Buffer.alloc(512), Buffer.alloc(128), Buffer.alloc(128)];
  // Not by sigfillset: it leaves out the library's own two signals, which the command would then ignore.
  all.fill(0xff, 0, 8);
  lib.func('int sigemptyset(void *set)')(none);
  lib.func('int posix_spawnattr_init(void *setting)')(setting);
  lib.func('int posix_spawnattr_setflags(void *setting, short flags)')(setting, SETPGROUP | SETSIGDEF | SETSIGMASK);
  lib.func('int posix_spawnattr_setpgroup(void *setting, int group)')(setting, 0);
  lib.func('int posix_spawnattr_setsigdefault(void *setting, void *set)')(setting, all);
  lib.func('int posix_spawnattr_setsigmask(void *setting, void *set)')(setting, none);
  return setting;
}

const SIGNAL_NAMES = new Map(Object.entries(constants.signals).map(([name, number]) => [number as number, name]));
// Two names for one number: the manuals say the first.
for (const name of ['SIGABRT', 'SIGIO', 'SIGSYS'] as const) SIGNAL_NAMES.set(constants.signals[name], name);

/** Exit status as a shell tells it: 128+n for signal n. */
export function readWaitStatus(waitStatus: number): { status: number; signal?: string } {
  const signal = waitStatus & 0x7f;
  if (signal === 0) return { status: (waitStatus >> 8) & 0xff };
  return { status: 128 + signal, signal: SIGNAL_NAMES.get(signal) ?? `SIGRTMIN+${signal - 34}` };
}
