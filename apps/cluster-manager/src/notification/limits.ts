import { type EffectiveMethod, EXPIRES_AFTER_MS, type Notification } from '@fallover/events';
import { idOfMoment } from '../runs/clock.ts';
import { localTime } from './compose.ts';
import { isVerbatim } from './method-settings.ts';

const HOUR_MS = 3_600_000;
/** A digest names so many; the delivery log has them all. */
const MOST_NAMED = 40;

export interface HourlyLimits {
  /** When it may be sent although its method has had its share of this hour; undefined: now, and it is counted. */
  heldUntil(
    method: Pick<EffectiveMethod, 'name' | 'hourlyLimit'>,
    notification: Pick<Notification, 'id' | 'moment'>,
  ): number | undefined;
  /** What was sent before this daemon started counts too. */
  seed(sent: readonly Pick<Notification, 'id' | 'method' | 'moment' | 'recipients'>[]): void;
}

/** How many notifications a method has sent in an hour of the clock. Tests are bounded by themselves, a digest is what is left over. */
export function hourlyLimits(now: () => number): HourlyLimits {
  let hour = 0;
  let counted = new Map<string, Set<string>>();
  const ofMethod = (name: string): Set<string> => {
    const current = Math.floor(now() / HOUR_MS);
    if (current !== hour) {
      hour = current;
      counted = new Map();
    }
    const ids = counted.get(name) ?? new Set<string>();
    counted.set(name, ids);
    return ids;
  };
  return {
    heldUntil({ name, hourlyLimit }, { id, moment }) {
      if (hourlyLimit === 0 || moment === 'test' || moment === 'digest') return undefined;
      const ids = ofMethod(name);
      if (ids.has(id)) return undefined;
      if (ids.size >= hourlyLimit) return (hour + 1) * HOUR_MS;
      ids.add(id);
      return undefined;
    },
    seed(sent) {
      for (const { id, method, moment, recipients } of sent) {
        const first = recipients.flatMap(({ attempts }) => attempts.map(({ at }) => Date.parse(at))).sort((a, b) => a - b)[0];
        if (first === undefined || moment === 'test' || moment === 'digest') continue;
        const ids = ofMethod(method);
        if (Math.floor(first / HOUR_MS) === hour) ids.add(id);
      }
    },
  };
}

/** One notification for those that the limit of a method has held back in an hour. */
export function digestOf(
  cluster: string,
  { name: method, transport }: Pick<EffectiveMethod, 'name' | 'transport'>,
  held: readonly Notification[],
  now: number,
): Notification | undefined {
  const sorted = [...held].sort((a, b) => (a.at < b.at ? -1 : 1));
  const [first] = sorted;
  const last = sorted.at(-1);
  if (!first || !last) return undefined;
  const hour = Math.floor(now / HOUR_MS) * HOUR_MS;
  const lines = sorted.slice(0, MOST_NAMED).map(({ at, subject }) => `${localTime(at)}  ${subject}`);
  const more = sorted.length - lines.length;
  const text = [
    `${sorted.length} notifications of ${method} were held back by its hourly limit:`,
    ...lines,
    ...(more > 0 ? [`and ${more} more. The delivery log has them all.`] : []),
  ].join('\n');
  return {
    id: `${idOfMoment(hour, `${cluster} ${method}`)}.digest.${method}`,
    method,
    moment: 'digest',
    event: last.event,
    args: [],
    node: last.node,
    drill: sorted.every(({ drill }) => drill),
    at: last.at,
    expiresAt: new Date(now + EXPIRES_AFTER_MS).toISOString(),
    severity: last.severity,
    subject: `${cluster}: ${sorted.length} further notifications were held back by the hourly limit`,
    text: isVerbatim(transport) ? last.text : text,
    thread: first.thread,
    state: 'waiting',
    nodes: last.nodes,
    recipients: last.recipients.map(({ to }) => ({ to, state: 'waiting', attempts: [] })),
    tellsOf: sorted.map(({ id }) => id),
  };
}
