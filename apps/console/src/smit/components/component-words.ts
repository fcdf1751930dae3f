import type { ComponentRunView, ComponentScriptView, ScriptResultView, verifyComponent } from '@fallover/contract';
import type { ComponentMode, EventOutcomeKind, ScriptStatus, ShownHealthState } from '@fallover/events';
import type { Reply } from '../../api.ts';

type Status = 'success' | 'warning' | 'danger' | 'info';
export interface Said {
  says: string;
  status?: Status;
}
type Finding = Reply<typeof verifyComponent>['findings'][number];

export const MODE_WORDS: Record<ComponentMode, string> = {
  manual: 'a person runs its events',
  driven: 'Fallover runs its events through the life of the node',
  observed: 'the ctdbd of this node runs its events, and Fallover looks on',
};

export const PROFILE_WORDS = {
  ctdb: 'NN.name.script, as current CTDB reads them',
  readme: 'NN.name, no number twice, as the README has it',
} as const;

export const HEALTH_WORDS: Record<ShownHealthState, Said> = {
  healthy: { says: 'healthy', status: 'success' },
  unhealthy: { says: 'UNHEALTHY', status: 'danger' },
  unknown: { says: 'not known' },
  not_monitored: { says: 'not monitored' },
};

const STATUS_WORDS: Record<ScriptStatus, Status | undefined> = {
  OK: 'success',
  ERROR: 'danger',
  TIMEDOUT: 'danger',
  'CANNOT RUN': 'danger',
  DISABLED: undefined,
};

/** Without a status it runs now. */
export function statusWords(status: ScriptStatus | undefined): Said {
  if (status === undefined) return { says: 'running', status: 'info' };
  const colour = STATUS_WORDS[status];
  return { says: status, ...(colour === undefined ? {} : { status: colour }) };
}

const OUTCOME_WORDS: Record<EventOutcomeKind, Said> = {
  ok: { says: 'OK', status: 'success' },
  failed: { says: 'failed', status: 'danger' },
  timed_out: { says: 'timed out', status: 'danger' },
  cancelled: { says: 'cancelled' },
  no_directory: { says: 'no directory', status: 'danger' },
  interrupted: { says: 'interrupted', status: 'warning' },
};

export const outcomeWords = (outcome: EventOutcomeKind): Said => OUTCOME_WORDS[outcome];

export function runWords({ state, outcome }: Pick<ComponentRunView, 'state' | 'outcome'>): Said {
  if (state === 'waiting') return { says: 'waiting', status: 'info' };
  if (state === 'running' || outcome === undefined) return { says: 'running', status: 'info' };
  return outcomeWords(outcome);
}

/** What a script exited with, or what stood in the way of that. */
export function exitWords({ exitStatus, signal, errno }: Pick<ScriptResultView, 'exitStatus' | 'signal' | 'errno'>): string {
  if (signal !== undefined) return `signal ${signal}`;
  if (exitStatus !== undefined) return String(exitStatus);
  return errno === undefined ? '–' : `errno ${errno}`;
}

export const eventTitle = ({ event, args }: Pick<ComponentRunView, 'event' | 'args'>): string => [event, ...args].join(' ');

export function askedBy({ origin }: Pick<ComponentRunView, 'origin'>): string {
  switch (origin.kind) {
    case 'person':
      return origin.name;
    case 'cluster_manager':
      return 'cluster manager';
    case 'ctdbd':
      return 'ctdbd';
  }
}

/** Findings about a script that keep it from being run, and those of them that CTDB calls disabled. */
const AS_DISABLED = new Set(['script_disabled', 'counts_as_disabled', 'script_not_a_file']);
const BETWEEN_NODES = new Set(['only_on_node', 'script_differs', 'enabled_differs']);

/** Whether the next event runs a script, and why not. Verification knows more than the execute bit does. */
export function scriptState(script: ComponentScriptView, findings: readonly Finding[]): Said & { why?: string } {
  const finding = findings.find(({ file, code }) => file === script.file && !BETWEEN_NODES.has(code));
  const why = finding?.sentence ?? script.fault;
  if (finding && !AS_DISABLED.has(finding.code)) return { says: 'CANNOT RUN', status: 'danger', why: finding.sentence };
  if (finding || !script.enabled)
    return { says: 'DISABLED', why: why ?? `${script.name} is disabled: its owner may not execute it.` };
  if (why !== undefined) return { says: 'CANNOT RUN', status: 'danger', why };
  return { says: 'enabled', status: 'success' };
}

/** What enabling or disabling a script does, before it is done. A script that is a link is disabled by taking the link away. */
export function enablingSentence(directory: string, script: ComponentScriptView, enable: boolean): string {
  const path = `${directory}/${script.file}`;
  if (enable) return `This sets the execute bits of ${path} (chmod a+x).`;
  return script.link === undefined
    ? `This takes the execute bits from ${path} (chmod a-x). The file stays where it is.`
    : `This removes the link ${path}. The script that it leads to, ${script.link}, stays where it is.`;
}

/** Enabling one that is installed, and not in the directory of the component. */
export const linkingSentence = (directory: string, path: string): string =>
  `This makes a link in ${directory} to the installed script ${path}.`;

interface Monitored {
  run: string;
  at: string;
  outcome: EventOutcomeKind;
  script?: string | undefined;
}

/** Monitor events one after another that ended alike. */
export interface MonitorSpell extends Omit<Monitored, 'at'> {
  from: string;
  to: string;
  count: number;
}

/** The spells of a history that is told oldest first, newest first: a night of OK is one line. `run` is their last. */
export function spellsOf(history: readonly Monitored[]): MonitorSpell[] {
  const spells: MonitorSpell[] = [];
  for (const { run, at, outcome, script } of history) {
    const last = spells[0];
    if (last && last.outcome === outcome && last.script === script) Object.assign(last, { run, to: at, count: last.count + 1 });
    else spells.unshift({ run, from: at, to: at, count: 1, outcome, ...(script === undefined ? {} : { script }) });
  }
  return spells;
}

/** `2 failed, 38 OK`: what a strip shows, for who does not see it. */
export function countsOf(history: readonly Pick<Monitored, 'outcome'>[]): string {
  const counts = new Map<EventOutcomeKind, number>();
  for (const { outcome } of history) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return [...counts].map(([outcome, count]) => `${count} ${outcomeWords(outcome).says}`).join(', ');
}
