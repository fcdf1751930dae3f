import { err, isPending, type Notification, ok } from '@fallover/events';
import type { UseCases } from '../http/use-cases.ts';
import { CHANGED_MEANWHILE } from '../runs/refusals.ts';
import { refusal } from './faults.ts';
import type { NotificationUseCaseParts } from './parts.ts';
import { viewOfNotification } from './views.ts';

type LogUseCases = Pick<UseCases, 'listNotifications' | 'listRunNotifications' | 'acknowledgeRun' | 'redeliverNotification'>;
type Filter = Parameters<UseCases['listNotifications']>[0]['query'];

const PAGE = 200;
/** A filter that finds nothing ends after so many, and can be asked to go on. */
const MOST_SEEN = 5_000;
const MOST_OF_A_RUN = 500;
const REDELIVERED_FOR_MS = 3_600_000;

/** The delivery log, and what people do about what it says. */
export function logUseCases({ store, outbox, hasRun, now, wall, changed }: NotificationUseCaseParts): LogUseCases {
  async function ofRun(run: string): Promise<Notification[]> {
    const newest = await store.notifications({ before: `${run}.~`, limit: MOST_OF_A_RUN });
    return newest.filter((one) => one.run === run).reverse();
  }

  return {
    async listNotifications({ query }) {
      const found: Notification[] = [];
      let before = query.before;
      for (let seen = 0; seen < MOST_SEEN; seen += PAGE) {
        const page = await store.notifications({ limit: PAGE, ...(before === undefined ? {} : { before }) });
        for (const one of page) {
          before = one.id;
          if (isWanted(one, query)) found.push(one);
          if (found.length >= query.limit) return ok({ notifications: found.map(viewOfNotification), next: one.id });
        }
        if (page.length < PAGE) return ok({ notifications: found.map(viewOfNotification) });
      }
      return ok({ notifications: found.map(viewOfNotification), ...(before === undefined ? {} : { next: before }) });
    },

    async listRunNotifications({ parameters: { run } }) {
      const [notifications, acknowledgement] = [await ofRun(run), await store.acknowledgement(run)];
      const next = notifications.filter(
        (one) => one.escalatedFrom !== undefined && one.state === 'waiting' && one.notBefore !== undefined,
      );
      return ok({
        notifications: notifications.map(viewOfNotification),
        ...(acknowledgement ? { acknowledgement } : {}),
        escalations: acknowledgement
          ? []
          : next.map(({ escalatedFrom = '', method, notBefore = '' }) => ({ from: escalatedFrom, to: method, at: notBefore })),
      });
    },

    async acknowledgeRun({ parameters: { run }, body: { comment } }, { principal, request }) {
      if (!hasRun(run)) return err(refusal({ code: 'run_unknown', run }));
      // Who knew first stays: a second one learns who that is.
      const first = await store.acknowledgement(run);
      if (first) return ok({ acknowledgement: first });
      const acknowledgement = {
        run,
        by: principal.name,
        at: now(),
        ...(comment === undefined || comment === '' ? {} : { comment }),
      };
      const reply = { acknowledgement };
      const written = await store.acknowledge(request, acknowledgement, { status: 200, body: JSON.stringify(reply) });
      if (written.outcome === 'repeated') return { repeated: written.answer };
      if (written.outcome === 'changed_meanwhile') {
        const other = await store.acknowledgement(run);
        return other ? ok({ acknowledgement: other }) : err(CHANGED_MEANWHILE);
      }
      const needless = outbox.pending().filter((one) => one.run === run && one.escalatedFrom !== undefined);
      for (const { id } of needless) await outbox.close(id, { state: 'acknowledged' });
      changed();
      return ok(reply);
    },

    async redeliverNotification({ parameters: { notification: id }, body: { all } }, { principal, request }) {
      const stored = await store.notification(id);
      if (!stored) return err(refusal({ code: 'notification_not_found', id }));
      if (isPending(stored.notification)) return err(refusal({ code: 'not_over_yet', id }));
      const { toldBy: _t, silence: _s, fault: _f, notBefore: _n, ...kept } = stored.notification;
      const isAgain = (state: string): boolean => all || state !== 'delivered';
      if (!kept.recipients.some(({ state }) => isAgain(state))) return err(refusal({ code: 'nobody_left_to_tell', id }));
      const again: Notification = {
        ...kept,
        state: 'waiting',
        redeliveredBy: principal.name,
        expiresAt: new Date(wall() + REDELIVERED_FOR_MS).toISOString(),
        recipients: kept.recipients.map((recipient) =>
          isAgain(recipient.state)
            ? { to: recipient.to, state: 'waiting', attempts: recipient.attempts, attemptsBefore: recipient.attempts.length }
            : recipient,
        ),
      };
      const reply = { notification: viewOfNotification(again) };
      const written = await store.changeNotification(
        request,
        { notification: again, revision: stored.revision },
        { status: 200, body: JSON.stringify(reply) },
      );
      if (written.outcome === 'repeated') return { repeated: written.answer };
      if (written.outcome === 'changed_meanwhile') return err(CHANGED_MEANWHILE);
      changed();
      return ok(reply);
    },
  };
}

function isWanted(one: Notification, { method, event, run, state, text }: Filter): boolean {
  if (method !== undefined && method !== one.method) return false;
  if (event !== undefined && event !== one.event) return false;
  if (run !== undefined && run !== one.run) return false;
  if (state !== undefined && state !== one.state) return false;
  if (text === undefined || text === '') return true;
  const words = [
    one.subject,
    ...one.recipients.flatMap(({ to, attempts }) => [to, ...attempts.map(({ answer = '' }) => answer)]),
  ];
  return words.some((word) => word.toLowerCase().includes(text.toLowerCase()));
}
