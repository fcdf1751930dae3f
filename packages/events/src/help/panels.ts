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
    'Shows what an event would do on the live configuration: who would run what, with which arguments, in which order, past which barriers. Nothing is run by it.',
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
  cm_remote_notification: ['Pages, SMS and e-mails that are sent when an event happens.'],
  cm_event_summaries: [
    'The event summaries of the last seven days, compiled from hacmp.out: for each event what was done to which resource, by which script. The “Search on:” text leads to the place in the log.',
  ],
  cm_recover: [
    'After a script failure the cluster manager starts nothing further until you decide. Put right what failed first, then say what the failed step counts as: skip the rest of the event, count the step as succeeded, or run it again.',
    'What is skipped is kept as a list of what you have to do by hand.',
  ],
  cm_log_viewing: ['The log files of the cluster manager.'],
  cm_smit_log: ['What was done through the panels: smit.log tells it, smit.script has the same as lines that sh can run again.'],
};

/** Which panel an address shows, for help: `/smit/cm_event/node_down` is `cm_event`. */
export function helpPanelAt(path: string): HelpPanel | undefined {
  const [first = '', second] = path.split('/').filter((part) => part !== '');
  const name = first === '' ? 'home' : first === 'smit' ? second : first === 'runs' && second !== undefined ? 'run' : first;
  return HELP_PANELS.find((panel) => panel === name);
}
