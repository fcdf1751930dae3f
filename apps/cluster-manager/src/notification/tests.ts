import type { ConversationLineView, NotificationView } from '@fallover/contract';
import { type EffectiveMethod, err, type Notification, type NotificationRecipient, ok, type Result } from '@fallover/events';
import { type ConversationLine, type Delivery, deliveryFault } from '@fallover/notify';
import type { ClusterOfNotification } from './deliver.ts';
import { viewOfNotification } from './views.ts';

/** A test as whoever started it watches it: all lines from the first, then the end. */
export interface RunningTest {
  id: string;
  lines: ConversationLineView[];
  end?: NotificationView;
  /** Called after each change. */
  listeners: Set<() => void>;
}

/** What is sent, by which method, and what holds for all methods in the configuration that it is taken from. */
export interface TestAsked {
  notification: Notification;
  method: EffectiveMethod;
  of: ClusterOfNotification;
  /** Each message costs money. */
  paid: boolean;
}

export interface TestParts {
  node: string;
  deliver(
    asked: Omit<TestAsked, 'paid'>,
    recipient: NotificationRecipient,
    say: (line: ConversationLine) => void,
  ): Promise<Delivery>;
  /** The delivery log has tests too, and a test proves a method. */
  record(notification: Notification): Promise<void>;
  /** Milliseconds since 1970. */
  now(): number;
  failed(error: unknown): void;
}

export interface NotificationTests {
  /** Or how many seconds to wait for the next one. */
  start(asked: TestAsked): Result<RunningTest, { seconds: number; paid: boolean }>;
  get(id: string): RunningTest | undefined;
  /** Those that are running have ended. */
  settled(): Promise<void>;
}

const KEPT_MS = 600_000;
const MOST_LINES = 2_000;
const WINDOW_MS = 600_000;
/** In ten minutes: an SMS or a page costs money, and a mistake in a script must not cost much. */
const MOST = { paid: 5, free: 30 } as const;

/** Sends tests at once, each by the path of a real notification, and keeps what was said for whoever watches. */
export function notificationTests(parts: TestParts): NotificationTests {
  const running = new Map<string, RunningTest>();
  const started: Record<keyof typeof MOST, number[]> = { paid: [], free: [] };
  const sending = new Set<Promise<void>>();

  function limit(kind: keyof typeof MOST): number | undefined {
    const at = parts.now();
    started[kind] = started[kind].filter((one) => at - one < WINDOW_MS && one <= at);
    const [oldest] = started[kind];
    if (started[kind].length >= MOST[kind] && oldest !== undefined)
      return Math.max(1, Math.ceil((oldest + WINDOW_MS - at) / 1000));
    started[kind].push(at);
    return undefined;
  }

  /** Whoever watches a test sees it end, whatever happens. */
  function defect(error: unknown): Delivery {
    parts.failed(error);
    const sentence = 'Fallover met a fault of its own while it was sending. The log of the daemon tells more.';
    return err(deliveryFault('defect', sentence, 'give_up'));
  }

  async function send(test: RunningTest, { notification, ...asked }: TestAsked): Promise<void> {
    const told = (recipient: string, { direction, text }: ConversationLine): void => {
      if (test.lines.length >= MOST_LINES) return;
      test.lines.push({ at: new Date(parts.now()).toISOString(), recipient, direction, text: text.slice(0, 8_192) });
      for (const listener of test.listeners) listener();
    };
    const recipients = [];
    // One after the other: the conversations stay readable, and a modem has one line.
    for (const recipient of notification.recipients) {
      const { to } = recipient;
      const at = parts.now();
      const sent = await parts.deliver({ notification, ...asked }, recipient, (line) => told(to, line)).catch(defect);
      const outcome = sent.ok ? ({ outcome: 'delivered', answer: sent.value.answer } as const) : failureOf(sent.error);
      const attempt = {
        number: 1,
        node: parts.node,
        at: new Date(at).toISOString(),
        durationMs: Math.max(0, parts.now() - at),
        ...outcome,
      };
      recipients.push({ to, state: sent.ok ? ('delivered' as const) : ('failed' as const), attempts: [attempt] });
    }
    const state = recipients.every((recipient) => recipient.state === 'delivered') ? 'delivered' : 'failed';
    const ended: Notification = { ...notification, state, recipients };
    await parts.record(ended).catch(parts.failed);
    test.end = viewOfNotification(ended);
    for (const listener of test.listeners) listener();
    setTimeout(() => running.delete(test.id), KEPT_MS).unref();
  }

  return {
    start(asked) {
      const { notification, paid } = asked;
      const seconds = limit(paid ? 'paid' : 'free');
      if (seconds !== undefined) return err({ seconds, paid });
      const test: RunningTest = { id: notification.id, lines: [], listeners: new Set() };
      running.set(test.id, test);
      const sent = send(test, asked)
        .catch(parts.failed)
        .finally(() => sending.delete(sent));
      sending.add(sent);
      return ok(test);
    },
    get: (id) => running.get(id),
    async settled() {
      await Promise.allSettled([...sending]);
    },
  };
}

const failureOf = ({ code, sentence }: { code: string; sentence: string }) =>
  ({ outcome: 'failed', code, answer: sentence }) as const;
