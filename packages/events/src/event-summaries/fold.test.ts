import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Folded, foldLine, rest, startOfLog } from './fold.ts';
import { completedMarker, failedMarker, noteLine, outputLine, outputPrefix, startMarker, summaryBlock } from './format.ts';
import { localClock } from './local-time.ts';
import type { EventSummary } from './types.ts';

const FILE = 'hacmp.out';

/** Every summary of a log, in the order in which they are told; lines end as they do in the log. */
function compile(lines: string[], fileTime?: string): EventSummary[] {
  let folded: Folded = { state: startOfLog, completed: [] };
  const told: EventSummary[] = [];
  let offset = 0;
  for (const line of lines) {
    folded = foldLine(folded.state, line, { file: FILE, offset }, fileTime);
    told.push(...folded.completed);
    offset += line.length + 1;
  }
  return [...told, ...rest(folded.state)];
}

/** A line a summary: what happened, and when. */
const story = (lines: string[], fileTime?: string): string[] =>
  compile(lines, fileTime).map(({ event, outcome, status, startTime, endTime }) =>
    [event, outcome, status ?? '-', startTime ?? '-', endTime ?? '-'].join(' | '),
  );

const clock = localClock('UTC');
const at = (second: number) => clock(Date.UTC(2026, 10, 23, 14, 22, second));
const RUN = '019ab2c4-5d6e-7f80-9a1b-2c3d3f9c2d1a';
const prefix = outputPrefix(`${RUN}/1/nodea/event/1`, 'node_down');
const block = (event: string, args: string[], from: number, to: number) =>
  summaryBlock({ event, args, startedAt: at(from), endedAt: at(to), actions: [] });

const nodeDown = [
  startMarker(at(10), 'node_down', ['nodea']),
  outputLine(prefix, 'releasing rg1'),
  startMarker(at(11), 'process_resources', []),
  failedMarker(at(11), 'process_resources', [], 3),
  completedMarker(at(12), 'node_down', ['nodea'], 0),
  ...summaryBlock({
    event: 'node_down',
    args: ['nodea'],
    startedAt: at(10),
    endedAt: at(12),
    actions: [{ action: 'Releasing resource group', resource: 'rg1', scriptName: 'process_resources', at: at(10) }],
  }),
];

