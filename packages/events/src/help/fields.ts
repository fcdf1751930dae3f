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
