import type { RunVerb } from './shell.ts';

export interface Verb {
  name: string;
  usage: readonly string[];
  /** One sentence for the list of verbs. */
  summary: string;
  /** More for the verb's own help. */
  help?: readonly string[];
  /** An event's arguments follow: from EVENT on, nothing is an option of the shell's. */
  eventArguments?: true;
  /** What it exits with when it is not carried out; 2 or 3 unless said. */
  notRun?: 125;
  /** Only what is used is loaded, so that every verb starts fast. */
  load(): Promise<RunVerb>;
}

const ATTRIBUTES = [
  'CLASS     attributes',
  'event     of a predefined one: COMMAND NOTIFYCOMMAND NOTIFICATIONTEXT NOTIFICATIONLOCATION PREEVENTCOMMAND POSTEVENTCOMMAND',
  '          RECOVERYCOMMAND RECOVERYCOUNTER FAILONPREPOST TIMEUNTILWARNING RECOVERY_PROGRAM (its text; @FILE and @- read it);',
  '          of a custom one: FILE DESCRIPTION',
  'node      COMMPATH DESCRIPTION',
  'site      NODES DESCRIPTION',
  'network   TYPE NETMASK DESCRIPTION',
  'interface NODE NETWORK ADDRESS INTERFACE DESCRIPTION',
  'service_label (or service_ip)  NETWORK ADDRESS SITE DESCRIPTION',
  'script    FILE (of its text; FILE=- reads the standard input) DESCRIPTION; with --script-library only',
  'method    a remote notification method: CONTACT EVENTS NODES FILE TEXT WHEN RETRY TIMEOUT DESCRIPTION TRANSPORT SETTINGS SEVERITY',
  '          HOLDTIME HOURLYLIMIT ESCALATETO ESCALATEAFTER PROVEWITHIN SELFTEST; FILE is that of the message text',
  'cluster   DAILY_VERIFICATION VERIFICATION_HOUR VERIFICATION_NODE MAILRELAY CONSOLEURL ALLOWEDTARGETS FENCE_COMMAND; it is modified only, and its',
  '          name may be left out',
  'Commands are full pathnames; several names stand blank-separated in one pair of quotes; yes and no are true and false;',
  'times are seconds. ATTR= empties a value. Of an event NODE=nodea sets the value of that node.',
  'SETTINGS are those of the transport, as "fallover query transport NAME" lists them: name=value or name@node=value each, a blank in',
  'a value as %20 and a per cent sign as %25. One alone is changed by SETTING.name=value, its value as it stands, and taken away by',
  'SETTING.name= with nothing behind. A value that is - is read from the standard input, a line each; at a terminal it is asked for',
  'and not shown. So a password is in no history:',
  '  fallover modify method oncall SETTING.password=-',
  'Secrets are sealed when they are saved; what query prints of them can be given back as it is.',
  'Changes land in the draft: "fallover changes" shows them, "fallover sync" makes them active.',
];

const FOLLOWED_BY_ARGUMENTS =
  'Behind EVENT only these are options; every other word, such as -1, is an argument. Behind "--" all are.';