describe('compiling event summaries', () => {
  it('takes the block, and its outcome from the markers of the event, not of its sub-events', () => {
    expect(compile(nodeDown)).toEqual([
      {
        file: FILE,
        offset: nodeDown.slice(0, 5).join('\n').length + 1,
        event: 'node_down nodea',
        name: 'node_down',
        outcome: 'succeeded',
        status: 0,
        startTime: '2026-11-23T14:22:10',
        endTime: '2026-11-23T14:22:12',
        actions: [
          {
            action: 'Releasing resource group',
            resource: 'rg1',
            scriptName: 'process_resources',
            searchOn: 'Mon.Nov.23.14:22:10.UTC.2026.process_resources.rg1.ref',
          },
        ],
        text: nodeDown.slice(5).join('\n'),
      },
    ]);
  });

  it('tells a failed event with its status', () => {
    const log = [
      startMarker(at(1), 'node_up', ['a']),
      failedMarker(at(2), 'node_up', ['a'], 7),
      ...block('node_up', ['a'], 1, 2),
    ];
    expect(story(log)).toEqual(['node_up a | failed | 7 | 2026-11-23T14:22:01 | 2026-11-23T14:22:02']);
  });

  it('lists an event without a block from its markers, its sub-events not', () => {
    expect(story(nodeDown.slice(0, 5))).toEqual(['node_down nodea | succeeded | 0 | 2026-11-23T14:22:10 | 2026-11-23T14:22:12']);
    expect(story(nodeDown.slice(0, 3))).toEqual(['node_down nodea | unknown | - | 2026-11-23T14:22:10 | -']);
  });

  it('lists an event that the cluster manager never ended, beside a later one of the same name', () => {
    const later = [
      startMarker(at(30), 'node_down', ['nodea']),
      completedMarker(at(31), 'node_down', ['nodea'], 0),
      ...block('node_down', ['nodea'], 30, 31),
    ];
    expect(story([...nodeDown.slice(0, 2), ...later])).toEqual([
      'node_down nodea | succeeded | 0 | 2026-11-23T14:22:30 | 2026-11-23T14:22:31',
      'node_down nodea | unknown | - | 2026-11-23T14:22:10 | -',
    ]);
  });

  it('tells an event with a retry once', () => {
    const log = [
      startMarker(at(1), 'node_up', ['a']),
      failedMarker(at(2), 'node_up', ['a'], 1),
      startMarker(at(3), 'node_up', ['a']),
      startMarker(at(4), 'node_up', ['a']),
      completedMarker(at(5), 'node_up', ['a'], 0),
      ...block('node_up', ['a'], 1, 5),
    ];
    expect(story(log)).toEqual(['node_up a | succeeded | 0 | 2026-11-23T14:22:01 | 2026-11-23T14:22:05']);
  });

  it('tells events that run beside another, each by its own block', () => {
    const log = [
      startMarker(at(1), 'node_up', ['a']),
      startMarker(at(2), 'config_too_long', ['360', 'node_up']),
      completedMarker(at(3), 'config_too_long', ['360', 'node_up'], 0),
      ...block('config_too_long', ['360', 'node_up'], 2, 3),
      failedMarker(at(4), 'node_up', ['a'], 1),
      startMarker(at(5), 'event_error', ['1', 'node_up', 'a']),
      completedMarker(at(6), 'event_error', ['1', 'node_up', 'a'], 0),
      ...block('event_error', ['1', 'node_up', 'a'], 5, 6),
      noteLine(at(7), 'node_up a failed on a.'),
      ...block('node_up', ['a'], 1, 6),
    ];
    expect(story(log)).toEqual([
      'config_too_long 360 node_up | succeeded | 0 | 2026-11-23T14:22:02 | 2026-11-23T14:22:03',
      'event_error 1 node_up a | succeeded | 0 | 2026-11-23T14:22:05 | 2026-11-23T14:22:06',
      'node_up a | failed | 1 | 2026-11-23T14:22:01 | 2026-11-23T14:22:06',
    ]);
  });

  it('does not take an argument that is a number for the status', () => {
    const log = [startMarker(at(1), 'config_too_long', ['360']), completedMarker(at(2), 'config_too_long', ['360'], 4)];
    expect(story(log)).toEqual(['config_too_long 360 | succeeded | 4 | 2026-11-23T14:22:01 | 2026-11-23T14:22:02']);
  });

  it('reads a log that begins in the middle of an event', () => {
    expect(story(nodeDown.slice(4))).toEqual(['node_down nodea | succeeded | 0 | 2026-11-23T14:22:10 | 2026-11-23T14:22:12']);
    expect(story(nodeDown.slice(4, 5))).toEqual(['node_down nodea | succeeded | 0 | - | 2026-11-23T14:22:12']);
    expect(story(nodeDown.slice(5))).toEqual(['node_down nodea | unknown | - | 2026-11-23T14:22:10 | 2026-11-23T14:22:12']);
  });

  it('ends a block that was cut short where the next thing begins', () => {
    expect(story([...nodeDown.slice(0, 9), ...nodeDown])).toEqual([
      'node_down nodea | succeeded | 0 | 2026-11-23T14:22:10 | 2026-11-23T14:22:12',
      'node_down nodea | succeeded | 0 | 2026-11-23T14:22:10 | 2026-11-23T14:22:12',
    ]);
  });

  it('gives up a title that no block follows, and a block that never ends', () => {
    expect(story(['HACMP Event Summary', ...Array(50).fill('just text'), ...nodeDown])).toHaveLength(1);
    const endless = [...nodeDown.slice(0, -1), ...Array(30_000).fill('Acquiring resource: fs1 cl_activate_fs')];
    const [summary] = compile(endless);
    expect(summary?.text.length).toBeLessThan(263_000);
    expect(summary?.text.endsWith('… The rest of this summary is left out: it is longer than 256 KiB.')).toBe(true);
  });

  it('keeps few events in memory however many have no block', () => {
    const log = Array.from({ length: 2000 }, (_, index) => startMarker(at(1), 'network_up', ['-1', `net${index}`]));
    expect(compile(log).filter(({ event }) => event === 'network_up -1 net0')).toHaveLength(1);
  });
});

