import type { NotificationMoment, NotificationSeverity, NotificationTransport, Result } from '@fallover/events';
import type { z } from 'zod';

/** What one notification says, to any recipient. */
export interface Message {
  /** One line, for whoever has room for a title. */
  subject: string;
  /** The message text with its substitutions made; it can have several lines. */
  text: string;
  severity: NotificationSeverity;
  /** A test is not about a run; a digest sums up what a limit has held back. */
  moment: NotificationMoment | 'test' | 'digest';
  cluster: string;
  node: string;
  event: string;
  /** The arguments of the event. */
  args: readonly string[];
  run?: string;
  /** Whether it is a drill: nothing has really happened. */
  drill: boolean;
  /** ISO 8601, UTC: when it happened, not when it is sent. */
  at: string;
  /** Of the run's panel in the console, where that has a name by which others reach it. */
  link?: string;
  /** The same for every attempt at one recipient, so that a receiver can tell a repeat. Letters, digits, `.`, `-`, `_`. */
  dedupe: string;
  /** The same for all notifications about one run. */
  thread: string;
}

/** One line of the conversation with the other side, as it happens. Secrets are masked by whoever listens. */
export interface ConversationLine {
  /** `sent` by us, `received` from the other side, or what we have to say about it. */
  direction: 'sent' | 'received' | 'note';
  text: string;
}

export interface SendContext {
  cluster: string;
  node: string;
  /** Aborted when the method's timeout is over. A transport then lets go of line and connection and answers `timed_out`. */
  signal: AbortSignal;
  say(line: ConversationLine): void;
  /** Where HTTP may go although it is refused without being allowed: addresses, networks, names of hosts. */
  allowedTargets: readonly string[];
  /** Ports of this daemon, which no notification may reach. */
  ownPorts: readonly number[];
  /** Devices that carry a heartbeat network of this node: no line may be opened on them. */
  heartbeatDevices?: readonly string[];
  /** `smtp://HOST:PORT` of the cluster, for methods that name no server. */
  mailRelay?: string;
  /** Where connections are kept from one message to the next. A test goes without, so that its whole conversation is seen. */
  connections?: KeptConnections;
  /** Starts a command that has passed the trust checks: never through a shell. The text is its standard input. */
  runCommand(command: RunnableCommand): Promise<CommandEnd>;
}

/** A connection that can serve several messages, one after the other. */
export interface KeptConnection {
  usable(): boolean;
  /** Takes leave of the other side; it never fails and takes a second at most. */
  quit(): Promise<void>;
}
/** Connections that nobody uses at the moment, by what is on their other side. The daemon has one such keeper and closes it. */
export interface KeptConnections {
  /** It belongs to the caller until it is given back. */
  take(key: string): KeptConnection | undefined;
  give(key: string, connection: KeptConnection): void;
  /** Ends all of them; what is given back later is ended at once. */
  close(): Promise<void>;
}

export interface RunnableCommand {
  path: string;
  args: readonly string[];
  environment: Readonly<Record<string, string>>;
  input: string;
  signal: AbortSignal;
}
/** `refused`: it was not started, and why, in a sentence. */
export type CommandEnd = { status: number; output: string } | { refused: string };

/** What the other side said when it took the message. */
export type Delivery = Result<{ answer: string }, DeliveryFault>;

export interface DeliveryFault {
  code: string;
  /** What is wrong, where, and what to do. */
  sentence: string;
  /** `retry` later; the `next_node` of the list can perhaps (a device that this one has not); or `give_up`: it will never be taken. */
  next: 'retry' | 'next_node' | 'give_up';
}

/** A fault of what was typed; `setting` is the name of the setting, `contact` or `text`. */
export interface SettingsFault {
  setting: string;
  code: string;
  sentence: string;
}

/**
 * A transport: one folder. `settings` is a strict object of strings, numbers, booleans and enums, made by `settingsSchema`;
 * the form is built from its JSON Schema. Its properties carry `.meta({ title, description, secret, perNode, placeholder })`.
 */
export interface Transport<Settings extends z.ZodObject = z.ZodObject> {
  kind: NotificationTransport;
  /** Such as `E-mail (SMTP)`. */
  title: string;
  /** One sentence: what it is for and what it needs. */
  description: string;
  /** What *Number to Dial or Cell Phone Address* means for it; `required` unless the settings say all. */
  contact: { label: string; description: string; placeholder: string; required: boolean };
  settings: Settings;
  /** Each message is paid for, by its length or by the piece: its words are few, and so are tests. */
  costs?: true;
  /** What is shown is the text and nothing else: nothing is added to it, not even that it is a test. */
  verbatim?: true;
  /** One notification goes to each of them by itself, with its own retries. At least one; `''` where there is no contact. */
  recipients(contact: string): Result<string[], SettingsFault>;
  /** What a message text must be for it, before substitutions; the fault is about `text`. */
  checkText?(text: string, settings: z.output<Settings>): SettingsFault | undefined;
  /** What has to be there on this node: a tty that is there, a character device, not a heartbeat's. Asked when the method is saved and before each message. */
  checkNode?(settings: z.output<Settings>, heartbeatDevices?: readonly string[]): Promise<DeliveryFault | undefined>;
  /** Never throws for what the other side does. */
  send(message: Message, recipient: string, settings: z.output<Settings>, context: SendContext): Promise<Delivery>;
  /** Set where one message at a time can be sent from a node, such as by a modem: what is shared, or undefined. */
  exclusive?(settings: z.output<Settings>): string | undefined;
  /** Pieces that the text is sent in, where each costs: SMS segments. */
  measure?(
    text: string,
    settings: z.output<Settings>,
  ): { encoding: string; characters: number; segments: number; perSegment: number };
}