export const VERBS: readonly Verb[] = [
  {
    name: 'start',
    usage: [
      'fallover start [--listen HOST:PORT] [--state DIR] [--node NAME] [--cluster NAME]',
      '               [--store sqlite:|etcd://HOST:PORT,…|etcds://HOST:PORT,…] [--store-ca FILE] [--store-cert FILE --store-key FILE]',
      '               [--store-user NAME --store-password-file FILE] [--store-prefix PREFIX] [--nodes A,B,C] [--lease-seconds 5]',
      '               [--peer-listen HOST:PORT]',
      '               [--tls-cert FILE --tls-key FILE | --behind-tls-proxy] [--allow-host NAME]…',
      '               [--keep-days 30] [--keep-gb 10] [--script-library DIR] [--log-directory DIR] [--ctdb-base DIR]',
    ],
    summary: 'Starts the cluster manager of this node.',
    help: [
      'It listens on 127.0.0.1:8770 unless told; beyond loopback only with TLS or behind a proxy that has it.',
      'The same as environment variables: FALLOVER_LISTEN, FALLOVER_STATE, FALLOVER_NODE, FALLOVER_CLUSTER, FALLOVER_STORE,',
      'FALLOVER_TLS_CERT, FALLOVER_TLS_KEY, FALLOVER_BEHIND_TLS_PROXY, FALLOVER_ALLOW_HOST (names separated by commas), FALLOVER_KEEP_DAYS, FALLOVER_KEEP_GB,',
      'FALLOVER_SCRIPT_LIBRARY, FALLOVER_LOG_DIRECTORY, FALLOVER_STORE_CA and so on. "fallover install-service" lets systemd start it.',
      'The nodes of a cluster share a store in etcd, below PREFIX (fallover/CLUSTER unless said); the files with key and password are 0600.',
      'There the cluster managers ask each other at --peer-listen, the host of --listen and its port + 1000 unless said: other nodes have to reach it.',
      'Runs that ended are kept with their output for so many days, and as long as all output is not more than so many GB.',
      'hacmp.out and daemon.log go to the log directory, log in the state directory unless said.',
      'The event scripts of CTDB below events/COMPONENT of the CTDB base (CTDB_BASE too), such as /etc/ctdb, are components of this node.',
      'With a script library the configuration can keep scripts of its own, which are laid down in that directory; no panel can switch it on.',
    ],
    load: async () => (await import('./verbs/start.ts')).start,
  },
  {
    name: 'install-service',
    usage: ['fallover install-service [--print] [--force] [--directory DIR] [OPTIONS of fallover start]'],
    summary: 'Writes the unit by which systemd starts the cluster manager, and says what to type next.',
    help: [
      'State is kept in /var/lib/fallover unless --state says otherwise, logs in /var/log/fallover unless --log-directory does. Options',
      'of "fallover start" go into the unit; FALLOVER_... settings in /etc/default/fallover are read too, and count after those.',
      'A unit that somebody has edited is left as it is; --force writes over it. --print shows the unit and writes nothing. --directory',
      'is where it is written, /etc/systemd/system unless said.',
    ],
    load: async () => (await import('./verbs/install-service.ts')).installService,
  },
  {
    name: 'join',
    usage: ['fallover join TOKEN|- [--json]'],
    summary: 'Gets this node the certificate by which the cluster managers of a cluster know each other.',
    help: [
      'TOKEN is what "fallover add join_token NODE" has printed on a member; with - it is read from the standard input, and so is in no',
      'history. The cluster manager of this node has to run, and goes on running. It gets its certificate and the',
      'key that opens the sealed secrets of the configuration; a key of its own from before is kept as secret.key.before-join.',
      'The first node of a cluster needs no token. A node that has joined can do so again, for a new certificate.',
    ],
    load: async () => (await import('./verbs/join.ts')).join,
  },
  {
    name: 'query',
    usage: [
      'fallover query CLASS [NAME] [--json]',
      'fallover query log [NAME] [--node NODE] [--json]',
      'fallover query script|program NAME [--active] [--raw]',
      'fallover query notification [--method M] [--event E] [--run R] [--status S] [--text T] [--limit N] [--before B]',
    ],
    summary: 'Shows what is configured, runs or has run.',
    help: [
      'query event [NAME]     the predefined and custom events; of one, what it is and what the draft says of it',
      'query custom [NAME]    the custom events alone',
      'query node [NAME]      the nodes whose cluster managers take part, and those that are defined',
      'query site|network|interface|service_label|script [NAME]   what is defined; of one, its attributes',
      'query method [NAME]    the remote notification methods, and when each was last proven; of one, its attributes',
      'query script NAME      its text too, control characters made visible; --raw prints nothing but its bytes,',
      '                       --active the text of the active revision instead of the draft',
      'query program [EVENT]  the events whose recovery program is replaced; of one, its program: --raw for a file, --active in force',
      'query services [NODE]  which nodes are members, their cluster services, fencing and clocks; of one, all that is known',
      'query cluster          the cluster, its state, what runs and what waits; what is configured for it',
      'query configuration    the active revision, and what is not synchronised',
      'query component [NAME] the directories of CTDB event scripts of this node; of one, its scripts and how they ended',
      'query revision [N]     the revisions; of one (a number, a snapshot or active), all that it says',
      'query snapshot [NAME]  the names that revisions were given',
      'query verification     what the last verifications found',
      'query transport [NAME] how a remote notification method can reach people; of one, its settings',
      'query run [RUN]        the newest runs; of one, its steps, who has acknowledged it and what was told of it',
      'query notification [ID]  the delivery log of remote notification, newest first; of one, each attempt and its answer',
      'query silence          what keeps notifications back, and until when',
      'query log [NAME]       the log files of this node, or with --node of another one; of one, its last 500 lines',
      'query audit            the audit trail; exits with 1 when its chain of hashes is broken',
    ],
    load: async () => (await import('./verbs/query.ts')).query,
  },
  {
    name: 'add',
    usage: [
      'fallover add CLASS NAME [ATTR=VALUE…] [--json]',
      'fallover add snapshot NAME [REVISION=N] [DESCRIPTION=TEXT] [--json]',
      'fallover add join_token NODE [--json]',
    ],
    summary: 'Adds an entry, such as a custom event, node or remote notification method; names a revision; lets a node join.',
    help: [
      ...ATTRIBUTES,
      '"fallover add join_token NODE" prints the token with which "fallover join" is typed on that node; it holds once, for 15 minutes.',
    ],
    load: async () => (await import('./verbs/entry.ts')).add,
  },
  {
    name: 'modify',
    usage: ['fallover modify CLASS NAME ATTR=VALUE… [NODE=NAME] [--json]'],
    summary: 'Changes what is customised on a predefined event, or anything that was added.',
    help: ATTRIBUTES,
    load: async () => (await import('./verbs/entry.ts')).modify,
  },
  {
    name: 'delete',
    usage: ['fallover delete CLASS NAME'],
    summary: 'Deletes from the draft what was added; refused while something else names it.',
    help: [
      '"fallover delete snapshot NAME" takes the name of a revision away at once; the revision stays.',
      '"fallover delete silence ID" ends a silence at once.',
    ],
    load: async () => (await import('./verbs/entry.ts')).remove,
  },
  {
    name: 'changes',
    usage: ['fallover changes [--json]'],
    summary: 'Shows in what the draft differs from the active revision, value by value.',
    load: async () => (await import('./verbs/changes.ts')).changes,
  },
  {
    name: 'revert',
    usage: [
      'fallover revert CLASS NAME [ATTR] [NODE=NAME] [--json]',
      'fallover revert CLASS/NAME[/ATTR[@NODE]]… [--json]',
      'fallover revert --all [--json]',
    ],
    summary: 'Takes changes of the draft back: a value, an entry, or all; it then is as it is active.',
    help: ['Several places in one command are taken back at once; one alone may be refused because another depends on it.'],
    load: async () => (await import('./verbs/changes.ts')).revert,
  },
  {
    name: 'verify',
    usage: ['fallover verify [--active] [--json]'],
    summary: 'Verifies the draft on every node; exits with 1 when there are errors.',
    help: [
      'Errors stand before warnings, each below what it is about, with the way out and the name that --override takes.',
      'With --active the active revision is verified, for files that have changed since.',
    ],
    load: async () => (await import('./verbs/verify.ts')).verify,
  },
  {
    name: 'sync',
    usage: ['fallover sync [--comment TEXT] [--override ID]… [--json]'],
    summary: 'Verifies the draft, and makes it active as a new revision.',
    help: [
      'Exits with 1 when verification finds errors; nothing is active then. An error is overridden by its name, as',
      '"fallover verify" shows it; --override is given once for each.',
    ],
    load: async () => (await import('./verbs/configuration.ts')).sync,
  },
  {
    name: 'history',
    usage: ['fallover history [--limit 20] [--before N] [--json]'],
    summary: 'Lists the revisions that were made active, the newest first.',
    load: async () => (await import('./verbs/history.ts')).history,
  },
  {
    name: 'diff',
    usage: ['fallover diff [FROM [TO]] [--json]'],
    summary: 'Compares two configurations, value by value.',
    help: [
      'FROM and TO are each the number of a revision, a snapshot, active or draft; 0 is the empty configuration before',
      'the first revision. Without them active is compared with draft.',
    ],
    load: async () => (await import('./verbs/changes.ts')).diff,
  },
  {
    name: 'restore',
    usage: ['fallover restore N|SNAPSHOT|active [--discard] [--json]'],
    summary: 'Makes the draft what a revision says; nothing becomes active by it.',
    help: ['Refused when the draft has changes that are not synchronised; with --discard they are lost.'],
    load: async () => (await import('./verbs/history.ts')).restore,
  },
  {
    name: 'export',
    usage: ['fallover export [--format json|csv|worksheet|odm|clmgr|fallover] [--of draft|active|N|SNAPSHOT] [FILE]'],
    summary: 'Writes the configuration to a file, or to the standard output.',
    help: [
      'json       all of it, made for git; csv all of it, a value a row; worksheet the Cluster Event Worksheet as CSV',
      'odm        events and custom events as stanzas of AIX; clmgr lines for a PowerHA cluster, what it lacks as comments',
      'fallover   a script for sh that configures the same on a cluster without a configuration',
    ],
    load: async () => (await import('./verbs/exchange.ts')).exportFile,
  },
  {
    name: 'apply',
    usage: ['fallover apply FILE|- [--format json|csv|worksheet|odm] [--whole|--part] [--dry-run] [--json]'],
    summary: 'Reads a file into the draft, all of it or nothing, and shows what changes.',
    help: [
      'The format is told from the text unless it is said. A file of JSON is the whole configuration: what it does not have is',
      'deleted; the others add and change. --whole and --part say otherwise. With --dry-run nothing is saved.',
      'A line begins with + for what is added, - for what goes, ~ for what is other than before. Applying a file again changes nothing.',
    ],
    load: async () => (await import('./verbs/exchange.ts')).apply,
  },
  {
    name: 'load-example',
    usage: ['fallover load-example [--json]'],
    summary: 'Puts a sample configuration with harmless scripts in, on an empty cluster only.',
    load: async () => (await import('./verbs/configuration.ts')).loadExample,
  },
  {
    name: 'run',
    usage: ['fallover run EVENT [ARG…] [--node NODE] [--drill] [--json] [--]'],
    summary: "Runs an event, shows its steps as they go, exits with the event's status.",
    help: [
      FOLLOWED_BY_ARGUMENTS,
      'Exits with 125 when Fallover itself refused or found no daemon. Ctrl-C leaves the event running.',
    ],
    eventArguments: true,
    notRun: 125,
    load: async () => (await import('./verbs/run.ts')).run,
  },
  {
    name: 'emulate',
    usage: [
      'fallover emulate EVENT [ARG…] [--nodes A,B] [--by-hand | --node NODE] [--draft] [--json] [--]',
      'fallover emulate --node-dies NODE [--nodes A,B] [--draft] [--json]',
    ],
    summary: 'Shows who would run what, in which order, past which barriers; or what follows if a node dies. Runs nothing.',
    help: [
      FOLLOWED_BY_ARGUMENTS,
      'EVENT is shown as it is processed when it happens, by its recovery program; with --by-hand as "fallover run" does it, with',
      '--node on that node alone. --node-dies says what follows if the node dies now: who notices, who coordinates, whether it is',
      'fenced, what waits or is rolled up, and its node_down on the others.',
      'The cluster is taken as it is now; with --nodes as if these nodes, and no others, were its members.',
      'The active configuration is emulated; with --draft what is not synchronised yet. Words in capitals stand for what is known only',
      'when it runs: STATUS, TOKEN, RUN, and STATE for the state directory of another node. What a script calls by itself with',
      '"fallover call-event" is not known before it runs.',
    ],
    eventArguments: true,
    load: async () => (await import('./verbs/emulate.ts')).emulate,
  },
  {
    name: 'call-event',
    usage: ['fallover call-event EVENT [ARG…]'],
    summary: "Calls a sub-event from the script of a step that runs; exits with the sub-event's status.",
    help: ['Reads FALLOVER_STEP and FALLOVER_STATE, which a step has. Exits with 125 when Fallover itself refused.'],
    eventArguments: true,
    notRun: 125,
    load: async () => (await import('./verbs/call-event.ts')).callEvent,
  },
  {
    name: 'report',
    usage: ['fallover report EVENT [ARG…] --source S --id ID [--json] [--]'],
    summary: 'Reports an event that other software has seen: queued like any other, once for each source and id.',
    help: [
      'For scripts of Pacemaker, keepalived, PowerHA and the like; examples/reports has some. S is a name, such as pacemaker; ID is up',
      'to 200 printable characters, the same ones whenever the same thing is reported again. A repeat within 24 hours queues nothing.',
      'It does not wait for the event. Exits with 0 when it is queued, or was; 1 when it may be taken later (too many reports);',
      '2 when it is refused; 3 when no cluster manager was reached. After 1 and 3 report it again, by the same id.',
      FOLLOWED_BY_ARGUMENTS,
    ],
    eventArguments: true,
    load: async () => (await import('./verbs/report.ts')).report,
  },
  {
    name: 'abort',
    usage: ['fallover abort RUN [STEP] [--json]'],
    summary: 'Ends the steps of a run that run now, or one of them; the event then fails as aborted.',
    help: ['RUN may be the beginning or the end of its id, of at least 6 characters; STEP the end of its id, such as event/1.'],
    load: async () => (await import('./verbs/runs.ts')).abort,
  },
  {
    name: 'recover',
    usage: ['fallover recover [RUN] [--as skip|succeeded|again] [--cancel-queue] [--json]'],
    summary: 'Recovers from script failure: says what the failed or interrupted step counts as.',
    help: [
      'skip (the default) skips the rest of the event and lists the skipped steps; succeeded counts the step as succeeded;',
      'again runs it again. With --cancel-queue the events that wait are cancelled too.',
    ],
    load: async () => (await import('./verbs/runs.ts')).recover,
  },
  {
    name: 'end-processes',
    usage: ['fallover end-processes RUN STEP [--json]'],
    summary: 'Ends the processes that an interrupted step left running.',
    load: async () => (await import('./verbs/runs.ts')).endProcesses,
  },
  {
    name: 'online',
    usage: ['fallover online node NAME[,NAME…] [WHEN=now|restart|both] [--json]'],
    summary: 'Starts cluster services on nodes: they join the cluster by node_up.',
    help: [
      'WHEN=restart starts them from now on whenever the cluster manager of the node starts, and nothing now; both does both.',
      '"fallover query services" shows how it goes.',
    ],
    load: async () => (await import('./verbs/services.ts')).online,
  },
  {
    name: 'offline',
    usage: ['fallover offline node NAME[,NAME…] MANAGE=offline|move|unmanage [WHEN=now|restart|both] [--json]'],
    summary: 'Stops cluster services on nodes: they leave the cluster by node_down.',
    help: [
      'MANAGE says what becomes of the resource groups: offline brings them offline (node_down graceful), move moves them to other',
      'nodes (takeover), unmanage leaves them as they are (forced). The cluster manager goes on; "fallover online" starts them again.',
      'HOW=graceful|takeover|forced says the same by the argument of node_down.',
      'With WHEN=restart they are from now on not started with the cluster manager of the node, and nothing happens now.',
    ],
    load: async () => (await import('./verbs/services.ts')).offline,
  },
  {
    name: 'confirm-off',
    usage: ['fallover confirm-off NODE [--json]'],
    summary: 'Confirms that a lost node is off whose fencing failed: what it had is then taken over.',
    help: ['Look at the machine first. If it still runs, resources are active twice from now on, and data are lost.'],
    load: async () => (await import('./verbs/services.ts')).confirmOff,
  },
  {
    name: 'ctdb',
    usage: [
      'fallover ctdb event run TIMEOUT COMPONENT EVENT [ARG…]',
      'fallover ctdb event status COMPONENT EVENT',
      'fallover ctdb event script list COMPONENT',
      'fallover ctdb event script enable|disable COMPONENT SCRIPT',
      'fallover ctdb cancel COMPONENT RUN [--json]',
      'fallover ctdb install-hook [COMPONENT] [--ctdb-base DIR] [--number 00] [--print]',
      'fallover ctdb uninstall-hook [COMPONENT] [--ctdb-base DIR] [--number 00]',
    ],
    summary: 'Runs, shows and enables CTDB event scripts of this node, as "ctdb event" does; lets a ctdbd hand its events over.',
    help: [
      'What is printed and the exit statuses are those of CTDB: run exits with 0, 8 when a script failed, 110 when the time was over, 125',
      'when it was cancelled, 2 without a directory; status with that of the script that failed, 22 when the event never ran.',
      'TIMEOUT is seconds, for all scripts together. Ctrl-C ends the script that runs.',
      'Further: 22 when Fallover refused the event (as where ctdbd runs the component), 3 when no cluster manager was reached.',
      'install-hook lays one script down in COMPONENT (legacy unless said) below DIR/events (CTDB_BASE, else /etc/ctdb). A ctdbd runs it with',
      'each event; it hands the event over in less than a second, and never fails it. A script of somebody else is left as it is.',
      'uninstall-hook takes it away; --print shows it and writes nothing.',
      '"fallover query component" shows the components, "fallover add component NAME directory=DIR" makes a directory one.',
    ],
    eventArguments: true,
    load: async () => (await import('./verbs/ctdb.ts')).ctdb,
  },
  {
    name: 'send-test',
    usage: ['fallover send-test METHOD [EVENT [ARG…]] [--moment start|success|failure|warning] [--run RUN] [--json] [--]'],
    summary: 'Sends a test notification by a method, shows the conversation as it goes; exits with 0 when all got it.',
    help: [
      'What is sent stands behind >, what comes back behind <, what Fallover has to say behind *; secrets are masked.',
      'The method is taken as it is in the draft, so that it can be tested before it is active. Without EVENT it is about the',
      "method's first event. The data are those of the newest run of the event, or of --run RUN.",
      'Exits with 1 when not everybody got it, with 2 when it was refused, such as a test too soon after another.',
      FOLLOWED_BY_ARGUMENTS,
    ],
    eventArguments: true,
    load: async () => (await import('./verbs/send-test.ts')).sendTest,
  },
  {
    name: 'acknowledge',
    usage: ['fallover acknowledge RUN [COMMENT…] [--json]', 'fallover acknowledge RUN --comment TEXT [--json]'],
    summary: 'Says that you know of a run: nothing about it is escalated any further.',
    help: ['RUN may be the beginning or the end of its id, of at least 6 characters.'],
    load: async () => (await import('./verbs/notification.ts')).acknowledge,
  },
  {
    name: 'redeliver',
    usage: ['fallover redeliver NOTIFICATION [--all] [--json]'],
    summary: 'Sends a notification again to those who did not get it; with --all to all of them.',
    help: ['NOTIFICATION is an id as "fallover query notification" lists it, or its beginning or end of at least 6 characters.'],
    load: async () => (await import('./verbs/notification.ts')).redeliver,
  },
  {
    name: 'silence',
    usage: ['fallover silence [--method M] [--event E] --minutes N REASON… [--json]'],
    summary: 'Keeps notifications back for a while: of one method or all, about one event or all.',
    help: ['It holds for a week at most. "fallover query silence" lists them, "fallover delete silence ID" ends one.'],
    load: async () => (await import('./verbs/silence.ts')).silence,
  },
  {
    name: 'check-program',
    usage: ['fallover check-program FILE|-'],
    summary: 'Reads a recovery program, and says line by line what is wrong with it; it needs no daemon.',
    help: [
      'A line is all|event|other "COMMAND" STATUS NULL, or barrier; # begins a comment. COMMAND is a full pathname or a cluster',
      'event, STATUS a whole number from 0 to 255, or X where any will do. It exits with 1 when something is wrong.',
    ],
    load: async () => (await import('./verbs/check-program.ts')).checkProgram,
  },
  {
    name: 'summaries',
    usage: ['fallover summaries [--days 7] [--file hacmp.out…] [--node NAME] [--event EVENT] [--json] [--save FILE]'],
    summary: 'Shows event summaries, compiled from hacmp.out; with --file it needs no daemon.',
    load: async () => (await import('./verbs/summaries.ts')).summaries,
  },
];

/** The words for help and version that stand in a verb's place. */
export const HELP_WORDS: readonly string[] = ['help', '--help', '-h'];
export const VERSION_WORDS: readonly string[] = ['version', '--version', '-V'];
