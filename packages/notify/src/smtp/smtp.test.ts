import type { Socket } from 'node:net';
import { simpleParser } from 'mailparser';
import type { SMTPServerOptions } from 'smtp-server';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { type MailPeer, mailPeer } from '../test-support/mail-server.test-support.ts';
import { aContext, aMessage } from '../test-support/message.test-support.ts';
import { certificates, closedPort, type Peer, tcpPeer } from '../test-support/peers.test-support.ts';
import type { Delivery } from '../transport.ts';
import { smtp } from './smtp.ts';

const tls = certificates();
afterAll(() => tls.remove());

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

async function mailServer(options?: SMTPServerOptions): Promise<MailPeer> {
  const peer = await mailPeer(options);
  open.push(peer.close);
  return peer;
}

async function rawServer(onConnection: (socket: Socket) => void): Promise<Peer> {
  const peer = await tcpPeer(onConnection);
  open.push(peer.close);
  return peer;
}

const settingsFor = (port: number, more: Record<string, string> = {}) =>
  smtp.settings.parse({ server: '127.0.0.1', port: String(port), sender: 'fallover@example.com', ...more });

const send = async (port: number, more: Record<string, string> = {}, context = aContext(), message = aMessage()) =>
  smtp.send(message, 'ops@example.com', settingsFor(port, more), context);

/** `code next` of a refused delivery, or the answer. */
async function outcome(delivery: Delivery | Promise<Delivery>): Promise<string> {
  const result = await delivery;
  return result.ok ? result.value.answer : `${result.error.code} ${result.error.next}`;
}

describe('e-mail over SMTP', () => {
  it('sends one plain mail that mailers thread and robots do not answer', async () => {
    const { port, taken } = await mailServer();
    expect(
      await outcome(send(port, {}, aContext(), aMessage({ text: 'Grüße\n.\nFrom nodea', subject: 'Ausfall: nodea ⚠' }))),
    ).toBe('250 Queued as 4711');
    expect(taken).toHaveLength(1);
    expect([taken[0]?.from, taken[0]?.to]).toEqual(['fallover@example.com', ['ops@example.com']]);
    const mail = await simpleParser(taken[0]?.raw ?? '');
    expect(mail.text).toBe('Grüße\n.\nFrom nodea\n');
    expect(mail.subject).toBe('Ausfall: nodea ⚠');
    expect(mail.from?.text).toBe('"Fallover on clusterx" <fallover@example.com>');
    expect(mail.messageId).toBe('<01990000.failure.ops.1@clusterx.fallover>');
    expect(mail.inReplyTo).toBe('<01990000@clusterx.fallover>');
    expect(mail.references).toBe('<01990000@clusterx.fallover>');
    expect(mail.date?.toISOString()).toBe('2026-03-01T12:34:56.000Z');
    expect(mail.headers.get('x-fallover-event')).toBe('node_down');
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
    expect(mail.attachments).toEqual([]);
  });

  it('tells the dialogue line by line, the message in its place', async () => {
    const { port } = await mailServer();
    const context = aContext();
    await send(port, {}, context);
    const dialogue = context.dialogue();
    expect(dialogue[0]).toBe(`# Connects to 127.0.0.1:${port}.`);
    const steps = dialogue.flatMap(
      (line) => /^[<>] (?:220|EHLO|MAIL|RCPT|DATA|354|Subject|\.$|250 Queued|QUIT|221)/.exec(line)?.[0] ?? [],
    );
    expect(steps).toEqual([
      ...['< 220', '> EHLO', '> MAIL', '> RCPT', '> DATA', '< 354', '> Subject', '> .', '< 250 Queued', '> QUIT', '< 221'],
    ]);
  });

  it('uses the mail relay of the cluster where the method names no server', async () => {
    const { port, taken } = await mailServer();
    const settings = smtp.settings.parse({ sender: 'fallover@example.com' });
    const relayed = aContext({ mailRelay: `smtp://127.0.0.1:${port}` });
    expect((await smtp.send(aMessage(), 'ops@example.com', settings, relayed)).ok).toBe(true);
    expect(taken).toHaveLength(1);
    const sent = (context = aContext()) => outcome(smtp.send(aMessage(), 'ops@example.com', settings, context));
    expect(await sent()).toBe('no_mail_server give_up');
    expect(await sent(aContext({ mailRelay: 'mail' }))).toBe('mail_relay_not_understood give_up');
  });
});

