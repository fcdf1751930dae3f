import { commandLine } from '@fallover/contract';
import { cleanFields, type EventCustomization } from '@fallover/events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asked, commandsOf, EN0, MANY_SHELLS, NODE_UP, ONE, RUN, STEP } from './fixtures/asked.ts';

describe('a printed command line, read by sh and the shell of Fallover,', () => {
  it(
    'runs the same event with the same arguments',
    async () => {
      const args = fc.array(
        fc.oneof(fc.string({ maxLength: 8 }), fc.constantFrom('--', '--json', '--node=x', '-1', "'", '$HOME', '\n')),
        {
          maxLength: 4,
        },
      );
      await fc.assert(
        fc.asyncProperty(args, fc.boolean(), async (given, drill) => {
          const plain = given.map((arg) => arg.replaceAll('\0', '').replaceAll('\u0001', '').replaceAll('\u0002', ''));
          const body = { event: 'cluster_notify', args: plain, drill };
          expect(await asked(commandLine('runEvent', { body }))).toEqual([{ line: 'POST /api/v1/runs', body }]);
          const reported = { event: 'cluster_notify', args: plain, source: 'pacemaker', id: plain[0] ?? '17' };
          expect(await asked(commandLine('reportEvent', { body: reported }))).toEqual([
            { line: 'POST /api/v1/reports', body: reported },
          ]);
        }),
        { numRuns: 40 },
      );
      const body = { event: 'node_up', args: ['nodea'], node: 'nodea', drill: false };
      expect(await asked(commandLine('runEvent', { body }))).toEqual([{ line: 'POST /api/v1/runs', body }]);
    },
    MANY_SHELLS,
  );

  it(
    'customises the same',
    async () => {
      const names = fc.uniqueArray(fc.constantFrom('one', 'two', 'three'), { maxLength: 3 });
      const path = fc.constantFrom('/opt/a', '/opt/b c', "/opt/d'e");
      const field = <Value>(value: fc.Arbitrary<Value>) =>
        fc.record(
          { cluster: value, nodes: fc.dictionary(fc.constantFrom('nodea', 'nodeb'), value, { noNullPrototype: true }) },
          { requiredKeys: [] },
        );
      const fields = fc
        .record(
          {
            notifyCommand: field(path),
            preEventCommand: field(names),
            recoveryCounter: field(fc.nat(3)),
            failOnPrePost: field(fc.boolean()),
          },
          { requiredKeys: [] },
        )
        .map((given) => cleanFields(given as EventCustomization));
      await fc.assert(
        fc.asyncProperty(fields, fields, async (before, wanted) => {
          const input = { parameters: { event: 'node_up' }, body: { revision: 3, fields: wanted as object } };
          const lines = commandLine('changeEventCustomization', input, before);
          const requests = await asked(lines, before);
          expect(requests).toHaveLength(lines.length);
          const result = (requests.at(-1)?.body as { fields: object } | undefined)?.fields ?? before;
          expect(result).toEqual(wanted);
        }),
        { numRuns: 40 },
      );
    },
    MANY_SHELLS,
  );

  it('adds and changes the same custom event', async () => {
    const fields = { description: { cluster: 'Says "$it\'s"' }, script: { cluster: '/opt/one', nodes: { nodea: '/opt/a' } } };
    const lines = commandLine('changeCustomEvent', { parameters: { name: 'one' }, body: { revision: 0, fields } });
    const requests = await asked(lines);
    expect(requests[0]).toEqual({
      line: 'PUT /api/v1/custom-events/one',
      body: { revision: 0, fields: { description: fields.description, script: { cluster: '/opt/one' } } },
    });
    expect((requests[1]?.body as { fields: object } | undefined)?.fields).toEqual(fields);
    const change = { parameters: { name: 'one' }, body: { revision: 3, fields: { script: { cluster: '/opt/two' } } } };
    expect((await asked(commandLine('changeCustomEvent', change, fields), fields)).at(-1)?.body).toMatchObject({
      fields: { script: { cluster: '/opt/two' } },
    });
  });

  it(
    'keeps the same bytes of a library script',
    async () => {
      const line = fc.constantFrom(
        '#!/bin/sh',
        "echo 'it'",
        '$HOME `x` \\',
        'END_OF_FILE',
        'END_OF_FILE_2',
        '',
        'A=b c',
        '\r',
        'ä€\ufeff',
      );
      const script = fc.array(line, { minLength: 1, maxLength: 5 }).map((lines) => lines.join('\n'));
      await fc.assert(
        fc.asyncProperty(
          script.filter((text) => text !== ''),
          fc.constantFrom(0, 3),
          async (text, revision) => {
            const body = { revision, text, remark: "Says 'so'" };
            const before = { content: { cluster: 'c'.repeat(64) }, remark: { cluster: 'Before' } };
            expect(await asked(commandLine('changeScript', { parameters: { name: 'one' }, body }), before)).toEqual([
              { line: 'PUT /api/v1/scripts/one', body },
            ]);
          },
        ),
        { numRuns: 40 },
      );
    },
    MANY_SHELLS,
  );

  it('hands over the same file', () => {
    const text = '{\n  "entries": []\n}';
    expect(commandsOf(commandLine('importConfiguration', { body: { format: 'json', text, whole: true } }))).toEqual([
      { words: ['fallover', 'apply', '-', '--format', 'json', '--whole'], input: text },
    ]);
    expect(commandsOf(commandLine('importConfiguration', { body: { text: `${text}\n` } }))).toEqual([
      { words: ['fallover', 'apply', '-'], input: `${text}\n` },
    ]);
  });

  it.each<[string, string[], { line: string; body: unknown }]>([
    [
      'sync with overrides',
      commandLine('synchronise', { body: { override: ['missing:event/node_up/notifyCommand@nodea', '-x'] } }),
      { line: 'POST /api/v1/configuration/synchronise', body: { override: ['missing:event/node_up/notifyCommand@nodea', '-x'] } },
    ],
    ['verify', commandLine('verify', { body: {} }), { line: 'POST /api/v1/configuration/verify', body: { of: 'draft' } }],
    [
      'verify of what is active',
      commandLine('verify', { body: { of: 'active' } }),
      { line: 'POST /api/v1/configuration/verify', body: { of: 'active' } },
    ],
    [
      'revert of a value',
      commandLine('revertChanges', { body: { changes: [NODE_UP] } }),
      { line: 'POST /api/v1/configuration/revert', body: { changes: [NODE_UP] } },
    ],
    [
      'revert of an entry',
      commandLine('revertChanges', { body: { changes: [ONE] } }),
      { line: 'POST /api/v1/configuration/revert', body: { changes: [ONE] } },
    ],
    [
      'revert of several at once',
      commandLine('revertChanges', { body: { changes: [NODE_UP, ONE, EN0] } }),
      { line: 'POST /api/v1/configuration/revert', body: { changes: [NODE_UP, ONE, EN0] } },
    ],
    [
      'restore',
      commandLine('restoreRevision', { parameters: { number: 7 }, body: { discardChanges: true } }),
      { line: 'POST /api/v1/configuration/revisions/7/restore', body: { discardChanges: true } },
    ],
    [
      'add snapshot',
      commandLine('addSnapshot', { parameters: { name: 'one' }, body: { revision: 7, remark: "it's\nso" } }),
      { line: 'PUT /api/v1/configuration/snapshots/one', body: { revision: 7, remark: "it's\nso" } },
    ],
    [
      'delete snapshot',
      commandLine('deleteSnapshot', { parameters: { name: 'one' } }),
      { line: 'DELETE /api/v1/configuration/snapshots/one', body: undefined },
    ],
    [
      'add component',
      commandLine('addComponent', {
        parameters: { component: 'c' },
        body: { directory: '/etc/it s', profile: 'readme', mode: 'driven', debugScript: '/opt/debug' },
      }),
      {
        line: 'POST /api/v1/components/c',
        body: { directory: '/etc/it s', profile: 'readme', mode: 'driven', debugScript: '/opt/debug' },
      },
    ],
    [
      'change of a component',
      commandLine('changeComponent', { parameters: { component: 'c' }, body: { mode: 'observed', debugScript: '' } }),
      { line: 'PUT /api/v1/components/c', body: { mode: 'observed', debugScript: '' } },
    ],
    [
      'delete component',
      commandLine('deleteComponent', { parameters: { component: 'c' } }),
      { line: 'DELETE /api/v1/components/c', body: undefined },
    ],
    [
      'enable of a script',
      commandLine('enableComponentScript', { parameters: { component: 'c', script: '50.samba' } }),
      { line: 'POST /api/v1/components/c/scripts/50.samba/enable', body: undefined },
    ],
    [
      'disable of a script',
      commandLine('disableComponentScript', { parameters: { component: 'c', script: '50.samba' } }),
      { line: 'POST /api/v1/components/c/scripts/50.samba/disable', body: undefined },
    ],
    [
      'event of a component',
      commandLine('runComponentEvent', {
        parameters: { component: 'c' },
        body: { event: 'takeip', args: ['eth0', '10.0.0.1', '24'] },
      }),
      {
        line: 'POST /api/v1/components/c/runs',
        body: { event: 'takeip', args: ['eth0', '10.0.0.1', '24'], timeoutSeconds: 30, wait: true },
      },
    ],
    [
      'cancel of an event of a component',
      commandLine('cancelComponentRun', { parameters: { component: 'c', run: RUN } }),
      { line: `POST /api/v1/components/c/runs/${RUN}/cancel`, body: undefined },
    ],
    [
      'add of an entry',
      commandLine('changeEntry', {
        parameters: { class: 'site', name: 'one' },
        body: { revision: 0, fields: { siteNodes: { cluster: ['a', 'b'] } } },
      }),
      { line: 'PUT /api/v1/entries/site/one', body: { revision: 0, fields: { siteNodes: { cluster: ['a', 'b'] } } } },
    ],
    [
      'change of the cluster',
      commandLine('changeEntry', {
        parameters: { class: 'cluster', name: 'one' },
        body: { revision: 3, fields: { verificationHour: { cluster: 5 } } },
      }),
      { line: 'PUT /api/v1/entries/cluster/one', body: { revision: 3, fields: { verificationHour: { cluster: 5 } } } },
    ],
    [
      'change of a script whose text is kept already',
      commandLine('changeEntry', {
        parameters: { class: 'script', name: 'one' },
        body: { revision: 3, fields: { content: { cluster: 'c'.repeat(64) } } },
      }),
      { line: 'PUT /api/v1/entries/script/one', body: { revision: 3, fields: { content: { cluster: 'c'.repeat(64) } } } },
    ],
    [
      'delete of an entry',
      commandLine('deleteEntry', { parameters: { class: 'site', name: 'one' } }),
      { line: 'DELETE /api/v1/entries/site/one?revision=3', body: undefined },
    ],
    [
      'abort',
      commandLine('abortRun', { parameters: { run: RUN }, body: {} }),
      { line: `POST /api/v1/runs/${RUN}/abort`, body: {} },
    ],
    [
      'abort of a step',
      commandLine('abortRun', { parameters: { run: RUN }, body: { step: STEP } }),
      { line: `POST /api/v1/runs/${RUN}/abort`, body: { step: STEP } },
    ],
    [
      'end-processes',
      commandLine('endProcesses', { parameters: { run: RUN }, body: { step: `${RUN}/1/nodea/pre_event.1/1` } }),
      { line: `POST /api/v1/runs/${RUN}/end-processes`, body: { step: `${RUN}/1/nodea/pre_event.1/1` } },
    ],
    [
      'recover',
      commandLine('recover', { body: { run: RUN, as: 'again', cancelQueue: true } }),
      { line: 'POST /api/v1/recover', body: { run: RUN, as: 'again', cancelQueue: true } },
    ],
    [
      'sync',
      commandLine('synchronise', { body: { comment: "--it's\n$x" } }),
      { line: 'POST /api/v1/configuration/synchronise', body: { comment: "--it's\n$x" } },
    ],
    ['load-example', commandLine('loadExample', { body: {} }), { line: 'POST /api/v1/configuration/load-example', body: {} }],
    [
      'delete',
      commandLine('deleteCustomEvent', { parameters: { name: 'one' } }),
      { line: 'DELETE /api/v1/custom-events/one?revision=3', body: undefined },
    ],
  ])('asks for the same: %s', async (_, lines, request) => expect(await asked(lines)).toEqual([request]));
});
