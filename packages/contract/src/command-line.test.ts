import { describe, expect, it } from 'vitest';
import { commandLine } from './command-line.ts';
import * as contract from './index.ts';

const RUN = '0199aaaa-0000-7000-8000-000000abcdef';

describe('the command line of a request', () => {
  it.each<[string[], string[]]>([
    [commandLine('runEvent', { body: { event: 'network_down', args: ['-1', 'net1'] } }), ['fallover run network_down -1 net1']],
    [
      commandLine('runEvent', { body: { event: 'cluster_notify', args: ["it's wrong", ''], node: 'nodea', drill: true } }),
      ["fallover run --node nodea --drill cluster_notify 'it'\\''s wrong' ''"],
    ],
    [commandLine('runEvent', { body: { event: 'cluster_notify', args: ['--json'] } }), ['fallover run cluster_notify -- --json']],
    [commandLine('abortRun', { parameters: { run: RUN }, body: {} }), [`fallover abort ${RUN}`]],
    [
      commandLine('abortRun', { parameters: { run: RUN }, body: { step: `${RUN}/1/nodea/event/1` } }),
      [`fallover abort ${RUN} ${RUN}/1/nodea/event/1`],
    ],
    [commandLine('recover', { body: {} }), ['fallover recover']],
    [
      commandLine('recover', { body: { run: RUN, as: 'again', cancelQueue: true } }),
      [`fallover recover ${RUN} --as again --cancel-queue`],
    ],
    [
      commandLine('endProcesses', { parameters: { run: RUN }, body: { step: `${RUN}/1/nodea/event/1` } }),
      [`fallover end-processes ${RUN} ${RUN}/1/nodea/event/1`],
    ],
    [commandLine('synchronise', { body: {} }), ['fallover sync']],
    [commandLine('synchronise', { body: { comment: 'for $HOME' } }), ["fallover sync --comment 'for $HOME'"]],
    [commandLine('synchronise', { body: { comment: '--json' } }), ['fallover sync --comment=--json']],
    [commandLine('loadExample', { body: {} }), ['fallover load-example']],
    [commandLine('deleteCustomEvent', { parameters: { name: 'warn_users' } }), ['fallover delete event warn_users']],
    [
      commandLine('changeCustomEvent', {
        parameters: { name: 'warn_users' },
        body: {
          revision: 0,
          fields: { description: { cluster: 'Warns them' }, script: { cluster: '/opt/warn', nodes: { nodeb: '/opt/b' } } },
        },
      }),
      [
        "fallover add event warn_users DESCRIPTION='Warns them' FILE=/opt/warn",
        'fallover modify event warn_users NODE=nodeb FILE=/opt/b',
      ],
    ],
    [
      commandLine(
        'changeCustomEvent',
        { parameters: { name: 'warn_users' }, body: { revision: 3, fields: { script: { cluster: '/opt/other' } } } },
        { description: { cluster: 'Warns them' }, script: { cluster: '/opt/warn' } },
      ),
      ['fallover modify event warn_users DESCRIPTION= FILE=/opt/other'],
    ],
  ])('%j', (lines, expected) => expect(lines).toEqual(expected));

  it('has of an event only what is changed', () => {
    const before = { notifyCommand: { cluster: '/opt/a', nodes: { nodeb: '/opt/b' } }, recoveryCounter: { cluster: 2 } };
    const lines = (fields: object) =>
      commandLine('changeEventCustomization', { parameters: { event: 'node_up' }, body: { revision: 1, fields } }, before);
    expect(lines({ notifyCommand: { cluster: '/opt/a' }, preEventCommand: { cluster: ['one', 'two'] } })).toEqual([
      "fallover modify event node_up PREEVENTCOMMAND='one two' RECOVERYCOUNTER=",
      'fallover modify event node_up NODE=nodeb NOTIFYCOMMAND=',
    ]);
    expect(lines({ ...before, failOnPrePost: { cluster: true, nodes: { nodea: false } } })).toEqual([
      'fallover modify event node_up FAILONPREPOST=true',
      'fallover modify event node_up NODE=nodea FAILONPREPOST=false',
    ]);
    expect(lines(before)).toEqual([]);
  });

  it('states all of an event where it is not known what it said before', () => {
    const fields = { timeUntilWarning: { cluster: 60, nodes: { nodea: 90 } } };
    expect(commandLine('changeEventCustomization', { parameters: { event: 'node_up' }, body: { revision: 1, fields } })).toEqual([
      'fallover modify event node_up COMMAND= NOTIFYCOMMAND= NOTIFICATIONTEXT= NOTIFICATIONLOCATION= PREEVENTCOMMAND= POSTEVENTCOMMAND= RECOVERYCOMMAND= RECOVERYCOUNTER= FAILONPREPOST= TIMEUNTILWARNING=60',
      'fallover modify event node_up NODE=nodea TIMEUNTILWARNING=90',
    ]);
  });

  it('there is for every write', () => {
    const writes = Object.entries(contract).filter(([, value]) => {
      const { audit } = value as { audit?: string };
      return audit === 'change' || audit === 'run';
    });
    expect(writes.map(([name]) => name).filter((name) => !contract.hasCommandLine(name))).toEqual([]);
  });
});
