import { describe, expect, it } from 'vitest';
import { IGNORED_FOR } from '../ctdb/script-names.ts';
import {
  type ComponentFault,
  componentRunSentence,
  componentSentence,
  type DirectoryFact,
  directoryFactSentence,
  ignoredSentence,
} from './components.ts';

describe('what is refused of a component', () => {
  it.each<[ComponentFault, string]>([
    [
      { code: 'no_component', component: 'x' },
      'There is no component "x" on this node. See what there is with: fallover query component',
    ],
    [
      { code: 'component_exists', component: 'c', directory: '/d' },
      'The component c is there already, with the directory /d. Change it with: fallover modify component c …',
    ],
    [
      { code: 'component_not_declared', component: 'c' },
      'Nothing was declared of the component c: it is a directory below the base. Disable its scripts, or move the directory away.',
    ],
    [
      { code: 'component_busy', component: 'c', event: 'startup' },
      'The event startup runs or waits in the component c. Cancel it or wait for its end, then try again.',
    ],
    [
      { code: 'component_observed', component: 'c' },
      'The component c is observed: the ctdbd of this node runs its events, and Fallover runs none beside it. Use ctdb event run, or change the mode with: fallover modify component c mode=manual',
    ],
    [
      { code: 'component_driven', component: 'c', mode: 'driven' },
      'The component c is driven, and what its scripts have started goes on until its shutdown has run: set it to manual first (fallover modify component c mode=manual), and when that shutdown is over do this again.',
    ],
    [
      { code: 'component_driven', component: 'c', mode: 'manual' },
      'The shutdown of the component c is not over yet: what its scripts have started goes on until then. See what runs (fallover query component c), and when it is over do this again.',
    ],
    [
      { code: 'startrecovery_failed', component: 'c', event: 'takeip' },
      'The startrecovery that comes before takeip has failed in the component c, so takeip was not run. See what it said with: fallover ctdb event status c startrecovery',
    ],
    [
      { code: 'component_directory_missing', component: 'c', directory: '/d', reason: 'ENOENT' },
      'The directory /d of the component c cannot be read (ENOENT). Make it, or correct it with: fallover modify component c directory=…',
    ],
    [
      {
        code: 'equal_numbers',
        component: 'c',
        directory: '/d',
        equalNumbers: [{ number: '10', files: ['10.interfaces', '10.otherstuff'] }],
      },
      'In /d 10.interfaces and 10.otherstuff have the number 10, and under the profile readme each number may be there once, so no event of c is run. Rename all but one, or use the profile ctdb.',
    ],
    [
      { code: 'not_a_component_path', field: 'directory', text: 'x' },
      'directory "x" has to be a full pathname, beginning with / and without "..".',
    ],
    [
      { code: 'no_such_event_script', component: 'c', script: '10.x' },
      'There is no event script "10.x" in the component c, nor is one of this name installed.',
    ],
    [
      { code: 'not_an_event_script', component: 'c', script: 'x' },
      '"x" is no name of an event script in the component c. It has to begin with two digits and a dot.',
    ],
    [
      { code: 'not_a_file_or_link', path: '/d/10.x.script' },
      '/d/10.x.script is not a file or a link, so it can be neither enabled nor disabled.',
    ],
    [
      { code: 'script_not_changed', path: '/d/10.x.script', reason: 'EROFS' },
      '/d/10.x.script could not be changed (EROFS). Nothing was done.',
    ],
    [{ code: 'script_not_readable', path: '/d/10.x.script', reason: 'EIO' }, '/d/10.x.script cannot be read (EIO).'],
    [
      { code: 'event_never_run', component: 'c', event: 'monitor' },
      'The event "monitor" has never run in the component c, so there is no status of it.',
    ],
    [
      { code: 'no_component_run', component: 'c', run: '7' },
      'There is no event "7" of the component c, or it is not kept any longer.',
    ],
    [
      { code: 'component_run_over', component: 'c', run: '7' },
      'The event "7" of the component c is over already. Nothing was done.',
    ],
    [
      { code: 'event_name_refused', event: '-x' },
      '"-x" is no name of an event: it has 1 to 64 letters, digits, dots, underscores and hyphens, and begins with a letter or a digit.',
    ],
    [
      { code: 'argument_count', event: 'takeip', expected: 3, given: 1 },
      'The event takeip has 3 arguments (IFACE IP MASKBITS), and 1 was given.',
    ],
    [
      { code: 'argument_count', event: 'monitor', expected: 0, given: 2 },
      'The event monitor has no arguments, and 2 were given.',
    ],
    [
      { code: 'argument_refused', event: 'e', place: 2 },
      "Argument 2 of the event e is empty, or has a blank or a control character in it. CTDB's event scripts cannot be given one.",
    ],
  ])('%o', (fault, sentence) => {
    expect(componentSentence(fault)).toBe(sentence);
  });
});

