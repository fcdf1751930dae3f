import { describe, expect, it } from 'vitest';
import { problem, shell, smallDaemon } from '../fixtures/small-daemon.ts';

const NODE_DOWN = {
  name: 'node_down',
  eventClass: 'node',
  slow: true,
  arguments: [{ name: 'NODE', kind: 'node', required: true, help: '' }],
  meaning: 'A node leaves.',
  occurs: 'When it fails.',
  underParallelProcessing: 'once',
  defaultTimeUntilWarning: 360,
  synchronised: false,
};
const withDraft = (revision: number, fields: object) => ({ ...NODE_DOWN, draft: { revision, fields } });
const CHANGED_MEANWHILE = problem('changed_meanwhile', 'Somebody else changed this.', 409);
const EVENT = '/api/v1/events/node_down';
const PUT = `PUT ${EVENT}/customization`;
const script = (name: string, revision = 1) => ({
  name,
  draft: { revision, fields: { script: { cluster: `/opt/${name}` } } },
  synchronised: true,
  usedBy: ['node_down'],
});

describe('fallover modify event', () => {
  it('changes a predefined event in the draft, for one node where NODE says so', async () => {
    await using daemon = await smallDaemon();
    daemon.answers(`GET ${EVENT}`, [200, withDraft(4, { recoveryCounter: { cluster: 2 } })]);
    const sentence = 'Recovery Command Retry: nothing is retried, because there is no Event Recovery Command.';
    daemon.answers(PUT, [200, { event: NODE_DOWN, warnings: [{ code: 'x', field: 'recoveryCounter', sentence }] }]);
    const said = await shell(daemon.state, ['modify', 'event', 'node_down', 'NOTIFYCOMMAND=/opt/notify', 'NODE=nodea']);
    expect(said).toEqual({
      status: 0,
      out: ['Event node_down is changed in the draft; "fallover sync" makes it active'],
      err: ['Warning: RECOVERYCOUNTER: nothing is retried, because there is no Event Recovery Command.'],
    });
    expect(daemon.asked.at(-1)?.body).toEqual({
      revision: 4,
      fields: { notifyCommand: { nodes: { nodea: '/opt/notify' } }, recoveryCounter: { cluster: 2 } },
    });
  });

  it('keeps what somebody else changed in another field meanwhile', async () => {
    await using daemon = await smallDaemon();
    daemon.answers(`GET ${EVENT}`, [200, withDraft(4, {})], [200, withDraft(5, { timeUntilWarning: { cluster: 60 } })]);
    daemon.answers(PUT, [409, CHANGED_MEANWHILE], [200, { event: NODE_DOWN, warnings: [] }]);
    expect((await shell(daemon.state, ['modify', 'event', 'node_down', 'RECOVERYCOUNTER=3'])).status).toBe(0);
    expect(daemon.asked.at(-1)?.body).toEqual({
      revision: 5,
      fields: { recoveryCounter: { cluster: 3 }, timeUntilWarning: { cluster: 60 } },
    });
  });

  it('refuses when somebody else changed the same field meanwhile', async () => {
    await using daemon = await smallDaemon();
    daemon.answers(`GET ${EVENT}`, [200, withDraft(4, {})], [200, withDraft(5, { recoveryCounter: { cluster: 9 } })]);
    daemon.answers(PUT, [409, CHANGED_MEANWHILE]);
    expect(await shell(daemon.state, ['modify', 'event', 'node_down', 'RECOVERYCOUNTER=3'])).toEqual({
      status: 2,
      out: [],
      err: [
        'RECOVERYCOUNTER: somebody else changed that meanwhile, to something else. Nothing was changed here.',
        '  RECOVERYCOUNTER is "9" now; here it was to be "3"',
        '  Look at it with "fallover query event node_down", then give the command again if it is still wanted.',
      ],
    });
  });

  it('tries again only once', async () => {
    await using daemon = await smallDaemon();
    daemon.answers(`GET ${EVENT}`, [200, withDraft(4, {})]);
    daemon.answers(PUT, [409, CHANGED_MEANWHILE]);
    const said = await shell(daemon.state, ['modify', 'event', 'node_down', 'RECOVERYCOUNTER=3']);
    expect(said).toEqual({ status: 2, out: [], err: ['Somebody else changed this.'] });
    expect(daemon.asked.filter(({ line }) => line === PUT)).toHaveLength(2);
  });

  it('names the attribute that is wrong, also where the daemon found it', async () => {
    await using daemon = await smallDaemon();
    const here = await shell(daemon.state, ['modify', 'event', 'node_down', 'RECOVERYCOUNTER=many', 'FAILONPREPOST=perhaps']);
    expect(here).toEqual({
      status: 2,
      out: [],
      err: [
        'RECOVERYCOUNTER: "many" is not a whole number.',
        '  FAILONPREPOST: "perhaps" is neither true nor false.',
        '  Usage: fallover modify CLASS NAME ATTR=VALUE… [NODE=NAME] [--json]',
      ],
    });
    expect(daemon.asked).toEqual([]);
    const sentence = 'Pre-Event Command: there is no custom event "x". Add it first.';
    daemon.answers(`GET ${EVENT}`, [200, NODE_DOWN]);
    daemon.answers(PUT, [
      400,
      problem('invalid_input', sentence, 400, {
        faults: [{ code: 'custom_event_not_defined', field: 'preEventCommand', sentence }],
      }),
    ]);
    const there = await shell(daemon.state, ['modify', 'event', 'node_down', 'PREEVENTCOMMAND=x']);
    expect(there).toEqual({ status: 2, out: [], err: ['PREEVENTCOMMAND: there is no custom event "x". Add it first.'] });
    expect(daemon.asked.at(-1)?.body).toEqual({ revision: 0, fields: { preEventCommand: { cluster: ['x'] } } });
  });

  it('says which event was probably meant', async () => {
    await using daemon = await smallDaemon();
    daemon.answers('GET /api/v1/custom-events', [200, { customEvents: [script('check_disk')] }]);
    expect((await shell(daemon.state, ['modify', 'event', 'check_disc', 'FILE=/x'])).err).toEqual([
      'NAME: there is no event "check_disc", neither predefined nor custom. Did you mean check_disk?',
    ]);
    expect((await shell(daemon.state, ['modify', 'events', 'node_down', 'FILE=/x'])).err[0]).toBe(
      'CLASS: nothing of class "events" can be modified. Did you mean event?',
    );
  });
});