describe('a mail server that asks who sends', () => {
  const asking: SMTPServerOptions = {
    disabledCommands: [],
    key: tls.key,
    cert: tls.cert,
    onAuth: ({ username, password }, _session, done) =>
      username === 'fallover' && password === 'open sesame, please'
        ? done(null, { user: username })
        : done(new Error(`No such user with password ${password}`)),
  };
  const login = { user: 'fallover', password: 'open sesame, please' };

  it.each([['PLAIN'], ['LOGIN'], ['CRAM-MD5']] as const)(
    'gets %s over STARTTLS, and nobody sees the password',
    async (method) => {
      const cram: SMTPServerOptions =
        method === 'CRAM-MD5'
          ? {
              onAuth: (auth, _, done) =>
                auth.validatePassword(login.password) ? done(null, { user: 'x' }) : done(new Error('No')),
            }
          : {};
      const { port, taken } = await mailServer({ ...asking, ...cram, authMethods: [method] });
      const context = aContext();
      expect(await outcome(send(port, { ...login, caFile: tls.caFile, security: 'starttls' }, context))).toBe(
        '250 Queued as 4711',
      );
      expect(taken).toHaveLength(1);
      const dialogue = context.dialogue();
      expect(dialogue).toContain('> STARTTLS');
      expect(dialogue).toContain(method === 'PLAIN' ? '> AUTH PLAIN ••••' : `> AUTH ${method}`);
      expect(dialogue.filter((line) => line === '> ••••')).toHaveLength({ PLAIN: 0, LOGIN: 2, 'CRAM-MD5': 1 }[method]);
      for (const form of [
        login.password,
        Buffer.from(login.password).toString('base64'),
        Buffer.from('/* secret */').toString('base64'),
      ])
        expect(dialogue.join('\n')).not.toContain(form);
    },
  );

  it('is told a wrong password once, and a reply that repeats it is not shown', async () => {
    const { port } = await mailServer(asking);
    const context = aContext();
    const result = await send(port, { user: 'fallover', password: 'wrong horse battery', caFile: tls.caFile }, context);
    expect(await outcome(result)).toBe('login_refused give_up');
    expect(JSON.stringify([result, context.said])).toContain('No such user with password ••••');
    expect(JSON.stringify([result, context.said])).not.toContain('wrong horse');
  });

  it('gets no password unencrypted, unless that is wished', async () => {
    const { port } = await mailServer({ ...asking, disabledCommands: ['STARTTLS'], allowInsecureAuth: true });
    // loopback is no network, so that a local relay may be without TLS
    expect(await outcome(send(port, login))).toBe('250 Queued as 4711');
    expect(await outcome(send(port, { ...login, security: 'none' }))).toBe('250 Queued as 4711');
    expect(await outcome(send(port, { ...login, security: 'starttls' }))).toBe('starttls_not_offered give_up');
  });

  it('offers nothing to log in with', async () => {
    const { port } = await mailServer();
    expect(await outcome(send(port, login))).toBe('login_not_offered give_up');
  });
});

describe('the encryption of mail', () => {
  const encrypted: SMTPServerOptions = { disabledCommands: ['AUTH'], key: tls.key, cert: tls.cert };

  it('is used when offered, even by a server that nobody vouches for, since nothing secret is sent', async () => {
    const { port } = await mailServer(encrypted);
    const context = aContext();
    expect(await outcome(send(port, {}, context))).toBe('250 Queued as 4711');
    expect(context.dialogue()).toContain('# The connection is encrypted; whose it is was not checked, as no password is sent.');
  });

  it('is checked when it is required', async () => {
    const { port } = await mailServer(encrypted);
    expect(await outcome(send(port, { security: 'starttls' }))).toBe('certificate_not_trusted next_node');
    expect(await outcome(send(port, { security: 'starttls', caFile: tls.caFile }))).toBe('250 Queued as 4711');
    expect(await outcome(send(port, { security: 'starttls', caFile: '/nowhere/ca.pem' }))).toBe('ca_file_not_readable next_node');
    expect(await outcome(send(port, { security: 'none' }))).toBe('250 Queued as 4711');
  });

  it('is there from the beginning on a port for it', async () => {
    const { port } = await mailServer({ ...encrypted, secure: true });
    expect(await outcome(send(port, { security: 'tls', caFile: tls.caFile }))).toBe('250 Queued as 4711');
    expect(await outcome(send(port, { security: 'tls', server: 'localhost', caFile: tls.caFile }))).toBe('250 Queued as 4711');
    expect(await outcome(send(port, { security: 'tls' }))).toBe('certificate_not_trusted next_node');
    const plain = await mailServer();
    expect(await outcome(send(plain.port, { security: 'tls' }))).toBe('tls_failed retry');
  });
});

