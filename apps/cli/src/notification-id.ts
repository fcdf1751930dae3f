import type { NotificationView } from '@fallover/contract';
import { listNotifications } from './addresses.ts';
import type { Answer, Daemon } from './control-socket.ts';
import { err, ok, type Result } from './result.ts';
import { type IdFault, idSentence, isTooShort, matchId } from './short-id.ts';

const PAGE = 200;
const PAGES_LOOKED_THROUGH = 50;

export const notificationIdSentence = (fault: IdFault): string =>
  idSentence(fault, {
    place: 'NOTIFICATION',
    one: 'notification',
    several: 'notifications',
    list: 'fallover query notification',
  });

/** `RUN.MOMENT.METHOD`, which the daemon knows or not. */
const WHOLE = /^[0-9a-f-]{36}\.[a-z]+\../;
export const isWholeNotificationId = (text: string): boolean => WHOLE.test(text);

/** The notification whose id is, begins or ends so. */
export async function findNotification(daemon: Daemon, text: string): Promise<Answer<Result<NotificationView, IdFault>>> {
  const read = (reply: Result<NotificationView, IdFault>) => ({ ok: true as const, reply, raw: '' });
  if (isTooShort(text)) return read(err({ code: 'id_too_short', text }));
  const known = new Map<string, NotificationView>();
  let before: string | undefined;
  for (let page = 0; page < PAGES_LOOKED_THROUGH; page += 1) {
    const answer = await daemon.ask(listNotifications, { query: { limit: PAGE, before } });
    if (!answer.ok) return answer;
    for (const one of answer.reply.notifications) known.set(one.id, one);
    const whole = known.get(text);
    if (whole) return read(ok(whole));
    before = answer.reply.next;
    if (before === undefined) break;
  }
  const found = matchId(text, [...known.keys()]);
  return read(found.ok ? ok(known.get(found.value) as NotificationView) : found);
}
