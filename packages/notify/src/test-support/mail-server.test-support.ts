import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export interface MailPeer {
  port: number;
  taken: { from: string; to: string[]; raw: string }[];
  /** How many connections have been made. */
  connections(): number;
  close(): Promise<void>;
}

/** A mail server on loopback that keeps what it takes. */
export async function mailPeer(options: SMTPServerOptions = {}): Promise<MailPeer> {
  const taken: MailPeer['taken'] = [];
  let connections = 0;
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const from = session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address;
        const to = session.envelope.rcptTo.map(({ address }) => address);
        taken.push({ from, to, raw: Buffer.concat(chunks).toString() });
        done(null, 'Queued as 4711');
      });
    },
    ...options,
  });
  server.on('error', () => {});
  server.server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.server.address() as { port: number }).port,
    taken,
    connections: () => connections,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