describe('what is found in a directory', () => {
  it('says of each ignored file why', () => {
    expect(IGNORED_FOR.map((why) => ignoredSentence('f', why))).toEqual([
      '"f" is ignored: it does not begin with two digits and a dot.',
      '"f" is ignored: under the profile ctdb the name of a script ends in .script.',
      '"f" is ignored: what stands behind its last dot is not script, as in a copy that an editor or a package leaves.',
      '"f" is ignored: it ends in ~, as the copy that an editor leaves.',
      '"f" is ignored: it has no name behind its number.',
      '"f" is ignored: its name is not UTF-8. Rename it.',
    ]);
  });

  it('is said with what comes of it', () => {
    expect(
      (
        [
          { code: 'equal_numbers_allowed', number: '10', files: ['10.a.script', '10.b.script'] },
          { code: 'installed_not_enabled', names: ['05.sys', '20.two'] },
          { code: 'link_leads_nowhere', name: '05.x', link: '/gone' },
          { code: 'script_not_a_file', name: '05.x' },
          { code: 'script_disabled', name: '05.x' },
          { code: 'counts_as_disabled', name: '05.x', isEmpty: true },
          { code: 'counts_as_disabled', name: '05.x', isEmpty: false },
          { code: 'only_on_node', name: '05.x', node: 'nodea', other: 'nodeb' },
          { code: 'script_differs', name: '05.x', node: 'nodea', other: 'nodeb' },
          { code: 'enabled_differs', name: '05.x', node: 'nodea', other: 'nodeb' },
          { code: 'no_such_component', name: 'c', node: 'nodeb' },
        ] satisfies DirectoryFact[]
      ).map((fact) => directoryFactSentence(fact)),
    ).toEqual([
      '10.a.script and 10.b.script have the number 10. They run in this order; the profile readme would refuse them.',
      'Installed and not enabled: 05.sys and 20.two.',
      '05.x is a link to /gone, where nothing is: every event of the component fails at it. Disable it, or put the script there.',
      '05.x is not a regular file: it counts as disabled.',
      '05.x is disabled: its owner may not execute it.',
      '05.x can be executed and is empty: it counts as disabled, and no event says so.',
      '05.x can be executed and is neither a program nor begins with #!: it counts as disabled, and no event says so.',
      '05.x is on node nodea and not on node nodeb.',
      '05.x has other contents on node nodeb than on node nodea.',
      '05.x is enabled on node nodea and disabled on node nodeb.',
      'There is no component c on node nodeb.',
    ]);
  });
});

describe('an event of a component', () => {
  const said = (run: Partial<Parameters<typeof componentRunSentence>[0]>): string =>
    componentRunSentence({
      component: 'c',
      event: 'startup',
      state: 'ended',
      scripts: [{ script: '50.x', exitStatus: 3 }],
      toRun: [],
      ...run,
    });

  it('is told in one sentence', () => {
    expect([
      said({ state: 'waiting', scripts: [] }),
      said({ state: 'running', scripts: [] }),
      said({ state: 'running' }),
      said({ outcome: 'ok' }),
      said({ outcome: 'ok', scripts: [] }),
      said({ outcome: 'failed' }),
      said({ outcome: 'failed', scripts: [{ script: '50.x', signal: 'SIGSEGV' }] }),
      said({ outcome: 'failed', scripts: [{ script: '50.x', reason: 'It is not trusted.' }] }),
      said({ outcome: 'timed_out', timeoutSeconds: 30 }),
      said({ outcome: 'timed_out', scripts: [] }),
      said({ outcome: 'cancelled' }),
      said({ outcome: 'cancelled', scripts: [] }),
      said({ outcome: 'no_directory', scripts: [] }),
      said({ outcome: 'interrupted' }),
      said({ outcome: 'interrupted', toRun: ['60.y', '70.z'] }),
      said({ outcome: 'cancelled', observed: true }),
      said({ outcome: 'interrupted', observed: true }),
    ]).toEqual([
      'startup in c waits until the event before it is over.',
      'startup in c runs.',
      'startup in c runs: 50.x.',
      'startup in c is done.',
      'startup in c is done: there are no scripts.',
      'startup in c failed in 50.x: exit status 3.',
      'startup in c failed in 50.x: signal SIGSEGV.',
      'startup in c failed in 50.x: It is not trusted.',
      'startup in c timed out after 30 s in 50.x, which was ended.',
      'startup in c timed out.',
      'startup in c was cancelled in 50.x; its status is that of the time before.',
      'startup in c was cancelled before a script was started.',
      'startup in c was not run: the directory of the component is not there.',
      'startup in c was interrupted, because the cluster manager went away while 50.x was its script. No script of it was run a second time. Run the event again if it is still wanted.',
      'startup in c was interrupted, because the cluster manager went away while 50.x was its script. 60.y and 70.z were not run. Run the event again if it is still wanted.',
      'startup in c was cancelled: CTDB ran another event, and keeps no status of it.',
      'CTDB has run startup in c. How it ended is not known: the status of it was overtaken, or ctdb event status could not be asked.',
    ]);
  });
});
