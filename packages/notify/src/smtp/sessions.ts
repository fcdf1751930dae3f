import { createHash } from 'node:crypto';
import { ok, type Result } from '@fallover/events';
import type { Conversation } from '../conversation.ts';
import type { NetworkFault } from '../network/faults.ts';
import type { SendContext } from '../transport.ts';
import type { SmtpFault } from './faults.ts';
import type { MailServer } from './server.ts';
import { openSession, type SmtpSession } from './session.ts';

/** Servers often take no more than a hundred messages on one connection. */
const MOST_MAILS = 100;

type Opened = Promise<Result<SmtpSession, SmtpFault | NetworkFault>>;

/** How many mails a connection that is kept has been used for. */
interface KeptSession extends SmtpSession {
  mails: number;
}

/** The connections to one mail server for one message: a kept one that still answers, else a new one. */
export function smtpSessions(server: MailServer, told: Conversation, { connections, signal }: SendContext) {
  // the password is a part of what the connection is, but nothing that should lie about
  const key = `smtp ${createHash('sha256').update(JSON.stringify(server)).digest('hex')}`;
  const uses = new Map<SmtpSession, number>();
  const open = (): Opened => openSession(server, told, signal);
  return {
    open,
    async take(): Opened {
      for (let kept = connections?.take(key); kept !== undefined; kept = connections?.take(key)) {
        const session = kept as KeptSession;
        if (await session.reset(told, signal)) {
          uses.set(session, session.mails);
          return ok(session);
        }
      }
      return open();
    },
    reused: (session: SmtpSession): boolean => uses.has(session),
    /** Keeps it for the next message, or takes leave. */
    async giveBack(session: SmtpSession): Promise<void> {
      const mails = (uses.get(session) ?? 0) + 1;
      if (connections === undefined || !session.usable() || mails >= MOST_MAILS) return session.quit();
      session.rest();
      connections.give(key, Object.assign(session, { mails }));
    },
  };
}
