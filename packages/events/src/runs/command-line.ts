import type { StepKind } from './types.ts';

/** What a command is told, beside its own path (the table of DOMAIN.md section 1). */
export interface StepFacts {
  kind: StepKind;
  event: string;
  args: readonly string[];
  /** STATUS: for post-events and the final notify; in a preview, where it is not known yet, the word. */
  status: number | 'STATUS';
}

/** The arguments after the command's own path. */
export function argumentsOf({ kind, event, args, status }: StepFacts): string[] {
  switch (kind) {
    case 'notify_start':
      return [event, 'start', ...args];
    case 'pre_event':
    case 'recovery':
      return [event, ...args];
    case 'event':
    case 'command':
      return [...args];
    case 'post_event':
      return [event, String(status), ...args];
    case 'notify_complete':
      return [event, 'complete', String(status), ...args];
  }
}

export interface EnvironmentFacts extends StepFacts {
  step: string;
  node: string;
  cluster: string;
  /** The daemon's state directory. */
  stateDirectory: string;
  /** A directory that holds only `fallover`. */
  commandDirectory: string;
  membership: { before: readonly string[]; after: readonly string[] };
  failedNode?: string | undefined;
  groupName?: string | undefined;
  drill: boolean;
}

const SYSTEM_DIRECTORIES = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** The whole environment of a command: this list and nothing inherited (DOMAIN.md section 1). */
export function environmentOf(facts: EnvironmentFacts): Record<string, string> {
  const told = facts.kind === 'post_event' || facts.kind === 'notify_complete';
  return {
    PATH: `${facts.commandDirectory}:${SYSTEM_DIRECTORIES}`,
    LOCALNODENAME: facts.node,
    CLUSTER_NAME: facts.cluster,
    EVENT_NAME: facts.event,
    ...(told ? { EVENT_STATUS: String(facts.status) } : {}),
    ...(facts.failedNode === undefined ? {} : { EVENT_FAILED_NODE: facts.failedNode }),
    ...(facts.groupName === undefined ? {} : { GROUPNAME: facts.groupName }),
    PRE_EVENT_MEMBERSHIP: facts.membership.before.join(' '),
    POST_EVENT_MEMBERSHIP: facts.membership.after.join(' '),
    FALLOVER_STATE: facts.stateDirectory,
    FALLOVER_STEP: facts.step,
    ...(facts.drill ? { FALLOVER_DRILL: '1' } : {}),
  };
}