describe('fallover add and delete event', () => {
  it('adds a custom event', async () => {
    await using daemon = await smallDaemon();
    daemon.answers('PUT /api/v1/custom-events/check_disk', [200, { customEvent: script('check_disk'), warnings: [] }]);
    const said = await shell(daemon.state, ['add', 'event', 'check_disk', 'FILE=/opt/check', 'DESCRIPTION=Looks at the disk']);
    expect(said).toEqual({
      status: 0,
      out: ['Custom event check_disk is added in the draft; "fallover sync" makes it active'],
      err: [],
    });
    expect(daemon.asked[0]?.body).toEqual({
      revision: 0,
      fields: { description: { cluster: 'Looks at the disk' }, script: { cluster: '/opt/check' } },
    });
  });

  it('does not add what is there already', async () => {
    await using daemon = await smallDaemon();
    daemon.answers('PUT /api/v1/custom-events/check_disk', [409, CHANGED_MEANWHILE]);
    daemon.answers('GET /api/v1/custom-events', [200, { customEvents: [script('check_disk')] }]);
    expect(await shell(daemon.state, ['add', 'event', 'check_disk', 'FILE=/opt/check'])).toEqual({
      status: 2,
      out: [],
      err: ['NAME: there is a custom event check_disk already; change it with "fallover modify event check_disk …".'],
    });
  });

  it('deletes the revision that it has read', async () => {
    await using daemon = await smallDaemon();
    daemon.answers('GET /api/v1/custom-events', [200, { customEvents: [script('check_disk', 6)] }]);
    daemon.answers('DELETE /api/v1/custom-events/check_disk?revision=6', [204, undefined]);
    expect(await shell(daemon.state, ['delete', 'event', 'check_disk'])).toEqual({
      status: 0,
      out: ['Custom event check_disk is deleted from the draft; "fallover sync" makes that active'],
      err: [],
    });
  });

  it('does not delete a predefined event', async () => {
    expect(await shell('/nonexistent', ['delete', 'event', 'node_down'])).toEqual({
      status: 2,
      out: [],
      err: [
        'NAME: node_down is a predefined event, which stays; only custom events are deleted.',
        '  "fallover modify event node_down NOTIFYCOMMAND= …" empties what is customised on it.',
      ],
    });
  });
});

describe('fallover query event', () => {
  it('prints the attributes of one, and what it is', async () => {
    await using daemon = await smallDaemon();
    daemon.answers(`GET ${EVENT}`, [200, withDraft(1, { notifyCommand: { cluster: '/opt/notify' } })]);
    expect((await shell(daemon.state, ['query', 'event', 'node_down'])).out).toEqual([
      'NAME="node_down"',
      'COMMAND=""',
      'NOTIFYCOMMAND="/opt/notify"',
      'NOTIFICATIONTEXT=""',
      'NOTIFICATIONLOCATION=""',
      'PREEVENTCOMMAND=""',
      'POSTEVENTCOMMAND=""',
      'RECOVERYCOMMAND=""',
      'RECOVERYCOUNTER="0"',
      'FAILONPREPOST="false"',
      'TIMEUNTILWARNING=""',
      'RECOVERY_PROGRAM=""',
      'CLASS="node"',
      'SLOW="true"',
      'USAGE="node_down NODE"',
      'MEANING="A node leaves."',
      'OCCURS="When it fails."',
      'UNDERPARALLELPROCESSING="once"',
      'DEFAULTTIMEUNTILWARNING="360"',
      'SYNCHRONISED="false"',
    ]);
  });

  it('prints the names of all, the custom ones behind the predefined', async () => {
    await using daemon = await smallDaemon();
    daemon.answers('GET /api/v1/events', [200, { events: [NODE_DOWN] }]);
    daemon.answers('GET /api/v1/custom-events', [200, { customEvents: [script('check_disk')] }]);
    expect((await shell(daemon.state, ['query', 'event'])).out).toEqual(['node_down', 'check_disk']);
    expect((await shell(daemon.state, ['query', 'event', '--json'])).out).toEqual([JSON.stringify({ events: [NODE_DOWN] })]);
    expect((await shell(daemon.state, ['query', 'event', 'check_disk'])).out).toEqual([
      'NAME="check_disk"',
      'DESCRIPTION=""',
      'FILE="/opt/check_disk"',
      'USEDBY="node_down"',
      'SYNCHRONISED="true"',
    ]);
  });
});
