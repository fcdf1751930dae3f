import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface MailSink {
  readonly port: number;
  /** Each mail as it came over the wire. */
  readonly mails: readonly string[];
  /** A recipient that it does not know: 550. */
  refuses(address: string): void;
  close(): Promise<void>;
}

/** A mail server on loopback that keeps what it is given. */
export async function startMailSink(): Promise<MailSink> {
  const mails: string[] = [];
  const refused = new Set<string>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    onRcptTo({ address }, _session, done) {
      const error = Object.assign(new Error('No such user here'), { responseCode: 550 });
      done(refused.has(address) ? error : undefined);
    },
    onData(stream, _session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        mails.push(Buffer.concat(parts).toString('utf8'));
        done(null, 'queued as 4711');
      });
    },
  });
  // A client that goes away in the middle is its own affair.
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    port,
    mails,
    refuses: (address) => void refused.add(address),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
