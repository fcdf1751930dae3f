import { describe, expect, it } from 'vitest';
import { type ReportRefusal, reportRefusalSentence } from './report.ts';

describe('why a report is not queued', () => {
  it.each<[ReportRefusal, string]>([
    [
      { code: 'queued_by_membership', event: 'node_down', of: { node: 'nodea' } },
      'node_down nodea was not queued: node nodea has a cluster manager of its own, and the cluster queues the event itself when that joins or leaves. Report only what Fallover does not see by itself.',
    ],
    [
      { code: 'queued_by_membership', event: 'site_down', of: { site: 'north', node: 'nodea' } },
      'site_down north was not queued: node nodea of that site has a cluster manager of its own, and the cluster queues the event itself when that joins or leaves. Report only what Fallover does not see by itself.',
    ],
    [
      { code: 'raised_by_a_run', event: 'event_error' },
      'event_error was not queued: it is raised by a run that fails or takes long, and is never reported.',
    ],
    [
      {
        code: 'reported_differently',
        source: 'pacemaker',
        id: '17',
        before: 'network_down nodea net1',
        at: '2026-11-23T14:22:10.000Z',
        run: 'r1',
      },
      'Nothing was queued: pacemaker has reported another event by the id "17", network_down nodea net1, at 2026-11-23T14:22:10.000Z (run r1). Give each report an id of its own.',
    ],
    [
      { code: 'too_many_reports', source: 'pacemaker', most: 60, seconds: 60, againIn: 7 },
      'Nothing was queued: pacemaker has reported 60 events within 60 seconds, and more are not taken. Report it again, by the same id, in 7 s.',
    ],
    [
      { code: 'too_many_reports', most: 240, seconds: 60, againIn: 1 },
      'Nothing was queued: all sources together have reported 240 events within 60 seconds, and more are not taken. Report it again, by the same id, in 1 s.',
    ],
    [
      { code: 'too_many_waiting', most: 500 },
      'Nothing was queued: 500 reported events wait already. See with "fallover query cluster" why none is processed, and report it again, by the same id, afterwards.',
    ],
  ])('%j', (refusal, sentence) => expect(reportRefusalSentence(refusal)).toBe(sentence));
});
