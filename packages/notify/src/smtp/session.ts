import { isIP } from 'node:net';
import { err, ok, type Result } from '@fallover/events';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { type Conversation, capped } from '../conversation.ts';
import { openSocket, placeOf, readCaFile } from '../network/connect.ts';
import { type NetworkFault, networkFaultOf } from '../network/faults.ts';
import type { KeptConnection } from '../transport.ts';
import type { SmtpFault } from './faults.ts';
import type { MailServer } from './server.ts';

type Fault = SmtpFault | NetworkFault;

/** A connection to a mail server on which one message after the other can be sent. */
export interface SmtpSession extends KeptConnection {
  /** Whether it still lives and has nothing of an earlier message; to be asked before a message is sent on a kept one. */
  reset(conversation: Conversation, signal: AbortSignal): Promise<boolean>;
  /** Sends one message; the dialogue is told to that message's conversation. */
  send(mail: EncodedMail, conversation: Conversation, signal: AbortSignal): Promise<Result<string, Fault>>;
  /** Nobody listens to it until the next message. */
  rest(): void;
}

export interface EncodedMail {
  from: string;
  to: string;
  bytes: Buffer;
}

interface SmtpError extends Error {
  code?: string | undefined;
  response?: string | undefined;
  responseCode?: number | undefined;
}

/** Connects, encrypts and logs in as the server's settings say. */
export async function openSession(
  server: MailServer,
  conversation: Conversation,
  signal: AbortSignal,
): Promise<Result<SmtpSession, Fault>> {
  const place = placeOf(server.host, server.port);
  const ca = await readCaFile(server.caFile);
  if (!ca.ok) return ca;
  conversation.note(`Connects to ${place}.`);
  const socket = await openSocket(server.host, server.port, signal);
  if (!socket.ok) return socket;

  let listener: Conversation | undefined = conversation;
  let mailOnItsWay: EncodedMail | undefined;
  let loggingIn = false;
  const tell = (entry: { tnx?: string }, text: string): void => {
    if (entry.tnx === 'server') listener?.received(text);
    // what follows AUTH is the password in some form, and the name of the mechanism is all that may be read
    if (entry.tnx === 'client') listener?.sent(loggingIn ? text.replace(/^(AUTH \S+)(?: .*)?$|^.*$/s, hiddenLogin) : text);
  };
  const tellMail = (entry: { tnx?: string }): void => {
    if (entry.tnx === 'message' && mailOnItsWay) listener?.sent(`${mailOnItsWay.bytes.toString().trimEnd()}\n.`);
  };
  const silent = (): void => {};
  // without a password an encryption that nobody vouches for is still better than none, which `auto` would accept too
  const unverified = server.security === 'auto' && server.login === undefined && server.caFile === undefined;
  const connection = new SMTPConnection({
    host: server.host,
    port: server.port,
    connection: socket.value,
    secure: server.security === 'tls',
    requireTLS: server.security === 'starttls',
    ignoreTLS: server.security === 'none',
    socketCloseTimeout: 0,
    maxResponseSize: 64 * 1024,
    transactionLog: true,
    logger: { level: silent, trace: silent, debug: tell, info: tellMail, warn: silent, error: silent, fatal: silent },
    tls: {
      rejectUnauthorized: !unverified,
      ...(ca.value === undefined ? {} : { ca: ca.value }),
      ...(isIP(server.host) === 0 ? { servername: server.host.replace(/\.$/, '') } : {}),
    },
  });
  const close = (): void => {
    connection.close();
    socket.value.destroy();
  };
  const faultOf = (error: SmtpError): Fault => smtpFaultOf(error, place, server);
  /** One exchange: it ends with the answer, with the first error of the connection, or when the time is over. */
  const exchange = <Value>(
    within: AbortSignal,
    start: (done: (error: SmtpError | null | undefined, value?: Value) => void) => void,
  ): Promise<Result<Value | undefined, Fault>> =>
    new Promise((resolve) => {
      const end = (result: Result<Value | undefined, Fault>): void => {
        within.removeEventListener('abort', onAbort);
        connection.removeListener('error', onError);
        connection.removeListener('end', onEnd);
        if (!connection.listenerCount('error')) connection.on('error', silent);
        resolve(result);
      };
      const onAbort = (): void => {
        end(err({ code: 'timed_out', place }));
        close();
      };
      const onError = (error: SmtpError): void => end(err(faultOf(error)));
      // the library is silent about a connection that is gone before it had something to say
      const onEnd = (): void => end(err({ code: 'connection_lost', place }));
      if (within.aborted) return onAbort();
      within.addEventListener('abort', onAbort);
      connection.on('error', onError);
      connection.on('end', onEnd);
      start((error, value) => end(error ? err(faultOf(error)) : ok(value)));
    });

  const session: SmtpSession = {
    async send(mail, told, within) {
      listener = told;
      mailOnItsWay = mail;
      const sent = await exchange<SMTPConnectionSendInfo>(within, (done) =>
        connection.send({ from: mail.from, to: [mail.to], size: mail.bytes.length, use8BitMime: false }, mail.bytes, done),
      );
      mailOnItsWay = undefined;
      if (!sent.ok) return sent;
      return ok(capped(sent.value?.response ?? ''));
    },
    async reset(told, within) {
      if (!session.usable()) return false;
      listener = told;
      told.note(`Uses a connection to ${place} that is open already.`);
      const answered = await exchange(within, (done) => connection.reset(done));
      if (!answered.ok) close();
      return answered.ok;
    },
    rest() {
      listener = undefined;
    },
    usable: () => !connection.destroyed && !socket.value.destroyed,
    async quit() {
      if (!session.usable()) return close();
      await exchange(AbortSignal.timeout(1000), (done) => {
        connection.once('end', () => done(null));
        connection.quit();
      });
      close();
    },
  };

  const failed = (fault: Fault): Result<SmtpSession, Fault> => {
    close();
    return err(fault);
  };
  const connected = await exchange(signal, (done) => connection.connect(done));
  if (!connected.ok) return failed(connected.error);
  if (connection.secure) {
    conversation.note(
      unverified
        ? 'The connection is encrypted; whose it is was not checked, as no password is sent.'
        : 'The connection is encrypted.',
    );
  }
  if (server.login !== undefined) {
    if (!mayCarryPassword(connection.secure, server.security, socket.value.remoteAddress))
      return failed({ code: 'login_not_encrypted', place });
    if (!connection.allowsAuth) return failed({ code: 'login_not_offered', place });
    const { user, password } = server.login;
    loggingIn = true;
    const loggedIn = await exchange(signal, (done) => connection.login({ user, pass: password }, done));
    loggingIn = false;
    if (!loggedIn.ok) return failed(loggedIn.error);
  }
  return ok(session);
}

