import { readFileSync, utimesSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  completedMarker,
  type EventSummary,
  foldLine,
  LONGEST_LINE,
  localClock,
  outputLine,
  rest,
  startMarker,
  startOfLog,
  summaryBlock,
} from '@fallover/events';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compileSummaries, logsOfFiles, type NodeSummary } from './compile.ts';
import { newest } from './newest.ts';
import { logScanner } from './scan.ts';

const fixture = (name: string) => new URL(`../fixtures/${name}`, import.meta.url).pathname;
const FILE_TIME = '2026-11-24T00:00:00';

/** Pieces of the given sizes, again and again, as reads may return them. */
function scanInPieces(bytes: Buffer, sizes: number[]): EventSummary[] {
  let at = 0;
  let turn = 0;
  const scanner = logScanner(
    'log',
    (into) => {
      const read = bytes.copy(into, 0, at, at + Math.min(sizes[turn++ % sizes.length] ?? 1, into.length));
      at += read;
      return read;
    },
    undefined,
    FILE_TIME,
  );
  const told: EventSummary[] = [];
  for (let isOver = false; !isOver; ) {
    const scanned = scanner.next();
    told.push(...scanned.completed);
    isOver = scanned.isOver;
  }
  return [...told, ...rest(scanner.state())];
}

/** Every line of the log through the fold: what the scanner has to agree with. */
function foldAll(bytes: Buffer): EventSummary[] {
  let state = startOfLog;
  const told: EventSummary[] = [];
  for (let at = 0; at < bytes.length; ) {
    const newline = bytes.indexOf(0x0a, at);
    const end = newline === -1 ? bytes.length : newline;
    const folded = foldLine(
      state,
      bytes.toString('utf8', at, Math.min(end, at + LONGEST_LINE)),
      { file: 'log', offset: at },
      FILE_TIME,
    );
    state = folded.state;
    told.push(...folded.completed);
    at = end + 1;
  }
  return [...told, ...rest(state)];
}

const time = localClock('UTC')(Date.UTC(2026, 10, 23, 14, 22, 10));
const block = summaryBlock({
  event: 'node_down',
  args: ['nodea'],
  startedAt: time,
  endedAt: time,
  actions: [{ action: 'Releasing resource group', resource: 'rg1', scriptName: 'process_resources', at: time }],
});

describe('the scanner', () => {
  const line = fc.oneof(
    fc.constantFrom(
      startMarker(time, 'node_down', ['nodea']),
      completedMarker(time, 'node_down', ['nodea'], 0),
      block.join('\n'),
      block.join('\r\n'),
      block.slice(0, 5).join('\n'),
      '|2026-11-23T14:22:10|22712|EVENT START: node_up a|',
      'EVENT EVENT START: Summary Event Summary',
      '                       PowerHA SystemMirror Event Summary',
      `x${' '.repeat(300)}EVENT START: node_up a`,
      '',
    ),
    fc.string({ unit: 'binary', maxLength: 80 }).map((text) => outputLine('|3f9c2d1a node_down event.1|', text)),
    fc.nat(200_000).map((length) => `Nov 23 2026 14:22:10 EVENT START: long ${'y'.repeat(length)}`),
  );

  it('tells the same as a fold over all lines, however the bytes are split', () => {
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 25 }),
        fc.array(fc.integer({ min: 1, max: 40_000 }), { minLength: 1, maxLength: 5 }),
        (lines, sizes) => {
          const bytes = Buffer.from(lines.join('\n'));
          fc.pre(bytes.length / Math.min(...sizes) < 20_000);
          expect(scanInPieces(bytes, sizes)).toEqual(foldAll(bytes));
        },
      ),
      { numRuns: 60 },
    );
  });

  it.each(['powerha-7.2.hacmp.out', 'hacmp-5.4.hacmp.out'])('tells the same of %s byte by byte', (name) => {
    const bytes = readFileSync(fixture(name));
    expect(scanInPieces(bytes, [1])).toEqual(foldAll(bytes));
  });

  it('goes over bytes that are no UTF-8, and over a line without an end', () => {
    const bytes = Buffer.concat([
      Buffer.from([0xff, 0xfe, 0x00, 0x0a]),
      Buffer.alloc(3_000_000, 0xc3),
      Buffer.from(`\n${startMarker(time, 'node_up', ['K'])}\xf6\n`, 'latin1'),
      Buffer.alloc(1_000_000, 0x61),
    ]);
    expect(scanInPieces(bytes, [100_000]).map(({ event, offset }) => [event, offset])).toEqual([['node_up K\ufffd', 3_000_005]]);
  });
});

