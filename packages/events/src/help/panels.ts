/** The panels that F1 Help explains: by the first part of the fast path, else by what stands in the address. */
export const HELP_PANELS = [
  'home',
  'runs',
  'run',
  'cm_worksheet',
  'cm_event_catalogue',
  'cm_event_emulation',
  'cm_run_event',
  'cm_events',
  'cm_event',
  'cm_custom_events',
  'cm_custom_event',
  'cm_add_custom_event',
  'cm_synchronise',
  'cm_config_history',
  'cm_time_until_warning',
  'cm_user_defined_events',
  'cm_remote_notification',
  'cm_event_summaries',
  'cm_recover',
  'cm_log_viewing',
  'cm_smit_log',
  'cm_nodes',
  'cm_node',
  'cm_add_node',
  'cm_sites',
  'cm_site',
  'cm_add_site',
  'cm_networks',
  'cm_network',
  'cm_add_network',
  'cm_interfaces',
  'cm_interface',
  'cm_add_interface',
  'cm_service_labels',
  'cm_service_label',
  'cm_add_service_label',
  'cm_auto_verification',
  'cm_script_library',
  'cm_script',
  'cm_add_script',
  'cm_import_export',
  'cm_notification_method',
  'cm_add_notification_method',
  'cm_notifications',
  'cm_silences',
  'cm_notification_settings',
  'cm_cluster_services',
  'clstart',
  'clstop',
  'cm_fencing',
  'cm_components',
  'cm_add_component',
  'cm_change_component',
  'cm_component',
  'cm_component_run',
  'cm_run_component_event',
] as const;
export type HelpPanel = (typeof HELP_PANELS)[number];