type SMTPConnectionSendInfo = { response: string };

const hiddenLogin = (_: string, mechanism: string | undefined): string =>
  mechanism === undefined ? '••••' : mechanism === 'AUTH PLAIN' ? 'AUTH PLAIN ••••' : mechanism;

/** Encrypted, within this machine, or where the method says that the network is trusted. */
export const mayCarryPassword = (secure: boolean, security: MailServer['security'], address: string | undefined): boolean =>
  secure || security === 'none' || isLoopback(address);

const isLoopback = (address: string | undefined): boolean => address === '::1' || /^(?:::ffff:)?127\./.test(address ?? '');

function smtpFaultOf(error: SmtpError, place: string, server: MailServer): Fault {
  const reply = capped(error.response ?? error.message, 500);
  const status = error.responseCode;
  if (error.code === 'ETLS' && /upgrading|STARTTLS/i.test(error.message) && status !== undefined)
    return { code: 'starttls_not_offered', place };
  if (status !== undefined && status >= 400 && status < 600) {
    const permanent = status >= 500 && status !== 503;
    if (!permanent) return { code: 'mail_deferred', place, reply };
    if (error.code === 'EAUTH') return { code: 'login_refused', place, user: server.login?.user ?? '', reply };
    return { code: 'mail_refused', place, reply };
  }
  if (status !== undefined || error.code === 'EPROTOCOL' || error.code === 'EAUTH') return { code: 'not_smtp', place, reply };
  if (error.code === 'EMESSAGE' || error.code === 'EENVELOPE') return { code: 'mail_refused', place, reply };
  if (error.code === 'ETIMEDOUT') return { code: 'timed_out', place };
  const fault = networkFaultOf(error, place, server.host);
  return fault.code === 'connection_lost' && error.code === 'ETLS' ? { code: 'tls_failed', place, reason: reply } : fault;
}