describe('compiling logs from elsewhere', () => {
  let directory = '';
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'hacmp-out-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  async function story(paths: string[], options = {}): Promise<string[]> {
    const told: string[] = [];
    for await (const { event, outcome, status, startTime, endTime, serialNumber } of compileSummaries(logsOfFiles(paths), {
      timeZone: 'UTC',
      ...options,
    }))
      told.push([event, outcome, status ?? '-', startTime ?? '-', endTime ?? '-', serialNumber ?? '-'].join(' | '));
    return told;
  }

  it('reads a log of PowerHA SystemMirror 7.2, where an event without a block comes last', async () => {
    expect(await story([fixture('powerha-7.2.hacmp.out')])).toEqual([
      'TE_RG_MOVE_ACQUIRE | succeeded | 0 | 2023-01-28T19:06:47 | 2023-01-28T19:08:09 | 22712',
      'TE_JOIN_NODE_DEP_COMPLETE | failed | 2 | 2023-01-28T19:08:11 | 2023-01-28T19:08:14 | 22713',
      'rg_move_fence nodea 1 | succeeded | 0 | 2023-01-28T19:06:45 | 2023-01-28T19:06:46 | 22710',
    ]);
  });

  const ofHacmp54 = [
    'node_down nodeb graceful | succeeded | 0 | 2007-12-31T23:59:50 | 2008-01-01T00:00:04 | -',
    'network_down -1 net_ether_01 | succeeded | 0 | 2008-01-01T00:10:00 | 2008-01-01T00:10:01 | -',
    'node_up nodeb | unknown | - | 2008-01-01T00:10:02 | - | -',
  ];

  it('reads a log of HACMP 5.4, which has no years, by the time of the file', async () => {
    const path = join(directory, 'hacmp.out');
    await writeFile(path, readFileSync(fixture('hacmp-5.4.hacmp.out')));
    utimesSync(path, new Date('2008-01-02T00:00:00Z'), new Date('2008-01-02T00:00:00Z'));
    expect(await story([path])).toEqual(ofHacmp54);
  });

  it('reads the same with the line ends of DOS and bytes of Latin-1 between', async () => {
    const path = join(directory, 'hacmp.out');
    const text = readFileSync(fixture('hacmp-5.4.hacmp.out'), 'latin1')
      .replaceAll('\n', '\r\n')
      .replace('+ version', '+ \xe4\xff');
    await writeFile(path, Buffer.from(text, 'latin1'));
    utimesSync(path, new Date('2008-01-02T00:00:00Z'), new Date('2008-01-02T00:00:00Z'));
    expect(await story([path])).toEqual(ofHacmp54);
  });

  it('follows an event from one file of a log into the next', async () => {
    const [older, newer] = [join(directory, 'hacmp.out.1'), join(directory, 'hacmp.out')];
    await writeFile(older, `${startMarker(time, 'node_down', ['nodea'])}\n`);
    await writeFile(newer, `${completedMarker(time, 'node_down', ['nodea'], 0)}\n${block.join('\n')}\n`);
    expect(await story([newer, older])).toEqual([
      'node_down nodea | succeeded | 0 | 2026-11-23T14:22:10 | 2026-11-23T14:22:10 | -',
    ]);
  });

  it('filters by time, name, outcome and text, and by node where the log is not known to be a node’s', async () => {
    const path = fixture('powerha-7.2.hacmp.out');
    const events = async (options: object) => (await story([path], options)).map((line) => line.split(' | ')[0]);
    const [moved, joined] = ['TE_RG_MOVE_ACQUIRE', 'TE_JOIN_NODE_DEP_COMPLETE'];
    expect(await events({ since: '2023-01-28T19:08:10' })).toEqual([joined]);
    expect(await events({ until: '2023-01-28T19:08:10' })).toEqual([moved, 'rg_move_fence nodea 1']);
    expect(await events({ event: joined })).toEqual([joined]);
    expect(await events({ outcome: 'failed' })).toEqual([joined]);
    expect(await events({ text: 'DATAVG' })).toEqual([moved]);
    expect(await events({ node: 'nodea' })).toEqual(['rg_move_fence nodea 1']);
    expect(await events({ node: 'nodeb' })).toEqual([]);
    expect((await story([fixture('hacmp-5.4.hacmp.out')], { node: 'nodeb' })).map((line) => line.split(' | ')[0])).toEqual([
      'node_down nodeb graceful',
      'node_up nodeb',
    ]);
  });

  it('leaves out what cannot be read and says so', async () => {
    const faults: object[] = [];
    const missing = join(directory, 'none');
    expect(await story([missing, directory], { onFault: (fault: object) => faults.push(fault) })).toEqual([]);
    expect(faults).toEqual([
      { code: 'log_not_found', path: missing },
      { code: 'log_not_a_regular_file', path: directory },
    ]);
  });
});

describe('the newest summaries', () => {
  it('are the last by time, newest first, with the number of all', async () => {
    async function* many(): AsyncGenerator<NodeSummary> {
      for (let index = 0; index < 100; index++) {
        const second = String((index * 37) % 60).padStart(2, '0');
        const startTime = `2026-11-23T14:00:${second}`;
        yield {
          file: 'f',
          offset: index,
          event: 'e',
          name: 'e',
          outcome: 'unknown',
          actions: [],
          text: '',
          node: 'nodea',
          startTime,
        };
      }
    }
    const { summaries, found } = await newest(many(), 4);
    expect(found).toBe(100);
    expect(summaries.map(({ startTime, offset }) => `${startTime?.slice(17)} ${offset}`)).toEqual([
      '59 47',
      '58 94',
      '58 34',
      '57 81',
    ]);
  });
});
