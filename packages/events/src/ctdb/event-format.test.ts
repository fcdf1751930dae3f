import { describe, expect, it } from 'vitest';
import { checkScriptEvent, wordsOfArguments } from './check-script-event.ts';
import { runLine, scriptList, statusLine } from './event-format.ts';
import { SCRIPT_EVENT_NAMES } from './words.ts';

const startedAt = 'Thu Nov 26 15:16:29 2026';

describe('ctdb event status', () => {
  it.each([
    [
      { script: '01.ok', status: 'OK', durationMs: 2.4, output: 'seen by nobody' },
      '01.ok                OK         0.002 Thu Nov 26 15:16:29 2026\n',
    ],
    [
      { script: '50.x', status: 'ERROR', durationMs: 12_345.6, output: 'out\n' },
      '50.x                 ERROR      12.346 Thu Nov 26 15:16:29 2026\n  OUTPUT: out\n\n',
    ],
    [
      { script: '50.x', status: 'TIMEDOUT', output: '' },
      '50.x                 TIMEDOUT   Thu Nov 26 15:16:29 2026\n  OUTPUT: \n',
    ],
    [{ script: '02.empty', status: 'DISABLED', output: '' }, '02.empty             DISABLED  \n'],
    [
      { script: '05.dangling', status: 'CANNOT RUN', errno: 2, output: '' },
      '05.dangling          CANNOT RUN (No such file or directory)\n  OUTPUT: \n',
    ],
    [
      { script: '05.a-name-of-more-than-20', status: 'CANNOT RUN', errno: 190, output: '' },
      '05.a-name-of-more-than-20 CANNOT RUN (Unknown error 190)\n  OUTPUT: \n',
    ],
  ] as const)('prints %o', (script, line) => {
    expect(statusLine({ ...script, startedAt })).toBe(line);
  });
});

describe('ctdb event run', () => {
  it('prints what came of it', () => {
    const lines = (['ok', 'failed', 'timed_out', 'cancelled', 'no_directory', 'interrupted'] as const).map((outcome) =>
      runLine('legacy', 'monitor', outcome),
    );
    expect(lines).toEqual([
      '',
      'Event monitor in legacy failed\n',
      'Event monitor in legacy timed out\n',
      'Event monitor in legacy got cancelled\n',
      'Event dir for legacy does not exist\n',
      'Failed to run event monitor in legacy, result=5\n',
    ]);
  });

  it('parts arguments at blanks, as CTDB does', () => {
    expect(wordsOfArguments(['a', 'b c', '', ' d '])).toEqual(['a', 'b', 'c', 'd']);
  });
});

describe('ctdb event script list', () => {
  const installed = [
    { name: '20.two', path: '/usr/share/20.two.script' },
    { name: '05.sys', path: '/usr/share/05.sys.script' },
  ];

  it('has the installed scripts first, with a star where a link leads to them, then the others', () => {
    const scripts = [
      { name: '01.ok', enabled: true },
      { name: '04.off', enabled: false },
      { name: '05.sys', enabled: true, link: '/elsewhere/05.sys.script' },
      { name: '20.two', enabled: true, link: '/usr/share/20.two.script' },
    ];
    expect(scriptList(installed, scripts)).toBe('  05.sys\n* 20.two\n\n* 01.ok\n  04.off\n* 05.sys\n');
  });

  it('has no blank line where there is nothing on one side', () => {
    expect(scriptList(installed, [])).toBe('  05.sys\n  20.two\n');
    expect(scriptList([], [{ name: '01.ok', enabled: true }])).toBe('* 01.ok\n');
    expect(scriptList([], [])).toBe('');
  });
});

describe('the arguments of an event', () => {
  it('are as many as CTDB gives', () => {
    const fitting = SCRIPT_EVENT_NAMES.map((event) => {
      const counts = [0, 1, 2, 3, 4, 5].filter((count) => checkScriptEvent(event, Array(count).fill('x')) === undefined);
      return `${event} ${counts}`;
    });
    expect(fitting).toEqual([
      'startup 0',
      'shutdown 0',
      'monitor 0',
      'takeip 3',
      'releaseip 3',
      'startrecovery 0',
      'recovered 0',
      'stopped 0',
      'init 0',
      'setup 0',
      'updateip 4',
      'startipreallocate 0',
      'ipreallocated 0',
    ]);
  });

  it('may be any of an event that CTDB does not know, but for blanks and nothing', () => {
    expect(checkScriptEvent('reconfigure', ['a', 'b'])).toBeUndefined();
    expect(checkScriptEvent('reconfigure', ['a', ''])).toEqual({ code: 'argument_refused', event: 'reconfigure', place: 2 });
    expect(checkScriptEvent('reconfigure', ['a\tb'])).toEqual({ code: 'argument_refused', event: 'reconfigure', place: 1 });
    expect(checkScriptEvent('--help', [])).toEqual({ code: 'event_name_refused', event: '--help' });
    expect(checkScriptEvent('../x', [])).toEqual({ code: 'event_name_refused', event: '../x' });
    expect(checkScriptEvent('toString', [])).toBeUndefined();
  });
});
