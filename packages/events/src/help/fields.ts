import type { ArgumentKind } from '../catalogue/types.ts';

/** The fields that F1 Help explains: those of the Cluster Event Worksheet and of the panels around it. */
export const HELP_FIELDS = [
  'clusterName',
  'description',
  'script',
  'name',
  'event',
  'eventCommand',
  'notifyCommand',
  'notificationText',
  'notificationLocation',
  'preEventCommand',
  'postEventCommand',
  'recoveryCommand',
  'recoveryCounter',
  'failOnPrePost',
  'timeUntilWarning',
  'recoveryProgram',
  'node',
  'drill',
  'comment',
  'entryName',
  'dailyVerification',
  'verificationHour',
  'verificationNode',
  'communicationPath',
  'remark',
  'siteNodes',
  'networkType',
  'netmask',
  'onNode',
  'onNetwork',
  'ipAddress',
  'device',
  'atSite',
  'mailRelay',
  'consoleUrl',
  'allowedTargets',
  'fenceCommand',
  'transport',
  'contact',
  'settings',
  'methodNodes',
  'methodEvents',
  'when',
  'severity',
  'methodText',
  'methodFile',
  'retryCounter',
  'timeout',
  'holdTime',
  'hourlyLimit',
  'escalateTo',
  'escalateAfter',
  'proveWithin',
  'selfTest',
  'content',
] as const;
export type HelpField = (typeof HELP_FIELDS)[number];