describe('logs from elsewhere', () => {
  it('may lack the year, have one blank or two before the day, and end lines as DOS does', () => {
    const log = ['Jan 3 14:22:10 EVENT START: node_up a\r', 'Jan  3 14:22:12 EVENT COMPLETED: node_up a 0\r'];
    expect(story(log, '2023-02-01T00:00:00')).toEqual(['node_up a | succeeded | 0 | 2023-01-03T14:22:10 | 2023-01-03T14:22:12']);
  });

  it('gives a line without a year the year in which it is not later than its file', () => {
    const log = ['Dec 31 23:59:50 EVENT START: node_up a', 'Jan  1 00:00:10 EVENT COMPLETED: node_up a 0'];
    expect(story(log, '2023-01-01T00:10:00')).toEqual(['node_up a | succeeded | 0 | 2022-12-31T23:59:50 | 2023-01-01T00:00:10']);
  });

  it('may repeat each marker as a machine line, which gives the serial number and the year', () => {
    const log = [
      'Jan 28 19:06:47 EVENT START: node_up a',
      '|2023-01-28T19:06:47|22712|EVENT START: node_up a|',
      'Jan 28 19:06:48 EVENT FAILED: 2: node_up a 2',
      '|2023-01-28T19:06:48|22712|EVENT FAILED: 2: node_up a 2|',
    ];
    const [summary, ...others] = compile(log);
    expect(others).toEqual([]);
    expect(summary).toMatchObject({
      event: 'node_up a',
      outcome: 'failed',
      status: 2,
      startTime: '2023-01-28T19:06:47',
      endTime: '2023-01-28T19:06:48',
      serialNumber: '22712',
    });
  });

  it('may have machine lines only, or these first', () => {
    const machine = [
      '|2023-01-28T19:06:47|22712|EVENT START: node_up a|',
      '|2023-01-28T19:06:48|22712|EVENT COMPLETED: node_up a 0|',
    ];
    const told = ['node_up a | succeeded | 0 | 2023-01-28T19:06:47 | 2023-01-28T19:06:48'];
    expect(story(machine)).toEqual(told);
    const both = [
      machine[0],
      'Jan 28 2023 19:06:47 EVENT START: node_up a',
      machine[1],
      'Jan 28 2023 19:06:48 EVENT COMPLETED: node_up a 0',
    ];
    expect(story(both as string[])).toEqual(told);
  });

  it('may be of PowerHA SystemMirror, with an event id that stands for several events', () => {
    const log = [
      'Jan 28 2023 19:06:47 EVENT START: rg_move a 1 ACQUIRE',
      'Jan 28 2023 19:06:47 EVENT START: acquire_svc_addr svc1',
      'Jan 28 2023 19:06:48 EVENT COMPLETED: acquire_svc_addr svc1 0',
      '+rg1:rg_move[+105] echo Jan 28 2023 19:06:48 EVENT FAILED: 1: rg_move',
      'Jan 28 2023 19:06:48 EVENT COMPLETED: rg_move a 1 ACQUIRE 0',
      '          PowerHA SystemMirror Event Summary',
      '----------------------------------------------------------------------------',
      '',
      'Serial number for this event: 22712',
      'Event: TE_RG_MOVE_ACQUIRE',
      'Start time: Sat Jan 28 19:06:47 2023',
      '',
      'End time: Sat Jan 28 19:06:48 2023',
      '',
      'Action:                         Resource:                       Script Name:',
      '----------------------------------------------------------------------------',
      'Acquiring resource group:       rg1     process_resources',
      'Search on: Sat.Jan.28.19:06:47.CET.2023.process_resources.rg1.ref',
      'Acquiring resource:\tAll_volume_groups\tcl_activate_vgs',
      '----------------------------------------------------------------------------',
    ];
    expect(compile(log)).toMatchObject([
      {
        event: 'TE_RG_MOVE_ACQUIRE',
        name: 'TE_RG_MOVE_ACQUIRE',
        outcome: 'succeeded',
        status: 0,
        serialNumber: '22712',
        startTime: '2023-01-28T19:06:47',
        endTime: '2023-01-28T19:06:48',
        actions: [
          {
            action: 'Acquiring resource group',
            resource: 'rg1',
            scriptName: 'process_resources',
            searchOn: 'Sat.Jan.28.19:06:47.CET.2023.process_resources.rg1.ref',
          },
          { action: 'Acquiring resource', resource: 'All_volume_groups', scriptName: 'cl_activate_vgs' },
        ],
      },
    ]);
  });

  it('cannot command the terminal', () => {
    const [summary] = compile(['Jan 28 2023 19:06:47 EVENT START: node_up \u001b[2Ja']);
    expect(summary?.event).toBe('node_up ^[[2Ja');
  });
});

describe('output behind its prefix', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.constantFrom(
      ...nodeDown,
      '|2023-01-28T19:06:47|22712|EVENT START: node_up a|',
      '-'.repeat(76),
      'Event: x',
      'Action:',
      '\r',
      '',
    ),
  );

  it('never changes what is compiled, wherever it stands and whatever it says', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(nodeDown.length), hostile, fc.boolean()), { maxLength: 8 }), (insertions) => {
        const log = nodeDown.flatMap((line, index) => [
          ...insertions
            .filter(([where]) => where === index)
            .flatMap(([, text, more]) => outputLine(prefix, text, more).split('\n')),
          line,
        ]);
        const told = (lines: string[]) => compile(lines).map((summary) => ({ ...summary, offset: 0 }));
        expect(told(log)).toEqual(told(nodeDown));
      }),
    );
  });
});
