import type { Verb } from './verb.ts';
import { CONFIGURATION_VERBS } from './verb-list/configuration.ts';
import { CTDB_VERBS } from './verb-list/ctdb.ts';
import { DAEMON_VERBS } from './verb-list/daemon.ts';
import { EVENT_VERBS } from './verb-list/events.ts';
import { FILE_VERBS } from './verb-list/files.ts';
import { NOTIFICATION_VERBS } from './verb-list/notification.ts';
import { SERVICES_VERBS } from './verb-list/services.ts';

/** All verbs, in the order of the general help; what each does is in `verbs/`, and loaded when it is used. */
export const VERBS: readonly Verb[] = [
  ...DAEMON_VERBS,
  ...CONFIGURATION_VERBS,
  ...EVENT_VERBS,
  ...SERVICES_VERBS,
  ...CTDB_VERBS,
  ...NOTIFICATION_VERBS,
  ...FILE_VERBS,
];

/** The words for help and version that stand in a verb's place. */
export const HELP_WORDS: readonly string[] = ['help', '--help', '-h'];
export const VERSION_WORDS: readonly string[] = ['version', '--version', '-V'];