export const PANEL_HELP: Record<HelpPanel, readonly string[]> = {
  home: [
    'What the cluster manager is doing now, what happened last, and whether something waits for you: a script failure, an interrupted step or a warning.',
    'While the state is RP_FAILED, nothing further is started and the cluster does not fail over.',
  ],
  runs: [
    'Every occurrence of an event that was accepted, newest first, with its outcome. Choose one to see its steps and their output.',
  ],
  run: [
    'One run of an event. The steps stand in the order of the pipeline: notify, pre-events, the event command with its recovery, post-events, notify. Choose a step for its output and for what exactly was run.',
    'A run that is going on can be aborted: its commands get TERM, and KILL after a grace. An aborted event has failed, and its recovery command is not tried.',
  ],
  cm_worksheet: [
    'The Cluster Event Worksheet of the planning guide: thirteen fields, repeated for each event that is customised. A value holds for the whole cluster unless it is given for one node.',
    'What is entered goes into the draft and holds once it is synchronised.',
  ],
  cm_event_catalogue: [
    'Every event that the cluster manager knows, with its class, its arguments, what it means and when it occurs, and the sequence that it belongs to.',
  ],
  cm_event_emulation: [
    'Shows what an event would do on the live configuration: who would run what, with which arguments, in which order, past which barriers. Nothing is run by it, nothing is written, and nobody is notified. It is the same planner that makes the plan of a real run.',
    'An event that happens is processed by its recovery program, phase by phase; one that a person runs, on every node at once. If a node dies, the others notice when its lease ends; it is fenced where a fence command is named; then its node_down is processed by those who are left.',
    'Choose a step for its arguments and its environment. Words in capitals stand for what is known only once it runs: STATUS, TOKEN, RUN, and STATE for the state directory of another node. What a script calls by itself with fallover call-event cannot be foreseen.',
  ],
  cm_run_event: [
    'Runs the commands of an event as they are active now. First it shows which commands would be run where, with which arguments, in which order; that is the emulation, and nothing is run by it. Then you confirm, and exactly that plan is run.',
    'Running an event by hand changes neither membership nor resource groups.',
  ],
  cm_events: ['The predefined events, and what is customised on each. Choose one to change its commands.'],
  cm_event: [
    'What is done around one predefined event: notify, pre- and post-event, recovery, and the time until warning. With several nodes, a value can differ on a node.',
    'Enter saves in the draft. The draft holds once it is synchronised, on all nodes at once.',
  ],
  cm_custom_events: [
    'Custom events: scripts with a name and a description, which serve as pre- and post-events. They are not run by themselves.',
  ],
  cm_custom_event: ['One custom event: its description and its script. It can be deleted while no event lists it.'],
  cm_add_custom_event: ['Gives a script a name, so that events can list it as a pre- or post-event.'],
  cm_synchronise: [
    'Makes the draft the active revision, on all nodes at once. Until then nothing of what was changed is run. A run that is going on keeps the revision that it was planned by.',
    'Draft against active lists every value that differs. Each can be reverted: it is then in the draft as it is active.',
    'Verification looks at the draft on every node: whether each command is there, can be trusted and is the same everywhere, and whether what is configured makes sense. Each finding leads to its field.',
    'Errors keep the draft from becoming active. An error that you know and accept can be overridden by its id; the revision keeps which errors were overridden. What is not well-formed has to be mended.',
  ],
  cm_config_history: [
    'Every revision that was made active, with who did it, when, why, and what verification had found. Each can be looked at, compared with any other, with what is active or with the draft, and saved to a file.',
    'To go back, restore a revision: the draft becomes what it says. Nothing becomes active by that; verify and synchronise do it. Changes of the draft that are not synchronised are lost only if you say so.',
    'A snapshot is a name for a revision, such as before_the_move. Deleting it takes the name away; the revision stays.',
  ],
  cm_time_until_warning: [
    'How long each event may take until the cluster manager warns with config_too_long. It is a warning; it ends nothing.',
    'Empty: the default of the event, 180 seconds for a fast event and 360 for a slow one. What is entered here holds for the whole cluster and goes into the draft.',
  ],
  cm_user_defined_events: ['Events that an administrator defines by a condition and a recovery program.'],
  cm_remote_notification: [
    'Who is told of events, and how: by e-mail, SMS, pager, chat or an on-call service. One method may serve several events, and one event several methods.',
    'Last proven is when a method last delivered something. A method that has not for longer than its Prove within is red: send a test.',
  ],
  cm_event_summaries: [
    'The event summaries of the last seven days, compiled from hacmp.out: for each event what was done to which resource, by which script. The “Search on:” text leads to the place in the log. Choose another node, or all nodes, where there are several; a node that could not be asked is named.',
  ],
  cm_recover: [
    'After a script failure the cluster manager starts nothing further until you decide. Put right what failed first, then say what the failed step counts as: skip the rest of the event, count the step as succeeded, or run it again.',
    'What is skipped is kept as a list of what you have to do by hand.',
  ],
  cm_log_viewing: [
    'The log files of this node, or of another one that you choose: its cluster manager is then asked through this one. hacmp.out has the markers of events, the output of every command behind the name of its step, and the event summaries; at midnight it becomes hacmp.out.1, and what was hacmp.out.7 goes. daemon.log is the log of the cluster manager itself, for administrators.',
    'The end of a log is followed until you scroll up; the number of a line is its address. “Find in the log” goes from one line with a text to the next, “Only lines with” shows those lines alone: an event such as node_down, or a run by what stands before its lines, such as |1f3a9c02.',
  ],
  cm_smit_log: ['What was done through the panels: smit.log tells it, smit.script has the same as lines that sh can run again.'],
  cm_nodes: [
    'The nodes of the cluster as the configuration knows them. A node whose cluster manager takes part is known without a definition.',
    'A defined node can be chosen where an event is run, where a site is put together and where a command differs on one node.',
  ],
  cm_node: ['One node of the cluster. It can be deleted while nothing names it.'],
  cm_add_node: ['Defines a node, so that it can be chosen from lists.'],
  cm_sites: ['The places where nodes stand. site_up and site_down are their events.'],
  cm_site: ['One site with its nodes. It can be deleted while nothing names it.'],
  cm_add_site: ['Defines a site and the nodes that stand there.'],
  cm_networks: [
    'The networks between the nodes. A network that is defined is chosen from a list where network_up or network_down is run; another one is allowed and warned about.',
  ],
  cm_network: ['One network. It can be deleted while no network interface and no service IP label is on it.'],
  cm_add_network: ['Defines a network, so that interfaces can be put on it and events be run for it.'],
  cm_interfaces: ['What connects the nodes to the networks: network interfaces, and devices on serial networks.'],
  cm_interface: ['One network interface or device, on one node and one network.'],
  cm_add_interface: ['Defines a network interface by its IP label, with its node and its network.'],
  cm_service_labels: ['The service IP labels: addresses that clients use, and that move with an application.'],
  cm_service_label: ['One service IP label, on one network.'],
  cm_add_service_label: ['Defines a service IP label, with the network on which clients reach it.'],
  cm_auto_verification: [
    'Once a day the active configuration is verified by itself. The commands of all events are looked at on every node; what is wrong is logged in hacmp.out and raises the event cluster_notify.',
    'The settings hold once they are synchronised, as everything else does.',
  ],
  cm_script_library: [
    'Scripts that the configuration itself keeps. They are edited here, are versions of the configuration like everything else, and Synchronise lays them down on every node, so that all nodes run the same bytes.',
    'The library is on only when the cluster manager was started with --script-library DIR. No panel can change that, because it decides where the daemon writes what is run as root.',
  ],
  cm_script: [
    'One script of the library. What is typed is checked with sh -n, line by line, and shown beside what is active. Enter saves it in the draft; nothing is run by it.',
    'In the editor Tab indents. Esc and then Tab leaves it.',
  ],
  cm_add_script: ['Puts a script into the library. A command is then configured with the full pathname that the panel shows.'],
  cm_import_export: [
    'Export writes the draft, the active configuration or any revision as a file. Import reads one into the draft: first it shows what would change, and nothing becomes active before you synchronise.',
    'JSON, CSV, the worksheet as CSV and the ODM stanzas of AIX (odmget HACMPevent HACMPcustom) can be read. Lines of clmgr and of fallover are written only: run them in a shell.',
  ],
  cm_notification_method: [
    'One remote notification method: to whom, at which moments of which events, and in which words. The preview shows what would be sent about a run that has been.',
    'Test Notification sends a test with the values as they stand in the form, saved or not, by the same path as a real one, and shows the conversation with the other side.',
  ],
  cm_add_notification_method: [
    'Adds a remote notification method. Type the destination: its form says how it is reached. Then send a test, before it matters.',
    'It goes into the draft and takes effect with Verify and Synchronise.',
  ],
  cm_notifications: [
    'What was sent, is being sent, or could not be: for each notification its run, its method, its recipients, and every attempt with the answer of the other side.',
    'One that has failed can be delivered again. An expired one was not sent, because it would have come too late to be of use.',
  ],
  cm_silences: [
    'A silence keeps notifications back until it ends: of one method or of all, of one event or of all. What is kept back is recorded with the notification.',
  ],
  cm_notification_settings: [
    'What holds for all remote notification methods: the mail server of those that name none, the address of the console for links, and targets on this machine or link-local that are allowed.',
  ],
  cm_cluster_services: [
    'Every node that is known of: whether it is a member of the cluster, since when, how its cluster services were stopped, and whether a node that was lost is proven off.',
    'Where fencing a lost node failed, nothing of it is taken over until somebody confirms here that it is off. Look at the machine first: if it still runs, its resources are then active twice.',
    'A node that is down for good is removed from the cluster on another node: it is no longer known then, and its certificate no longer good. One that is configured is deleted and that synchronised first. If its cluster manager starts again, it joins as a new node.',
  ],
  clstart: [
    'Starts cluster services on the chosen nodes: each joins the cluster by node_up, and gets the resource groups that are its to run. The cluster manager itself has to run on the node already.',
    'On system restart means: whenever the cluster manager of the node starts.',
  ],
  clstop: [
    'Stops cluster services on the chosen nodes: each leaves the cluster by node_down. Its resource groups are brought offline, move to other nodes, or stay as they are and are UNMANAGED.',
    'The cluster manager of the node goes on, so that its cluster services can be started again from any console.',
  ],
  cm_fencing: [
    'A node whose lease has ended may be dead, or hang and go on. The fence command switches it off, and only when it says that the node is off do the others take over. When it fails, nothing of the node is taken over until somebody confirms that it is off.',
    'Without a fence command the others take over two seconds after the lease has ended; a node that is still at work then has the same resources as they. Verification, home and every such run say: not fenced, resources may be active twice.',
  ],
  cm_components: [
    'A component is a directory of CTDB event scripts on this node: one below the CTDB base, or one that was declared. A manual one runs the events that a person asks for, a driven one those of the life of the node, and an observed one is run by the ctdbd of this node.',
    'Each component runs one event at a time and has a queue of its own. A failure in it neither waits for the queue of the cluster nor holds it up; only a change of health enters that.',
    'The health of a driven or observed component is what monitor has told. A manual one is not monitored: what a monitor said that a person ran is the status of its scripts. A node that was UNHEALTHY in a component is so no longer when the component is made manual or removed.',
  ],
  cm_add_component: [
    'Declares a directory on this node as a component. Where the cluster manager was started with a CTDB base, each directory below its events is one already.',
    'Begin with the mode manual: run its events by hand and look at what they do, then let the life of the node drive them.',
  ],
  cm_change_component: [
    'The directory, profile, mode and debug script of a component on this node. One that is driven begins with init, setup and startup as soon as its node takes part; one that is observed is run by the ctdbd of this node, and by nobody else.',
    'What was declared of a component can be taken back; its files stay as they are. One that is driven is set to manual first: its shutdown then runs, which ends what its scripts have started. Only when that is over can it be removed, be observed, or get another directory or profile.',
  ],
  cm_component: [
    'The scripts of a component in the order in which they run, and how each ended the last time that an event ran it. DISABLED ones are passed over, and the event succeeds without them; so are files that are executable and empty, or do not begin with #!.',
    'Enabling makes a link to the installed script, or sets the execute bits of a file; disabling takes either away again. The directory is read anew for each event.',
    'In the strip of monitor each event is one mark, the oldest at the left: low ones succeeded, tall ones failed, striped ones timed out, hollow ones were cancelled. The view Health has the same as a table.',
  ],
  cm_component_run: [
    'One event of a component, script by script. The first script that fails ends it; those behind it are not run. All scripts share one deadline, counted from the request.',
    'It goes on when this page is closed. Cancel ends its script: TERM, then KILL 2 seconds later.',
  ],
  cm_run_component_event: [
    'Runs an event in one component of this node. CTDB gives each of its events a fixed number of arguments, and no other number is sent. An event of your own may have any.',
    'A new event ends a monitor that runs. A monitor that is asked for while another event runs or waits is cancelled at once.',
    'In an observed component the ctdbd of this node runs the events, and Fallover runs none beside it.',
  ],
};

/** Which panel an address shows, for help: `/smit/cm_event/node_down` is `cm_event`. */
export function helpPanelAt(path: string): HelpPanel | undefined {
  const [first = '', second] = path.split('/').filter((part) => part !== '');
  const name = first === '' ? 'home' : first === 'smit' ? second : first === 'runs' && second !== undefined ? 'run' : first;
  return HELP_PANELS.find((panel) => panel === name);
}
