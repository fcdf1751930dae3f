import { createHash } from 'node:crypto';
import { type EffectiveMethod, inputSentence, type Notification, type NotificationRecipient } from '@fallover/events';
import {
  type ConversationLine,
  type Delivery,
  type DeliveryFault,
  deliveryFault,
  type KeptConnections,
  type Message,
  masking,
  type SendContext,
} from '@fallover/notify';
import { readMethod } from './method-settings.ts';
import type { CommandRunner } from './run-command.ts';
import type { Secrets } from './secrets.ts';

/** What holds for all methods of the cluster now. */
export interface ClusterOfNotification {
  allowedTargets: readonly string[];
  mailRelay?: string;
  /** Devices that carry a heartbeat network: no page may take them. */
  heartbeatDevices: readonly string[];
}

export interface DeliverParts {
  node: string;
  cluster: string;
  secrets: Secrets;
  runCommand: CommandRunner;
  /** Kept from one message to the next. */
  connections: KeptConnections;
  /** The ports on which this daemon listens. */
  ownPorts(): readonly number[];
}

export interface DeliverAsked {
  notification: Notification;
  recipient: Pick<NotificationRecipient, 'to' | 'attemptsBefore'>;
  method: EffectiveMethod;
  of: ClusterOfNotification;
  link?: string | undefined;
  signal: AbortSignal;
  /** Whoever wants to see the whole conversation; it then has a connection of its own. */
  say?: ((line: ConversationLine) => void) | undefined;
}

export type Deliver = (asked: DeliverAsked) => Promise<Delivery>;

/** The one way from a notification to a recipient: a test takes it as a real one does. */
export function delivering(parts: DeliverParts): Deliver {
  const { node, cluster, secrets } = parts;
  return async ({ notification, recipient, method, of, link, signal, say }) => {
    const ready = readMethod(method, node, secrets);
    if (!ready.ok)
      return refused(deliveryFault('method_not_usable', ready.error.map((fault) => inputSentence(fault)).join(' '), 'give_up'));
    const { transport, settings } = ready.value;
    const masked = masking(ready.value.secrets);
    const timeout = AbortSignal.timeout(method.timeoutMs);
    const context: SendContext = {
      cluster,
      node,
      signal: AbortSignal.any([signal, timeout]),
      say: ({ direction, text }) => say?.({ direction, text: masked(text) }),
      ...(say ? {} : { connections: parts.connections }),
      allowedTargets: of.allowedTargets,
      ownPorts: parts.ownPorts(),
      heartbeatDevices: of.heartbeatDevices,
      ...(of.mailRelay === undefined ? {} : { mailRelay: of.mailRelay }),
      runCommand: parts.runCommand,
    };
    try {
      const lacking = await transport.checkNode?.(settings, of.heartbeatDevices);
      if (lacking) return refused(maskedFault(lacking, masked));
      const sent = await transport.send(
        messageOf(notification, recipient, { node, cluster, link }),
        recipient.to,
        settings,
        context,
      );
      return sent.ok ? { ok: true, value: { answer: masked(sent.value.answer) } } : refused(maskedFault(sent.error, masked));
    } catch (error) {
      const reason = masked(error instanceof Error ? error.message : String(error));
      return refused(deliveryFault('defect', `Fallover met a fault of its own while it was sending: ${reason}`, 'retry'));
    }
  };
}

const refused = (fault: DeliveryFault): Delivery => ({ ok: false, error: fault });
const maskedFault = (fault: DeliveryFault, masked: (text: string) => string): DeliveryFault => ({
  ...fault,
  sentence: masked(fault.sentence),
});

function messageOf(
  { id, subject, text, severity, moment, event, args, run, drill, at, thread }: Notification,
  { to, attemptsBefore = 0 }: Pick<NotificationRecipient, 'to' | 'attemptsBefore'>,
  { node, cluster, link }: { node: string; cluster: string; link: string | undefined },
): Message {
  return {
    subject,
    text,
    severity,
    moment,
    cluster,
    node,
    event,
    args,
    ...(run === undefined ? {} : { run }),
    drill,
    at,
    ...(link === undefined ? {} : { link }),
    // What a person has sent again is not to be taken for a repeat.
    dedupe: dedupeOf(attemptsBefore === 0 ? id : `${id}.${attemptsBefore}`, to),
    thread,
  };
}

/** The same for every attempt at a recipient, other for each recipient; only letters, digits, `.`, `-` and `_`. */
const dedupeOf = (notification: string, recipient: string): string =>
  `${notification}.${createHash('sha256').update(recipient).digest('hex').slice(0, 12)}`;
