import type { NotificationView, RunSummary } from '@fallover/contract';

/** A mail as the server has taken it. */
export interface TakenMail {
  /** Of its Message-ID. */
  id: string;
  to: string;
}

export interface Evidence {
  /** Every run of a bound event that has ended. */
  runs: readonly RunSummary[];
  /** The whole delivery log. */
  log: readonly NotificationView[];
  taken: readonly TakenMail[];
  method: string;
  recipients: readonly string[];
}

/** What P9 forbids, in sentences: by the daemon's own log and by what the mail server has taken. */
export function check({ runs, log, taken, method, recipients }: Evidence): string[] {
  const violations: string[] = [];
  const byId = new Map(log.map((one) => [one.id, one]));
  const times = new Map<string, number>();
  for (const { id, to } of taken) {
    const notification = [...byId.keys()].find((known) => id.startsWith(`${known}.`));
    if (notification === undefined) violations.push(`A mail to ${to} belongs to no notification: ${id}.`);
    else times.set(`${notification} ${to}`, (times.get(`${notification} ${to}`) ?? 0) + 1);
  }
  for (const { id: run, outcome } of runs) {
    for (const moment of ['start', outcome === 'succeeded' ? 'success' : 'failure']) {
      const id = `${run}.${moment}.${method}`;
      const found = byId.get(id);
      if (!found) {
        violations.push(`Nothing was recorded of the ${moment} of run ${run}.`);
        continue;
      }
      if (found.state === 'grouped' && byId.get(found.toldBy ?? '')?.tellsOf?.includes(id)) continue;
      for (const to of recipients) violations.push(...checkRecipient(found, to, times.get(`${id} ${to}`) ?? 0));
    }
  }
  return violations;
}

/** Delivered as often as at least once, and once more at most for each time that it was interrupted; or it is said that it was not. */
function checkRecipient({ id, state, toldBy, recipients }: NotificationView, to: string, taken: number): string[] {
  const recipient = recipients.find((one) => one.to === to);
  if (!recipient) return [`${id} is not for ${to}.`];
  const interrupted = recipient.attempts.filter(({ outcome }) => outcome === 'interrupted').length;
  if (recipient.state === 'delivered' && taken === 0)
    return [`${id} counts as delivered to ${to}, and the mail server has not taken it.`];
  if (recipient.state !== 'delivered' && recipient.state !== 'failed' && recipient.state !== 'expired')
    return [
      `${id} to ${to} ended as ${recipient.state}, and the whole as ${state}${toldBy === undefined ? '' : ` told by ${toldBy}`}.`,
    ];
  if (taken > 1 + interrupted) return [`${id} was taken ${taken} times for ${to}, and was interrupted ${interrupted} times.`];
  return [];
}