describe('a mail server that does not take the message', () => {
  const answering = (responseCode: number, text: string): Error => Object.assign(new Error(text), { responseCode });

  it('is asked again after a 4xx reply and not after a 5xx', async () => {
    const busy = await mailServer({ onRcptTo: (_address, _session, done) => done(answering(450, 'Greylisted')) });
    expect(await outcome(send(busy.port))).toBe('mail_deferred retry');
    const unknown = await mailServer({ onRcptTo: (_address, _session, done) => done(answering(550, 'No such user here')) });
    const refused = await send(unknown.port);
    expect(await outcome(refused)).toBe('mail_refused give_up');
    expect(refused.ok || refused.error.sentence).toContain('"550 No such user here"');
    const strict = await mailServer({ onMailFrom: (_address, _session, done) => done(answering(553, 'Not your sender')) });
    expect(await outcome(send(strict.port))).toBe('mail_refused give_up');
    const full = await mailServer({
      onData: (stream, _session, done) => stream.on('end', () => done(answering(452, 'Disk full'))).resume(),
    });
    expect(await outcome(send(full.port))).toBe('mail_deferred retry');
    const closing = await rawServer((socket) => socket.end('421 Shutting down\r\n'));
    expect(await outcome(send(closing.port))).toBe('mail_deferred retry');
  });

  it('refuses the connection, or has no address', async () => {
    expect(await outcome(send(await closedPort()))).toBe('connection_refused retry');
    expect(await outcome(send(25, { server: 'nobody.invalid' }))).toBe('name_not_found retry');
  });

  it('cuts the connection at any point', async () => {
    const cutters: ((socket: Socket) => void)[] = [
      (socket) => socket.destroy(),
      (socket) => socket.end('220 mail.exa'),
      (socket) => socket.write('220 hello\r\n', () => socket.once('data', () => socket.destroy())),
      (socket) => talkative(socket, 'MAIL', () => socket.destroy()),
      (socket) =>
        talkative(socket, 'DATA', () => socket.write('354 go on\r\n', () => socket.once('data', () => socket.destroy()))),
    ];
    for (const cut of cutters) {
      const peer = await rawServer(cut);
      expect(await outcome(send(peer.port))).toBe('connection_lost retry');
    }
  });

  it('hangs at any point: when the time is over the connection is closed', async () => {
    const hangers: ((socket: Socket) => void)[] = [
      () => {},
      (socket) => socket.write('220-wait\r\n'),
      (socket) => talkative(socket, 'EHLO', () => {}),
      (socket) => talkative(socket, 'RCPT', () => {}),
      (socket) => talkative(socket, 'DATA', () => {}),
    ];
    for (const hang of hangers) {
      const peer = await rawServer(hang);
      expect(await outcome(send(peer.port, {}, aContext({ signal: AbortSignal.timeout(150) })))).toBe('timed_out retry');
      expect(peer.connections()).toBe(1);
      await peer.allClosed();
    }
    const used = aContext({ signal: AbortSignal.abort() });
    expect(await outcome(send(await closedPort(), {}, used))).toBe('timed_out retry');
  });

  it('answers slowly, a byte at a time', async () => {
    const peer = await rawServer((socket) => {
      const slowly = (text: string): void => {
        for (const [index, byte] of [...text].entries()) setTimeout(() => socket.write(byte), index * 2);
      };
      slowly('220 slow\r\n');
      let data = false;
      socket.on('data', (chunk) => {
        const text = chunk.toString();
        if (data) {
          if (!/\r\n\.\r\n$/.test(text)) return;
          data = false;
          slowly('250 got it\r\n');
        } else if (text.startsWith('DATA')) {
          data = true;
          slowly('354 go on\r\n');
        } else slowly(text.startsWith('QUIT') ? '221 bye\r\n' : '250 fine\r\n');
      });
    });
    expect(await outcome(send(peer.port))).toBe('250 got it');
    await peer.allClosed();
  });

  it('is not a mail server, or never comes to an end', async () => {
    const web = await rawServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    expect(await outcome(send(web.port))).toBe('not_smtp retry');
    const endless = await rawServer((socket) => {
      const more = (): void => {
        if (socket.destroyed) return;
        socket.write(`220-${'x'.repeat(1000)}\r\n`);
        setImmediate(more);
      };
      more();
    });
    const context = aContext();
    expect(await outcome(send(endless.port, {}, context))).toBe('not_smtp retry');
    await endless.allClosed();
  });
});

/** Answers every command with 250 until one begins with the given word. */
function talkative(socket: Socket, until: string, then: () => void): void {
  socket.write('220 hello\r\n');
  socket.on('data', (chunk) => {
    for (const line of chunk.toString().split('\r\n').filter(Boolean)) {
      if (line.startsWith(until)) {
        socket.removeAllListeners('data');
        return then();
      }
      socket.write('250 fine\r\n');
    }
  });
}
