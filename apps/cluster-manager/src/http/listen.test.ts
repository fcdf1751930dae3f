import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { get, type RequestListener } from 'node:http';
import { get as getOverTls } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Listening, type ListenSettings, listen, planListening } from './listen.ts';
import { type ListenFault, listenSentence } from './listen-faults.ts';

let directory: string;
const open: Listening[] = [];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'fallover-listen-'));
});
afterEach(async () => {
  for (const listening of open.splice(0)) await listening.close();
  rmSync(directory, { recursive: true });
});

const says =
  (text: string): RequestListener =>
  (_request, response) =>
    response.end(text);
const app = { overNetwork: says('network'), overControlSocket: says('control socket'), close: () => undefined };
const socketIn = () => join(directory, 'control.sock');

async function start(settings: Partial<ListenSettings> = {}) {
  const plan = await planListening({ address: '127.0.0.1:0', controlSocket: socketIn(), behindTlsProxy: false, ...settings });
  const listening = plan.ok ? await listen(plan.value, app) : plan;
  if (listening.ok) open.push(listening.value);
  return listening;
}
async function started(settings: Partial<ListenSettings> = {}): Promise<Listening> {
  const listening = await start(settings);
  if (!listening.ok) throw new Error(listenSentence(listening.error));
  return listening.value;
}
async function fault(settings: Partial<ListenSettings>): Promise<ListenFault | undefined> {
  const listening = await start(settings);
  return listening.ok ? undefined : listening.error;
}

function textAt(address: string | { socketPath: string }): Promise<string> {
  return new Promise((resolve, reject) => {
    const read = (message: NodeJS.ReadableStream) => message.on('data', (data) => resolve(String(data)));
    if (typeof address !== 'string') get({ ...address, agent: false }, read).on('error', reject);
    else if (address.startsWith('https:'))
      getOverTls(address, { rejectUnauthorized: false, agent: false }, read).on('error', reject);
    else get(address, { agent: false }, read).on('error', reject);
  });
}

function certificate(): { tlsCertificate: string; tlsKey: string } {
  const [tlsCertificate, tlsKey] = [join(directory, 'cert.pem'), join(directory, 'key.pem')];
  const options = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-subj', '/CN=localhost', '-days', '1'];
  execFileSync('openssl', ['req', '-x509', ...options, '-keyout', tlsKey, '-out', tlsCertificate], { stdio: 'ignore' });
  return { tlsCertificate, tlsKey };
}

