import type { EntryView } from '@fallover/contract';
import type { Entry, InputCheck, RunState } from '@fallover/events';
import type { ClusterStore } from '@fallover/store';
import type { ActiveDocument } from '../runs/resume.ts';
import type { Outbox } from './outbox.ts';
import type { Secrets } from './secrets.ts';
import type { NotificationTests } from './tests.ts';

/** What the use cases of remote notification need. */
export interface NotificationUseCaseParts {
  node: string;
  cluster: string;
  /** The nodes whose cluster managers take part. */
  live(): readonly string[];
  store: ClusterStore;
  outbox: Outbox;
  tests: NotificationTests;
  secrets: Secrets;
  active(): Promise<ActiveDocument>;
  draft(): Promise<ActiveDocument>;
  /** The methods as a list shows them, in draft and active revision. */
  entries(): Promise<EntryView[]>;
  check(entry: Entry, among: readonly Entry[]): InputCheck;
  /** The newest past run of an event that has ended or failed; or the one that is asked for. */
  pastRun(event: string | undefined, run: string | undefined): RunState | undefined;
  hasRun(run: string): boolean;
  newId(): string;
  /** ISO 8601, UTC, and milliseconds since 1970. */
  now(): string;
  wall(): number;
  changed(): void;
}

type ClusterEntry = Extract<Entry, { class: 'cluster' }>;
type InterfaceEntry = Extract<Entry, { class: 'interface' }>;
type NetworkEntry = Extract<Entry, { class: 'network' }>;

const SERIAL = ['rs232', 'diskhb'];

/** What holds for all methods, as a document of the definition has it. */
export function clusterOf({ entries }: { entries: readonly Entry[] }) {
  const fields = entries.find((entry): entry is ClusterEntry => entry.class === 'cluster')?.fields ?? {};
  const serial = new Set(
    entries
      .filter((entry): entry is NetworkEntry => entry.class === 'network')
      .filter((network) => SERIAL.includes(network.fields.networkType?.cluster ?? ''))
      .map(({ name }) => name),
  );
  const heartbeatDevices = entries
    .filter((entry): entry is InterfaceEntry => entry.class === 'interface')
    .filter((one) => serial.has(one.fields.onNetwork?.cluster ?? ''))
    .flatMap((one) => one.fields.device?.cluster ?? []);
  const mailRelay = fields.mailRelay?.cluster;
  return {
    allowedTargets: fields.allowedTargets?.cluster ?? [],
    heartbeatDevices,
    ...(mailRelay === undefined ? {} : { mailRelay }),
  };
}

/** Where a run is seen, under the name by which others reach the console. */
export function linkTo({ entries }: { entries: readonly Entry[] }, run: string): string | undefined {
  const console = entries.find((entry): entry is ClusterEntry => entry.class === 'cluster')?.fields.consoleUrl?.cluster;
  return console === undefined ? undefined : `${console.replace(/\/+$/, '')}/runs/${encodeURIComponent(run)}`;
}
