import { constants } from 'node:fs';
import { open, readFile, realpath, stat } from 'node:fs/promises';
import type { LineFault } from './faults.ts';

/**
 * Whether a modem can be on this tty: it is there, a character device, a serial line, not in use as a heartbeat network, and
 * can be opened. A device of another kind is never opened: opening a watchdog, for one, starts it.
 */
export async function checkTty(tty: string, heartbeatDevices: readonly string[] = []): Promise<LineFault | undefined> {
  const device = await stat(tty).catch((error: NodeJS.ErrnoException) => error);
  if (device instanceof Error) {
    return device.code === 'ENOENT' || device.code === 'ENOTDIR'
      ? { code: 'tty_missing', tty }
      : { code: 'tty_not_accessible', tty, reason: device.code ?? device.message };
  }
  if (!device.isCharacterDevice() || !isSerial(device.rdev, await readFile('/proc/tty/drivers', 'utf8').catch(() => undefined))) {
    return { code: 'not_a_tty', tty };
  }
  const path = await realpath(tty).catch(() => tty);
  for (const heartbeat of heartbeatDevices) {
    const same = await stat(heartbeat).then(
      ({ rdev }) => rdev === device.rdev,
      () => false,
    );
    if (same || heartbeat === path || heartbeat === tty) return { code: 'tty_is_heartbeat', tty };
  }
  try {
    const file = await open(tty, constants.O_RDWR | constants.O_NONBLOCK | constants.O_NOCTTY);
    await file.close();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === 'EBUSY' ? { code: 'tty_busy', tty } : { code: 'tty_not_accessible', tty, reason: code ?? message };
  }
  return undefined;
}

/** Of `/proc/tty/drivers`: name, device, major, minor or a range of minors, type. */
const DRIVER = /^.+?\s+\S+\s+(\d+)\s+(\d+)(?:-(\d+))?\s+(\S+)$/;

/** Whether the kernel lists this device number as a serial line, or as the slave side of a pty. Without a list, any is taken. */
export function isSerial(device: number, drivers: string | undefined): boolean {
  if (drivers === undefined) return true;
  const major = Math.floor(device / 256) % 4096;
  const minor = (device % 256) + Math.floor(device / 1_048_576) * 256;
  return drivers.split('\n').some((line) => {
    const [, ofMajor, first, last, type] = DRIVER.exec(line.trimEnd()) ?? [];
    if (type !== 'serial' && type !== 'pty:slave') return false;
    return Number(ofMajor) === major && minor >= Number(first) && minor <= Number(last ?? first);
  });
}
