import { appendFileSync, utimesSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventSummary, listEventSummaries } from '@fallover/contract';
import { completedMarker, failedMarker, localClock, startMarker, summaryBlock } from '@fallover/events';
import { openHacmpOut } from '@fallover/hacmp-out';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventSummaries } from './summaries.ts';

const DAY = 86_400_000;
const TODAY = Date.UTC(2026, 10, 23, 12);
const clock = localClock('UTC');
let directory = '';

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'summaries-'));
  let now = 0;
  const log = openHacmpOut({ directory, now: () => now, timeZone: 'UTC' });
  // One event a day; what is older than seven days has been rotated away but for one.
  for (let day = 9; day >= 0; day--) {
    now = TODAY - day * DAY;
    const args = [`node${day}`];
    const ended = day === 3 ? failedMarker(clock(now), 'node_up', args, 4) : completedMarker(clock(now), 'node_up', args, 0);
    log.append([startMarker(clock(now), 'node_up', args), ended]);
    log.append(summaryBlock({ event: 'node_up', args, startedAt: clock(now), endedAt: clock(now), actions: [] }));
  }
  log.append([startMarker(clock(now), 'network_down', ['-1', 'net1'])]);
  log.close();
});
afterEach(() => rm(directory, { recursive: true }));

const summaries = () => eventSummaries({ directory, node: 'nodea', now: () => TODAY, timeZone: 'UTC' });
const list = (query: object = {}) => summaries().list(listEventSummaries.query.parse(query));

describe('event summaries', () => {
  it('are those of the last seven days, newest first, as the contract has them', async () => {
    const reply = await list();
    expect(listEventSummaries.reply.parse(reply)).toEqual(reply);
    expect(reply.found).toBe(9);
    expect(reply.summaries.map(({ startTime, event, outcome }) => `${startTime} ${event} ${outcome}`)).toEqual([
      '2026-11-23T12:00:00 network_down -1 net1 unknown',
      '2026-11-23T12:00:00 node_up node0 succeeded',
      '2026-11-22T12:00:00 node_up node1 succeeded',
      '2026-11-21T12:00:00 node_up node2 succeeded',
      '2026-11-20T12:00:00 node_up node3 failed',
      '2026-11-19T12:00:00 node_up node4 succeeded',
      '2026-11-18T12:00:00 node_up node5 succeeded',
      '2026-11-17T12:00:00 node_up node6 succeeded',
      '2026-11-16T12:00:00 node_up node7 succeeded',
    ]);
    expect(eventSummary.parse(reply.summaries[4])).toMatchObject({
      node: 'nodea',
      name: 'node_up',
      status: 4,
      file: join(directory, 'hacmp.out.3'),
    });
  });

  it('are filtered and limited', async () => {
    const events = async (query: object) => (await list(query)).summaries.map(({ event }) => event);
    expect(await events({ outcome: 'failed' })).toEqual(['node_up node3']);
    expect(await events({ event: 'network_down' })).toEqual(['network_down -1 net1']);
    expect(await events({ text: 'NODE5' })).toEqual(['node_up node5']);
    expect(await events({ days: '1' })).toEqual(['network_down -1 net1', 'node_up node0', 'node_up node1']);
    expect(await events({ node: 'nodeb' })).toEqual([]);
    expect(await events({ since: '2026-11-22T12:00' })).toEqual(['network_down -1 net1', 'node_up node0', 'node_up node1']);
    expect(await events({ since: '2026-11-18T00:00', until: '2026-11-19T12:00' })).toEqual(['node_up node4', 'node_up node5']);
    expect(await events({ until: '2026-11-16T12:00:00' })).toEqual(['node_up node7']);
    expect(await events({ days: '2', since: '2020-01-01T00:00', until: '2026-11-21T12:00' })).toEqual(['node_up node2']);
    expect(await list({ limit: '1' })).toMatchObject({ found: 9, summaries: [{ event: 'network_down -1 net1' }] });
  });

  it('of a time in the past are found without reading what came long after', async () => {
    // Whoever read on would take this for an event of the time that is asked for.
    const late = startMarker(clock(Date.UTC(2026, 10, 17, 12)), 'node_up', ['late']);
    appendFileSync(join(directory, 'hacmp.out.1'), `${late}\n`);
    for (let day = 1; day <= 7; day += 1) {
      const written = new Date(TODAY - day * DAY);
      utimesSync(join(directory, `hacmp.out.${day}`), written, written);
    }
    const events = async (until: string) => (await list({ until })).summaries.map(({ event }) => event);
    expect(await events('2026-11-17T12:00')).toEqual(['node_up node6', 'node_up node7']);
    expect(await events('2026-11-22T12:00')).toContain('node_up late');
  });

  it('come with the resource group table', async () => {
    expect((await list()).resourceGroups.split('\n')[3]).toBe('No resource groups are configured.');
  });

  it('are saved as a text', async () => {
    let text = '';
    for await (const piece of summaries().text({ days: 7, outcome: 'failed' })) text += piece;
    expect(text).toBe(
      `Event summaries of node nodea since 2026-11-16 12:00:00

----------------------------------------------------------------------------
Group Name                       Group State              Node
----------------------------------------------------------------------------
No resource groups are configured.

HACMP Event Summary
Event: node_up node3
Start time: Fri Nov 20 12:00:00 2026

End time: Fri Nov 20 12:00:00 2026

Action:                         Resource:                       Script Name:
----------------------------------------------------------------------------
No resources changed as a result of this event
----------------------------------------------------------------------------
Outcome: failed, status 4. Node nodea, ${join(directory, 'hacmp.out.3')} from byte 102.

1 event summary.
`,
    );
  });

  it('are none where there is no log yet', async () => {
    const none = eventSummaries({ directory: join(directory, 'none'), node: 'nodea', now: () => TODAY });
    expect((await none.list(listEventSummaries.query.parse({}))).found).toBe(0);
  });
});
