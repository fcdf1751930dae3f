import type { NotificationMethodView, NotificationView, SilenceView } from '@fallover/contract';
import type { NotificationState, NotificationTransport } from '@fallover/events';
import { visible } from '../ansi.ts';

export type Status = 'success' | 'warning' | 'danger' | 'info';

/** What became of a notification, in words. */
export const STATE_WORDS: Record<NotificationState, { says: string; status?: Status }> = {
  waiting: { says: 'waits to be sent', status: 'info' },
  held: { says: 'held back by the limit per hour', status: 'warning' },
  sending: { says: 'being sent', status: 'info' },
  delivered: { says: 'delivered', status: 'success' },
  failed: { says: 'failed', status: 'danger' },
  expired: { says: 'expired, not sent', status: 'warning' },
  grouped: { says: 'told with another one' },
  digested: { says: 'told in a digest' },
  silenced: { says: 'silenced' },
  acknowledged: { says: 'not needed: acknowledged' },
};

type RecipientState = NotificationView['recipients'][number]['state'];
export const RECIPIENT_WORDS: Record<RecipientState, { says: string; status: Status }> = {
  waiting: { says: 'waits', status: 'info' },
  sending: { says: 'being sent', status: 'info' },
  delivered: { says: 'delivered', status: 'success' },
  failed: { says: 'failed', status: 'danger' },
  expired: { says: 'expired, not sent', status: 'warning' },
};

/** What one message costs by the piece. */
const COSTS: Partial<Record<NotificationTransport, string>> = {
  gsm_sms: 'an SMS',
  smpp: 'an SMS',
  numeric_pager: 'a page',
  tap_pager: 'a page',
};
export const costOf = (transport: NotificationTransport | undefined): string | undefined =>
  transport === undefined ? undefined : COSTS[transport];

const counted = (count: number, one: string): string => (count === 1 ? `1 ${one}` : `${count} ${one}s`);

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `5 min`, `3 h`, `41 days`. */
function span(ms: number): string {
  if (ms < HOUR) return `${Math.max(1, Math.floor(ms / MINUTE))} min`;
  return ms < 2 * DAY ? `${Math.floor(ms / HOUR)} h` : counted(Math.floor(ms / DAY), 'day');
}

export function ago(iso: string, now: number): string {
  const past = now - Date.parse(iso);
  return past < MINUTE ? 'just now' : `${span(past)} ago`;
}

/** When a method last delivered something; red once that is too long ago, for nobody knows whether it still works. */
export function proofWords(
  { lastProven, stale }: Pick<NotificationMethodView, 'lastProven' | 'stale'>,
  now: number,
): { says: string; status?: Status } {
  if (lastProven === undefined) return stale ? { says: 'never proven', status: 'danger' } : { says: 'never' };
  const past = now - Date.parse(lastProven);
  if (stale) return { says: `not proven for ${span(past)}`, status: 'danger' };
  return { says: ago(lastProven, now), status: 'success' };
}

const two = (value: number): string => String(value).padStart(2, '0');
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A moment to come, as somebody says it: `14:30`, `tomorrow 07:00`, `Nov 27 07:00`. */
export function untilWords(iso: string, now: number): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  const time = `${two(at.getHours())}:${two(at.getMinutes())}`;
  const dayOf = (ms: number): string => new Date(ms).toDateString();
  if (at.toDateString() === dayOf(now)) return time;
  return at.toDateString() === dayOf(now + DAY) ? `tomorrow ${time}` : `${MONTHS[at.getMonth()]} ${at.getDate()} ${time}`;
}

/** `Notifications by oncall about node_down`. */
export const silencedWords = ({ method, event }: Pick<SilenceView, 'method' | 'event'>): string =>
  method === undefined && event === undefined
    ? 'All notifications'
    : `Notifications${method === undefined ? '' : ` by ${method}`}${event === undefined ? '' : ` about ${event}`}`;

export const silenceSentence = (silence: SilenceView, now: number): string =>
  `${silencedWords(silence)} are silenced until ${untilWords(silence.until, now)} by ${silence.by}: ${visible(silence.reason)}`;

/** A text of several lines, each made fit to be shown: what is not to be seen in it is made visible. */
export const shownLines = (text: string): string[] => text.replaceAll('\r\n', '\n').split('\n').map(visible);
export const shownText = (text: string): string => shownLines(text).join('\n');

/** Whom it went to; where the settings say all, there is nobody to name. */
export const recipientWords = (to: string): string => (to === '' ? 'as the settings say' : visible(to));

/** `2 of 3`: the recipients that have it. */
export const doneOf = ({ recipients }: Pick<NotificationView, 'recipients'>): string =>
  `${recipients.filter(({ state }) => state === 'delivered').length} of ${recipients.length}`;

/** The last thing that the other side said, or what is wrong and what to do. */
export const lastAnswer = ({ attempts }: NotificationView['recipients'][number]): string | undefined =>
  attempts.findLast(({ answer }) => answer !== undefined)?.answer;

/** It is sent only if nobody acknowledges the run before. */
export const isEscalationToCome = (
  { state, escalatedFrom, notBefore }: Pick<NotificationView, 'state' | 'escalatedFrom' | 'notBefore'>,
  now: number,
): boolean => state === 'waiting' && escalatedFrom !== undefined && notBefore !== undefined && Date.parse(notBefore) > now;