describe('listening', () => {
  it('takes a free port for port 0, and has a control socket for its own user only', async () => {
    const { url, port, controlSocket } = await started();
    expect(url).toBe(`http://127.0.0.1:${port}`);
    expect(await textAt(url)).toBe('network');
    expect(await textAt({ socketPath: controlSocket })).toBe('control socket');
    expect(statSync(controlSocket).mode & 0o777).toBe(0o600);
  });

  it('leaves nothing behind', async () => {
    const listening = await started();
    await listening.close();
    open.pop();
    expect(existsSync(socketIn())).toBe(false);
    await expect(textAt(listening.url)).rejects.toThrow('ECONNREFUSED');
  });

  it('ends in time while a client still waits for a reply', async () => {
    let closed = false;
    const close = () => {
      closed = true;
    };
    const never = { ...app, overNetwork: () => undefined, close };
    const plan = await planListening({ address: '127.0.0.1:0', controlSocket: socketIn(), behindTlsProxy: false });
    if (!plan.ok) throw new Error(plan.error.code);
    const listening = await listen(plan.value, never);
    if (!listening.ok) throw new Error(listening.error.code);
    const waiting = textAt(listening.value.url);
    waiting.catch(() => undefined);
    await listening.value.close();
    expect(closed).toBe(true);
    await expect(waiting).rejects.toThrow();
  });

  it('replaces the socket of a daemon that was killed', async () => {
    const script = "require('node:net').createServer().listen(process.argv[1], () => process.kill(process.pid, 'SIGKILL'))";
    expect(() => execFileSync(process.execPath, ['-e', script, socketIn()], { stdio: 'ignore' })).toThrow();
    expect(statSync(socketIn()).isSocket()).toBe(true);
    expect(await textAt({ socketPath: (await started()).controlSocket })).toBe('control socket');
  });

  it('serves TLS with the given files', async () => {
    const { url } = await started(certificate());
    expect(url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    expect(await textAt(url)).toBe('network');
  });

  it('may be beyond loopback with TLS, or behind a proxy that ends it', async () => {
    const beyond = { address: '0.0.0.0:0', controlSocket: socketIn() };
    const withTls = await planListening({ ...beyond, ...certificate(), behindTlsProxy: false });
    const behindProxy = await planListening({ ...beyond, behindTlsProxy: true });
    expect([withTls, behindProxy].map((plan) => plan.ok && plan.value.secure)).toEqual([true, true]);
  });

  it('may be on every kind of loopback without', async () => {
    for (const address of ['localhost:0', '127.0.0.2:0', '[::1]:0']) {
      const plan = await planListening({ address, controlSocket: socketIn(), behindTlsProxy: false });
      expect(plan.ok && plan.value.secure).toBe(false);
      expect(plan.ok).toBe(true);
    }
  });
});

describe('what listening refuses', () => {
  it.each(['8770', 'localhost', '127.0.0.1:99999', '::1:8770', '[127.0.0.1]:1', 'http://127.0.0.1:1'])(
    'the address %s',
    async (address) => {
      expect(await fault({ address })).toEqual({ code: 'listen_address_malformed', address });
    },
  );

  it('a port in use', async () => {
    const { port } = await started();
    const address = `127.0.0.1:${port}`;
    expect(await fault({ address, controlSocket: join(directory, 'other.sock') })).toEqual({
      code: 'listen_address_in_use',
      address,
    });
    expect(existsSync(join(directory, 'other.sock'))).toBe(false);
  });

  it('an address of another machine', async () => {
    const address = '192.0.2.1:8770';
    expect(await fault({ address, behindTlsProxy: true })).toEqual({ code: 'listen_address_not_available', address });
  });

  it('beyond loopback without TLS', async () => {
    for (const address of ['0.0.0.0:0', '[::]:0', '192.0.2.1:8770'])
      expect(await fault({ address })).toEqual({ code: 'listen_beyond_loopback', address });
  });

  it('a host that is not known', async () => {
    const address = 'no-such-host.invalid:8770';
    expect(await fault({ address })).toEqual({ code: 'listen_host_not_found', address });
  });

  it('half of a certificate, both ways of TLS, and files that are none', async () => {
    const { tlsCertificate, tlsKey } = certificate();
    expect(await fault({ tlsCertificate })).toEqual({ code: 'tls_incomplete', missing: '--tls-key' });
    expect(await fault({ tlsKey })).toEqual({ code: 'tls_incomplete', missing: '--tls-cert' });
    expect(await fault({ tlsCertificate, tlsKey, behindTlsProxy: true })).toEqual({ code: 'tls_and_proxy' });
    const missing = join(directory, 'missing.pem');
    expect(await fault({ tlsCertificate: missing, tlsKey })).toEqual({
      code: 'tls_file_unreadable',
      path: missing,
      reason: 'ENOENT',
    });
    expect(await fault({ tlsCertificate: tlsKey, tlsKey })).toMatchObject({
      code: 'tls_not_usable',
      certificate: tlsKey,
      key: tlsKey,
    });
  });

  it('a control socket with a path that is too long', async () => {
    const controlSocket = join(directory, 'x'.repeat(100), 'control.sock');
    expect(await fault({ controlSocket })).toEqual({
      code: 'control_socket_path_too_long',
      path: controlSocket,
      bytes: Buffer.byteLength(controlSocket),
    });
  });

  it('a second daemon, a file, and a directory that is missing in place of the control socket', async () => {
    await started();
    expect(await fault({})).toEqual({ code: 'control_socket_in_use', path: socketIn() });
    const file = join(directory, 'file.sock');
    writeFileSync(file, 'precious');
    expect(await fault({ controlSocket: file })).toEqual({ code: 'control_socket_occupied', path: file });
    const nowhere = join(directory, 'nowhere/control.sock');
    const failed = await fault({ controlSocket: nowhere });
    expect(failed).toMatchObject({ code: 'control_socket_failed', path: nowhere });
  });
});

describe('sentences of listening', () => {
  const address = '127.0.0.1:8770';
  it.each<[ListenFault, string]>([
    [
      { code: 'listen_address_malformed', address: 'x' },
      '--listen x is not an address. Write HOST:PORT, such as 127.0.0.1:8770 or [::1]:8770.',
    ],
    [
      { code: 'listen_address_in_use', address },
      'Another process listens on 127.0.0.1:8770. End it, or choose another port with --listen.',
    ],
    [
      { code: 'listen_address_not_available', address },
      '127.0.0.1:8770 is not an address of this machine. Choose one of its own with --listen.',
    ],
    [
      { code: 'listen_not_permitted', address: '127.0.0.1:80' },
      'This user may not listen on 127.0.0.1:80: ports below 1024 are for root. Choose a higher port with --listen.',
    ],
    [
      { code: 'listen_host_not_found', address: 'nodea:8770' },
      'The host of --listen nodea:8770 is not known. Check its spelling, or write its IP address.',
    ],
    [
      { code: 'listen_beyond_loopback', address: '0.0.0.0:8770' },
      'Listening on 0.0.0.0:8770 lets other machines in, and passwords would cross the network in the clear. Add --tls-cert and --tls-key, or --behind-tls-proxy when a proxy ends TLS.',
    ],
    [
      { code: 'listen_failed', address, reason: 'EMFILE' },
      'Listening on 127.0.0.1:8770 failed (EMFILE). Choose another address with --listen.',
    ],
    [{ code: 'tls_incomplete', missing: '--tls-key' }, '--tls-key is missing: --tls-cert and --tls-key go together.'],
    [
      { code: 'tls_and_proxy' },
      '--behind-tls-proxy says that a proxy ends TLS, and --tls-cert and --tls-key that the cluster manager does. Leave one of them out.',
    ],
    [
      { code: 'tls_file_unreadable', path: '/c.pem', reason: 'ENOENT' },
      '/c.pem cannot be read (ENOENT). Check --tls-cert and --tls-key.',
    ],
    [
      { code: 'tls_not_usable', certificate: '/c.pem', key: '/k.pem', reason: 'ERR_OSSL' },
      'The certificate /c.pem and the key /k.pem cannot be used together (ERR_OSSL). Both have to be PEM files, of the same key pair.',
    ],
    [
      { code: 'control_socket_path_too_long', path: '/long', bytes: 120 },
      "The control socket's path /long has 120 bytes, and the system allows 107. Choose a state directory with a shorter path.",
    ],
    [
      { code: 'control_socket_in_use', path: '/s' },
      'Another cluster manager answers at /s. There can be only one for a state directory.',
    ],
    [
      { code: 'control_socket_occupied', path: '/s' },
      '/s is there and is no socket. Move it away; the control socket has to be there.',
    ],
    [
      { code: 'control_socket_failed', path: '/s', reason: 'EACCES' },
      'The control socket /s cannot be made (EACCES). Check the state directory.',
    ],
  ])('say %o', (given, sentence) => {
    expect(listenSentence(given)).toBe(sentence);
  });
});
