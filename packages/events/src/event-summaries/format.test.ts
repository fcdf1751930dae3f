import { describe, expect, it } from 'vitest';
import {
  completedMarker,
  eventPreamble,
  failedMarker,
  noteLine,
  outputLine,
  outputLines,
  outputPrefix,
  referenceLine,
  referenceString,
  resourceGroupTable,
  startMarker,
  summaryBlock,
  visible,
} from './format.ts';
import { isoLocal, type LocalTime, localClock } from './local-time.ts';

const utc = localClock('UTC');
const start = utc(Date.UTC(2026, 10, 23, 14, 22, 10));
const end = utc(Date.UTC(2026, 10, 23, 14, 22, 12));
const RUN = '019ab2c4-5d6e-7f80-9a1b-2c3d3f9c2d1a';

describe('the markers', () => {
  it('say when an event starts, has completed and has failed', () => {
    expect(startMarker(start, 'node_down', ['nodea'])).toBe('Nov 23 2026 14:22:10 EVENT START: node_down nodea');
    expect(completedMarker(end, 'node_down', ['nodea'], 0)).toBe('Nov 23 2026 14:22:12 EVENT COMPLETED: node_down nodea 0');
    expect(failedMarker(end, 'node_up', ['nodea'], 1)).toBe('Nov 23 2026 14:22:12 EVENT FAILED: 1: node_up nodea 1');
  });

  it('have two blanks before a day of one digit', () => {
    const third: LocalTime = utc(Date.UTC(2026, 10, 3, 4, 5, 6));
    expect(startMarker(third, 'network_down', ['-1', 'net1'])).toBe('Nov  3 2026 04:05:06 EVENT START: network_down -1 net1');
  });

  it('stay one line whatever an argument holds', () => {
    expect(startMarker(start, 'rg_move', ['a\nNov 23 2026 14:22:10 EVENT FAILED: 1: x 1'])).toBe(
      'Nov 23 2026 14:22:10 EVENT START: rg_move a^JNov 23 2026 14:22:10 EVENT FAILED: 1: x 1',
    );
    expect(completedMarker(end, 'rg_move', ['x'.repeat(9000)], 3)).toMatch(/^.{40,2100}… 3$/);
  });
});

describe('what the cluster manager says itself', () => {
  it('is a line with its name', () => {
    expect(noteLine(end, 'node_up nodea failed on nodeb.')).toBe(
      'Nov 23 2026 14:22:12 CLUSTER MANAGER: node_up nodea failed on nodeb.',
    );
  });
});

describe('the event summary', () => {
  it('is the block of the manual', () => {
    const actions = [{ action: 'Releasing resource group', resource: 'rg1', scriptName: 'process_resources', at: start }];
    expect(summaryBlock({ event: 'node_down', args: ['nodea'], startedAt: start, endedAt: end, actions }).join('\n')).toBe(
      `HACMP Event Summary
Event: node_down nodea
Start time: Mon Nov 23 14:22:10 2026

End time: Mon Nov 23 14:22:12 2026

Action:                         Resource:                       Script Name:
----------------------------------------------------------------------------
Releasing resource group:       rg1     process_resources
Search on: Mon.Nov.23.14:22:10.UTC.2026.process_resources.rg1.ref
----------------------------------------------------------------------------`,
    );
  });

  it('says so when no resource was touched, and has a serial number where there is one', () => {
    const facts = { event: 'cluster_notify', args: [], startedAt: start, endedAt: end, actions: [], serialNumber: '22712' };
    expect(summaryBlock(facts)).toEqual([
      'HACMP Event Summary',
      'Serial number for this event: 22712',
      'Event: cluster_notify',
      'Start time: Mon Nov 23 14:22:10 2026',
      '',
      'End time: Mon Nov 23 14:22:12 2026',
      '',
      'Action:                         Resource:                       Script Name:',
      '----------------------------------------------------------------------------',
      'No resources changed as a result of this event',
      '----------------------------------------------------------------------------',
    ]);
  });

  it('is found in the verbose part by the text that it names', () => {
    expect(referenceLine(referenceString(start, 'process_resources', 'rg1'))).toBe(
      'Reference string: Mon.Nov.23.14:22:10.UTC.2026.process_resources.rg1.ref',
    );
  });
});

describe('the event preamble', () => {
  it('lists the plan of sub-events', () => {
    expect(eventPreamble(["Enqueued rg_move acquire event for resource group 'rg1'."])).toEqual([
      'HACMP Event Preamble',
      '----------------------------------------------------------------------------',
      "Enqueued rg_move acquire event for resource group 'rg1'.",
      '----------------------------------------------------------------------------',
    ]);
  });
});

describe('the prefix of output', () => {
  it('names the step', () => {
    expect(outputPrefix(`${RUN}/1/nodea/pre_event.2/1`, 'node_down')).toBe('|3f9c2d1a node_down pre_event.2.1|');
    expect(outputPrefix(`${RUN}/2/nodea/event/3`, 'node_up')).toBe('|3f9c2d1a.2 node_up event.3|');
    expect(outputPrefix(`${RUN}/1/nodea/event/1/2.start_server/event/1`, 'node_down')).toBe(
      '|3f9c2d1a node_down event.1 2.start_server event.1|',
    );
  });

  it('stands before the line, of which control characters are made visible', () => {
    const prefix = outputPrefix(`${RUN}/1/nodea/event/1`, 'node_down');
    expect(outputLine(prefix, 'a\tb\r')).toBe('|3f9c2d1a node_down event.1| a\tb');
    expect(outputLine(prefix, '10%\r20%\u001b[31m\u0000\u009b\u2028')).toBe(
      '|3f9c2d1a node_down event.1| 10%^M20%^[[31m^@\\x9b\\u2028',
    );
    expect(outputLine(prefix, 'and so on', true)).toBe('|3f9c2d1a node_down event.1|+and so on');
  });

  it('stands before each of many lines', () => {
    expect(outputLines('|p|', 'a\tb\n\nc')).toEqual(['|p| a\tb', '|p| ', '|p| c']);
    expect(outputLines('|p|', 'a\r\nb\u0007\n')).toEqual(['|p| a', '|p| b^G', '|p| ']);
  });

  it('leaves what can be seen as it is', () => {
    expect(visible('Köln 東京 ~ ^M\t.')).toBe('Köln 東京 ~ ^M\t.');
  });
});

describe('the resource group table', () => {
  it('says so when no group is configured', () => {
    expect(resourceGroupTable([])).toBe(
      `----------------------------------------------------------------------------
Group Name                       Group State              Node
----------------------------------------------------------------------------
No resource groups are configured.
`,
    );
  });

  it('has a line a group and node', () => {
    expect(resourceGroupTable([{ group: 'rg1', state: 'ONLINE', node: 'nodea' }]).split('\n')[3]).toBe(
      'rg1                              ONLINE                   nodea',
    );
  });
});

describe('the clock on the wall', () => {
  it('follows its zone through the hour that daylight saving repeats', () => {
    const berlin = localClock('Europe/Berlin');
    const shown = (ms: number) => `${isoLocal(berlin(ms))} ${berlin(ms).zone}`;
    expect(shown(Date.UTC(2026, 9, 25, 0, 59, 59))).toBe('2026-10-25T02:59:59 CEST');
    expect(shown(Date.UTC(2026, 9, 25, 1, 0, 0, 999))).toBe('2026-10-25T02:00:00 CET');
    expect(shown(Date.UTC(2026, 9, 25, 23, 0, 0))).toBe('2026-10-26T00:00:00 CET');
  });
});
