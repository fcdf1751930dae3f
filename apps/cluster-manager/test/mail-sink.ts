import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** A mail server on loopback that keeps what it takes. */
export interface MailSink {
  url: string;
  port: number;
  mails: { to: string[]; text: string }[];
  close(): Promise<void>;
}

export async function mailSink(options: SMTPServerOptions = {}, port = 0): Promise<MailSink> {
  const mails: MailSink['mails'] = [];
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        mails.push({ to: envelope.rcptTo.map(({ address }) => address), text: Buffer.concat(chunks).toString() });
        done(null, 'Queued');
      });
    },
    ...options,
  });
  server.on('error', () => {}); // a client that is killed in the middle
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const bound = (server.server.address() as { port: number }).port;
  return {
    url: `smtp://127.0.0.1:${bound}`,
    port: bound,
    mails,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** The value of a header of a mail. */
export const header = (text: string, name: string): string | undefined =>
  new RegExp(`^${name}:\\s*(.*(?:\\r\\n\\s.*)*)`, 'mi')
    .exec(text)?.[1]
    ?.replace(/\r\n\s+/g, ' ')
    .trim();
