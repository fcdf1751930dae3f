import { mkdtempSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { datagramReceiver } from './datagram.test-support.ts';
import { serviceManager } from './service-manager.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'fallover-notify-'));
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(directory, { recursive: true, force: true });
});

const never = (reason: string): never => {
  throw new Error(reason);
};

describe('what systemd is told', () => {
  it.each(['a file', 'a name without a file'])('arrives at a real socket: %s', async (kind) => {
    const socket = kind === 'a file' ? join(directory, 'notify') : `@fallover-test-${process.pid}-${Date.now()}`;
    const receiver = datagramReceiver(socket);
    const systemd = await serviceManager({ socket, failed: never });
    systemd.ready();
    systemd.status('Cluster payroll');
    systemd.status('Cluster payroll');
    systemd.status('one\nREADY=1 line');
    systemd.stopping();
    expect(receiver.received()).toEqual([
      'READY=1\n',
      'STATUS=Cluster payroll\n',
      'STATUS=one READY=1 line\n',
      'STOPPING=1\nSTATUS=The cluster manager stops.\n',
    ]);
    receiver.close();
  });

  it('is nothing where systemd did not start it, or where nobody listens', async () => {
    const reasons: string[] = [];
    const failed = (reason: string) => void reasons.push(reason);
    for (const socket of [undefined, '', join(directory, 'nobody'), 'vsock:2:1234']) {
      const systemd = await serviceManager({ socket, failed });
      systemd.status('x');
      systemd.ready();
      systemd.stopping();
    }
    expect(reasons).toEqual([`errno ${constants.errno.ENOENT}`, 'vsock:2:1234 is not a unix socket']);
  });

  it('is said again while systemd does not read, the status with it', async () => {
    vi.useFakeTimers();
    const sent: string[] = [];
    let busy = true;
    const datagrams = async () => (text: string) => {
      if (busy) return constants.errno.EAGAIN;
      sent.push(text);
      return 0;
    };
    const systemd = await serviceManager({ socket: '/x', datagrams, failed: never });
    systemd.ready();
    vi.advanceTimersByTime(1000);
    busy = false;
    systemd.status('up');
    vi.advanceTimersByTime(1000);
    expect(sent).toEqual(['STATUS=up\n', 'READY=1\n']);
  });
});