/** What a field means, in one paragraph or several. */
export const FIELD_HELP: Record<HelpField, readonly string[]> = {
  clusterName: [
    'The name of the cluster that this worksheet belongs to. It was given when the cluster manager was first started and is the same on every node.',
    'Scripts find it in the environment as CLUSTER_NAME.',
  ],
  name: [
    'The name of a custom event. It is what Pre-Event Command and Post-Event Command list.',
    'A name has 1 to 64 letters, digits, dots, underscores and hyphens and begins with a letter or a digit.',
  ],
  description: ['What the custom event is for, in a line. It is shown in lists and summaries and changes nothing that is run.'],
  script: [
    'The full pathname of the script that a custom event runs, without arguments. A script that needs arguments of its own is written as a script of its own.',
    'It must be an executable file that only its owner can change: the file and every directory above it belong to root (or to the user of the daemon) and are not writable by others. This is checked when it is configured, when it is verified and each time it is run.',
    'As a pre-event it is called with EVENT ARGUMENTS, as a post-event with EVENT STATUS ARGUMENTS.',
  ],
  event: [
    'The predefined cluster event, such as node_down or network_up. The cluster manager knows these events of itself; what is configured here is done in addition, or instead.',
  ],
  eventCommand: [
    'The full pathname of the command that does the event’s work. Empty: the built-in command of the cluster manager.',
    'To replace it is allowed and strongly discouraged, because then nothing of what the event does by itself is done. Use pre- and post-events for what you want done around it.',
    'It is called with the arguments of the event. Exit status 0 is success; anything else is a failed event, or starts the recovery command.',
  ],
  notifyCommand: [
    'The full pathname of a command that tells somebody that the event happens. It runs twice: before everything else as EVENT start ARGUMENTS, and after everything else as EVENT complete STATUS ARGUMENTS.',
    'Its own exit status is recorded and never fails the event.',
  ],
  notificationText: [
    'The text that a remote notification method sends for this event: a page, an SMS or an e-mail.',
    '%d stands for date and time, %n for the node, %e for the event, %o for the object of the event, and %% for a per cent sign. Nothing else is replaced.',
  ],
  notificationLocation: [
    'The full pathname of the file that holds the text of the remote notification. The same file has to be on every node that may send the notification.',
  ],
  preEventCommand: [
    'The custom events that run before the event command, in the order of this list. Each is called with EVENT ARGUMENTS; there is no status yet.',
    'A failing pre-event is recorded and the event goes on, unless “Fail event if pre or post event fails” is yes: then the later pre-events and the event command are skipped.',
  ],
  postEventCommand: [
    'The custom events that run after the event command, in the order of this list, also when the event command failed. Each is called with EVENT STATUS ARGUMENTS, so that it can tell.',
    'A failing post-event is recorded. It fails the event only if “Fail event if pre or post event fails” is yes.',
  ],
  recoveryCommand: [
    'The full pathname of a command that is run when the event command has failed, to put right what was wrong. It is called with EVENT ARGUMENTS.',
    'If it ends with 0, the event command is run again. If it fails too, there are no more retries and the event has failed. It does nothing while Recovery Command Retry is 0.',
  ],
  recoveryCounter: [
    'How many times the recovery command is tried for one event, 0 to 100. Empty means 0: the recovery command is never run.',
  ],
  failOnPrePost: [
    'What a failing pre- or post-event counts. No (the default): it is recorded and the event goes on.',
    'Yes: a failing pre-event skips the event command and its recovery, and the event has that status; a failing post-event fails the event. The later post-events and the notify command still run.',
  ],
  timeUntilWarning: [
    'Seconds from the start of the event until the cluster manager warns that it takes long: config_too_long is logged and processed beside the event, which goes on. It is a warning and never ends anything.',
    'The default is 180 seconds for a fast event. For a slow one, which acquires or releases resource groups, it is 360: 180 seconds event-only duration and 180 seconds resource group processing time.',
    'After the first warning come four more, 30 seconds apart, then five at each doubled interval, up to one an hour, until the event has ended.',
  ],
  recoveryProgram: [
    'What is run when the event happens, on which nodes and in which order. A line is NODE_SET "COMMAND" EXPECTED_STATUS NULL, or barrier. NODE_SET is all, event (the node where it happened) or other (all but that one); COMMAND the name of a cluster event or a full pathname without arguments; EXPECTED_STATUS a whole number from 0 to 255, or X where any will do. # begins a comment.',
    'Commands before a barrier start in parallel, and no node goes past it until every one has reached it or is lost. An event runs with all that is customised on it; a full pathname runs alone, with the arguments of the event.',
    'Every event has a predefined program. One of your own replaces it; empty it to have the predefined one again. It holds when the event happens: an event that a person runs is run on all nodes at once.',
  ],
  node: ['The node on which the event happened. Left as the arguments say, it is the node that the event names.'],
  drill: [
    'Marks the run as an exercise. Its commands are run as usual and find FALLOVER_DRILL=1 in their environment, so that a script can leave out what must not be done in an exercise.',
  ],
  comment: ['Why the draft is made active, in your words. It is kept with the revision and in the audit trail.'],
  entryName: [
    'The name under which events and other entries know it. Of a network interface and of a service address it is the IP label.',
    'A name has 1 to 64 letters, digits, dots, underscores and hyphens and begins with a letter or a digit. It cannot be changed later: add another entry and delete this one.',
  ],
  dailyVerification: [
    'Whether the active configuration is verified once a day by itself: that every command still exists, is trusted and is the same on every node. Not set means yes.',
    'What it finds is logged in hacmp.out on every node and raises the event cluster_notify. It changes nothing.',
  ],
  verificationHour: [
    'The hour of the day at which it is verified, 0 to 23, by the clock of the node that verifies. Empty means 0: midnight.',
  ],
  verificationNode: [
    'The node whose cluster manager starts the verification. Every node is looked at all the same. Empty means the first node by name.',
  ],
  communicationPath: [
    'The IP label or the IP address under which the other nodes reach this one. Empty means the name of the node itself.',
  ],
  remark: ['What it is for, in a line. It is shown in lists and changes nothing that is run.'],
  siteNodes: ['The nodes that stand at this site. site_down and site_up are events of all of them.'],
  networkType: [
    'What carries the network: ether for Ethernet, infiniband, XD_ip and XD_data between sites; rs232 and diskhb are serial networks, which have devices and no IP addresses.',
  ],
  netmask: [
    'The netmask of the addresses on this network, such as 255.255.255.0, or the length of their prefix: up to 32 for IPv4, up to 128 for IPv6.',
  ],
  onNode: ['The node that has this network interface or device. An interface belongs to one node and never moves.'],
  onNetwork: ['The network that it is connected to. Events such as network_down are given for the network.'],
  ipAddress: ['The IPv4 or IPv6 address that belongs to the IP label. Empty: the nodes resolve the label themselves.'],
  device: [
    'What the operating system calls it, such as eth0; on a serial network the full pathname of the device, such as /dev/ttyS0.',
  ],
  atSite: ['The site at which this service address is used. Empty: it may be used at any site.'],
  mailRelay: [
    'The mail server of the remote notification methods that name none: smtp://HOST:PORT, or smtps://HOST:PORT for TLS from the first byte.',
  ],
  consoleUrl: [
    'The address under which people reach this console, such as https://nodea.example.com:8770. A remote notification then links to the run that it tells of.',
  ],
  allowedTargets: [
    'Hosts, addresses and networks that a notification may be sent to by HTTP although they are on this machine or link-local, such as 127.0.0.1:9000. All others of that kind are refused, so that no method can be turned against what listens there.',
  ],
  fenceCommand: [
    'The full pathname of a command and its arguments, blank-separated, that switches a node off whose lease has ended; the name of the node is put behind them. Exit status 0 says that it is off for certain; then the others take over. With any other they take over nothing until somebody confirms that the node is off.',
    'Without one the others take over after two seconds, and resources may be active twice. Everybody who sees the configuration sees the arguments: let the command read a password from a file.',
  ],
  transport: [
    'How the recipients are reached. Left empty, the form of the destination says it: user@host an e-mail, NUMBER# an SMS by a GSM modem, NUMBER and commas a numeric pager, PROVIDER;PAGER an alphanumeric pager, a URL a webhook.',
  ],
  contact: [
    'Whom the notification goes to: user@host for an e-mail (several, blank-separated), NUMBER# for an SMS by a GSM modem, NUMBER followed by commas (pauses) for a numeric pager, PROVIDER;PAGER for an alphanumeric pager, a URL for a webhook.',
    'Each recipient is sent to by itself: one that cannot be reached holds up no other.',
  ],
  settings: [
    'What the notification type needs besides: name=value, blank-separated; name@node=value where a node has another one, such as the port of its modem.',
    'Passwords and keys are sealed before they are stored; nobody can read them back.',
  ],
  methodNodes: [
    'The nodes that send the notification, in the order in which they are tried. Empty means every node. If the first cannot send it, because its modem is gone, the next one does.',
  ],
  methodEvents: [
    'The cluster events that the method is used for, as many as you like; sub-events too. A script failure is event_error, an event that takes long config_too_long, a lost node node_down, and what automatic verification finds cluster_notify. A method without events is used only where another one escalates to it.',
  ],
  when: [
    'At which moments of the event: start, success, failure, and warning, when it takes longer than its time until warning. Empty means success, failure and warning.',
    'About one run a method tells each moment once, for the whole cluster.',
  ],
  severity: [
    'How grave it is: info, warning, error or critical. Receivers that sort by it (PagerDuty, ntfy, syslog) get it. Empty means error.',
  ],
  methodText: [
    'What the notification says: %d date and time, %n node, %e event, %o object of the event, %% a per cent sign. Nothing else is replaced. Without text and file the text of the event on the worksheet is taken, and without that a sentence that tells what happened.',
  ],
  methodFile: [
    'The full pathname of a file that holds the text, on every node that may send it. It is read when the notification is made, up to 64 KiB.',
  ],
  retryCounter: [
    'How many times it is tried again when a recipient cannot be reached, each time after a longer pause. Empty means 3.',
  ],
  timeout: ['Seconds after which one attempt is given up. Empty means 45. A modem may need more.'],
  holdTime: [
    'Seconds for which a notification is held back, in case what happened is undone meanwhile: a node_down and the node_up that follows are then told as one. Empty means 0: nothing is held.',
  ],
  hourlyLimit: [
    'How many notifications an hour are sent by this method; the rest is summed up in one digest at the end of that hour. Empty means 60, 0 means no limit. Tests do not count.',
  ],
  escalateTo: [
    'Methods that are used one after the other, until somebody acknowledges the run in the console or with fallover acknowledge. A failure and a warning are escalated; where a method tells neither, what it tells.',
  ],
  escalateAfter: [
    'Seconds before each step of the escalation, blank-separated; the last one holds for the steps that follow. Empty means 300.',
  ],
  proveWithin: [
    'A method that has delivered nothing for so many days is shown in red: nobody knows whether it still works. Empty means 30, 0 means never.',
  ],
  selfTest: ['Yes: a test is sent by itself before the method counts as not proven. It says that it is a test.'],
  content: [
    'The script itself, as every node runs it. Its first line names the interpreter, such as #!/bin/sh.',
    'Synchronise lays it down in the same directory on every node, owned by the user of the daemon. A run that is going on keeps the script that it began with.',
  ],
};

/** What an argument of an event is, by its kind. */
export const ARGUMENT_HELP: Record<ArgumentKind, string> = {
  node: 'A node of this cluster.',
  node_or_all: 'A node of this cluster, or -1: then the event is global and concerns every node of the network.',
  network: 'The name of a network.',
  network_interface: 'An interface, by its IP label or address.',
  service_label: 'A service IP label or address.',
  site: 'The name of a site.',
  resource_group: 'The name of a resource group.',
  application_server: 'The name of an application server.',
  event: 'The name of a cluster event.',
  choice: 'One of the words of the list.',
  seconds: 'A number of seconds.',
  status: 'An exit status, 0 to 255.',
  text: 'A text. It is given to the commands as one argument, whatever it contains.',
};
