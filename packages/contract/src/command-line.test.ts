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
    [
      commandLine('reportEvent', { body: { event: 'network_down', args: ['-1', 'net1'], source: 'pacemaker', id: '17 a' } }),
      ["fallover report --source pacemaker --id '17 a' network_down -1 net1"],
    ],
    [
      commandLine('reportEvent', { body: { event: 'cluster_notify', args: ['--json'], source: 'p', id: '-1' } }),
      ['fallover report --source p --id=-1 cluster_notify -- --json'],
    ],
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
    [
      commandLine('changeEntry', {
        parameters: { class: 'interface', name: 'nodea_en0' },
        body: { revision: 0, fields: { onNode: { cluster: 'nodea' }, onNetwork: { cluster: 'net1' } } },
      }),
      ['fallover add interface nodea_en0 NODE=nodea NETWORK=net1'],
    ],
    [
      commandLine('changeEntry', { parameters: { class: 'node', name: 'nodea' }, body: { revision: 0, fields: {} } }),
      ['fallover add node nodea'],
    ],
    [
      commandLine(
        'changeEntry',
        {
          parameters: { class: 'site', name: 'east' },
          body: { revision: 2, fields: { siteNodes: { cluster: ['nodea', 'nodeb'] } } },
        },
        { siteNodes: { cluster: ['nodea'] }, remark: { cluster: 'Where the sun rises' } },
      ),
      ["fallover modify site east NODES='nodea nodeb' DESCRIPTION="],
    ],
    [
      commandLine(
        'changeEntry',
        { parameters: { class: 'cluster', name: 'files' }, body: { revision: 0, fields: { verificationHour: { cluster: 3 } } } },
        {},
      ),
      ['fallover modify cluster VERIFICATION_HOUR=3'],
    ],
    [
      commandLine('changeEntry', {
        parameters: { class: 'custom_event', name: 'warn' },
        body: { revision: 0, fields: { script: { nodes: { nodeb: '/opt/b' } } } },
      }),
      ['fallover add event warn', 'fallover modify event warn NODE=nodeb FILE=/opt/b'],
    ],
    [commandLine('deleteEntry', { parameters: { class: 'network', name: 'net1' } }), ['fallover delete network net1']],
    [commandLine('deleteEntry', { parameters: { class: 'custom_event', name: 'warn' } }), ['fallover delete event warn']],
    [
      commandLine(
        'deleteEntry',
        { parameters: { class: 'event', name: 'node_up' } },
        { notifyCommand: { cluster: '/opt/a', nodes: { nodeb: '/opt/b' } } },
      ),
      ['fallover modify event node_up NOTIFYCOMMAND=', 'fallover modify event node_up NODE=nodeb NOTIFYCOMMAND='],
    ],
    [
      commandLine('deleteEntry', { parameters: { class: 'cluster', name: 'files' } }),
      [
        'fallover modify cluster DAILY_VERIFICATION= VERIFICATION_HOUR= VERIFICATION_NODE= MAILRELAY= CONSOLEURL= ALLOWEDTARGETS= FENCE_COMMAND=',
      ],
    ],
    [
      commandLine('changeScript', { parameters: { name: 'warn' }, body: { revision: 0, text: '#!/bin/sh\necho "$1"\n' } }),
      ['fallover add script warn FILE=- <<\'END_OF_FILE\'\n#!/bin/sh\necho "$1"\nEND_OF_FILE'],
    ],
    [
      commandLine('changeScript', {
        parameters: { name: 'warn' },
        body: { revision: 4, text: 'END_OF_FILE\nEND_OF_FILE_2\n', remark: 'Warns' },
      }),
      ["fallover modify script warn FILE=- DESCRIPTION=Warns <<'END_OF_FILE_3'\nEND_OF_FILE\nEND_OF_FILE_2\nEND_OF_FILE_3"],
    ],
    [
      commandLine('changeScript', { parameters: { name: 'warn' }, body: { revision: 4, text: 'echo no line end' } }),
      ["printf %s 'echo no line end' | fallover modify script warn FILE=-"],
    ],
    [commandLine('verify', { body: {} }), ['fallover verify']],
    [commandLine('verify', { body: { of: 'active' } }), ['fallover verify --active']],
    [
      commandLine('synchronise', { body: { comment: 'x', override: ['missing:event/node_up/notifyCommand@nodea', '-y'] } }),
      ['fallover sync --comment x --override missing:event/node_up/notifyCommand@nodea --override=-y'],
    ],
    [
      commandLine('revertChanges', { body: { changes: [{ class: 'custom_event', name: 'warn', revision: 3 }] } }),
      ['fallover revert event warn'],
    ],
    [
      commandLine('revertChanges', {
        body: { changes: [{ class: 'event', name: 'node_up', revision: 3, field: 'notifyCommand', node: 'nodea' }] },
      }),
      ['fallover revert event node_up NOTIFYCOMMAND NODE=nodea'],
    ],
    [
      commandLine('revertChanges', {
        body: {
          changes: [
            { class: 'event', name: 'node_up', revision: 3, field: 'notifyCommand', node: 'nodea' },
            { class: 'interface', name: 'en0', revision: 1, field: 'onNode' },
            { class: 'custom_event', name: 'warn', revision: 0 },
          ],
        },
      }),
      ['fallover revert event/node_up/NOTIFYCOMMAND@nodea interface/en0/NODE event/warn'],
    ],
    [commandLine('restoreRevision', { parameters: { number: 7 }, body: {} }), ['fallover restore 7']],
    [
      commandLine('restoreRevision', { parameters: { number: 7 }, body: { discardChanges: true } }),
      ['fallover restore 7 --discard'],
    ],
    [commandLine('addSnapshot', { parameters: { name: 'before' }, body: {} }), ['fallover add snapshot before']],
    [
      commandLine('addSnapshot', { parameters: { name: 'before' }, body: { revision: 7, remark: 'the move' } }),
      ["fallover add snapshot before REVISION=7 DESCRIPTION='the move'"],
    ],
    [commandLine('deleteSnapshot', { parameters: { name: 'before' } }), ['fallover delete snapshot before']],
    [
      commandLine('importConfiguration', { body: { format: 'odm', text: 'HACMPcustom:\n\tname = "$x"\n', whole: true } }),
      ['fallover apply - --format odm --whole <<\'END_OF_FILE\'\nHACMPcustom:\n\tname = "$x"\nEND_OF_FILE'],
    ],
    [
      commandLine('importConfiguration', { body: { text: 'Class\n', whole: false } }),
      ["fallover apply - --part <<'END_OF_FILE'\nClass\nEND_OF_FILE"],
    ],
    [commandLine('importConfiguration', { body: { text: 'Class\n', dryRun: true } }), []],
    [
      commandLine('importConfiguration', { body: { format: 'csv', text: 'x'.repeat(300_000) } }),
      ['# fallover apply - --format csv was given a file of 300000 characters; one of more than 262144 is not kept here.'],
    ],
    [
      commandLine(
        'changeEntry',
        {
          parameters: { class: 'cluster', name: 'files' },
          body: {
            revision: 3,
            fields: {
              mailRelay: { cluster: 'smtp://mail:25' },
              consoleUrl: { cluster: 'https://ha.example.com' },
              allowedTargets: { cluster: ['10.0.0.0/8', 'chat:8065'] },
            },
          },
        },
        {},
      ),
      [
        "fallover modify cluster MAILRELAY=smtp://mail:25 CONSOLEURL=https://ha.example.com ALLOWEDTARGETS='10.0.0.0/8 chat:8065'",
      ],
    ],
    [
      commandLine('changeEntry', {
        parameters: { class: 'notification_method', name: 'oncall' },
        body: {
          revision: 0,
          fields: {
            contact: { cluster: 'anna@example.com root@localhost' },
            settings: { cluster: ['from=HA%20"$USER"%25', "footer=it's", 'prefix=-', 'password=sealed:v1:a+b/c='] },
            methodEvents: { cluster: ['node_down', 'event_error'] },
            escalateAfter: { cluster: ['300', '600'] },
            selfTest: { cluster: true },
          },
        },
      }),
      [
        "fallover add method oncall CONTACT='anna@example.com root@localhost' SETTINGS='from=HA%20\"$USER\"%25 footer=it'\\''s prefix=%2D password=sealed:v1:a+b/c=' EVENTS='node_down event_error' ESCALATEAFTER='300 600' SELFTEST=true",
      ],
    ],
    [
      commandLine(
        'changeEntry',
        {
          parameters: { class: 'notification_method', name: 'oncall' },
          body: { revision: 2, fields: { contact: { cluster: '5551234#' }, methodText: { cluster: '%e on $n' } } },
        },
        { contact: { cluster: '5551234#' }, settings: { cluster: ['tty=/dev/ttyS0'] } },
      ),
      ["fallover modify method oncall SETTINGS= TEXT='%e on $n'"],
    ],
    [
      commandLine('deleteEntry', { parameters: { class: 'notification_method', name: 'oncall' } }),
      ['fallover delete method oncall'],
    ],
    [
      commandLine('revertChanges', {
        body: { changes: [{ class: 'notification_method', name: 'oncall', revision: 3, field: 'methodNodes' }] },
      }),
      ['fallover revert method oncall NODES'],
    ],
    [commandLine('testNotificationMethod', { parameters: { name: 'oncall' }, body: {} }), ['fallover send-test oncall']],
    [
      commandLine('testNotificationMethod', {
        parameters: { name: 'oncall' },
        body: { event: 'network_down', args: ['-1', "net'1"], moment: 'failure', run: RUN },
      }),
      [`fallover send-test --moment failure --run ${RUN} oncall network_down -1 'net'\\''1'`],
    ],
    [
      commandLine('testNotificationMethod', {
        parameters: { name: 'oncall' },
        body: { event: 'cluster_notify', args: ['--json'] },
      }),
      ['fallover send-test oncall cluster_notify -- --json'],
    ],
    [commandLine('testNotificationMethod', { parameters: { name: 'oncall' }, body: { args: ['nodea'] } }), []],
    [commandLine('acknowledgeRun', { parameters: { run: RUN }, body: {} }), [`fallover acknowledge ${RUN}`]],
    [
      commandLine('acknowledgeRun', { parameters: { run: RUN }, body: { comment: "It's $mine" } }),
      [`fallover acknowledge ${RUN} --comment 'It'\\''s $mine'`],
    ],
    [
      commandLine('acknowledgeRun', { parameters: { run: RUN }, body: { comment: '--json' } }),
      [`fallover acknowledge ${RUN} --comment=--json`],
    ],
    [commandLine('startClusterServices', { body: { nodes: ['nodea', 'nodeb'] } }), ['fallover online node nodea,nodeb']],
    [commandLine('startClusterServices', { body: { nodes: ['nodea'], when: 'both' } }), ['fallover online node nodea WHEN=both']],
    [
      commandLine('stopClusterServices', { body: { nodes: ['nodea'], how: 'move' } }),
      ['fallover offline node nodea MANAGE=move'],
    ],
    [
      commandLine('stopClusterServices', { body: { nodes: ['nodea', 'nodeb'], how: 'unmanage', when: 'restart' } }),
      ['fallover offline node nodea,nodeb MANAGE=unmanage WHEN=restart'],
    ],
    [commandLine('confirmNodeOff', { parameters: { node: 'nodeb' }, body: { typed: 'nodeb' } }), ['fallover confirm-off nodeb']],
    [commandLine('removeNode', { parameters: { node: 'nodeb' }, body: { typed: 'nodeb' } }), ['fallover remove-node nodeb']],
    [commandLine('redeliverNotification', { parameters: { notification: RUN }, body: {} }), [`fallover redeliver ${RUN}`]],
    [
      commandLine('redeliverNotification', { parameters: { notification: RUN }, body: { all: true } }),
      [`fallover redeliver ${RUN} --all`],
    ],
    [commandLine('addSilence', { body: { minutes: 60, reason: 'the move' } }), ["fallover silence --minutes 60 'the move'"]],
    [
      commandLine('addSilence', { body: { method: 'oncall', event: 'node_down', minutes: 5, reason: '--all of it' } }),
      ["fallover silence --method oncall --event node_down --minutes 5 -- '--all of it'"],
    ],
    [commandLine('endSilence', { parameters: { silence: RUN } }), [`fallover delete silence ${RUN}`]],
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
      'fallover modify event node_up COMMAND= NOTIFYCOMMAND= NOTIFICATIONTEXT= NOTIFICATIONLOCATION= PREEVENTCOMMAND= POSTEVENTCOMMAND= RECOVERYCOMMAND= RECOVERYCOUNTER= FAILONPREPOST= TIMEUNTILWARNING=60 RECOVERY_PROGRAM=',
      'fallover modify event node_up NODE=nodea TIMEUNTILWARNING=90',
    ]);
  });

  it('there is for every write but the test of a method that is not saved, whose values have no place in a line', () => {
    const writes = Object.entries(contract).filter(([, value]) => {
      const { audit } = value as { audit?: string };
      return audit === 'change' || audit === 'run';
    });
    expect(writes.map(([name]) => name).filter((name) => !contract.hasCommandLine(name))).toEqual(['testNotification']);
  });
});
