import type { Verb } from '../verb.ts';

/** CTDB event scripts. */
export const CTDB_VERBS: readonly Verb[] = [
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
      'A driven one is set to manual first ("fallover modify component NAME mode=manual"); "fallover delete component NAME" when its shutdown is over.',
    ],
    eventArguments: true,
    load: async () => (await import('../verbs/ctdb.ts')).ctdb,
  },
];
