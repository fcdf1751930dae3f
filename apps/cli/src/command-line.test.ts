import { execFileSync } from 'node:child_process';
import { commandLine } from '@fallover/contract';
import { cleanFields, type EventCustomization } from '@fallover/events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shell, smallDaemon } from './fixtures/small-daemon.ts';

const RUN = '0199aaaa-0000-7000-8000-000000abcdef';
const STEP = `${RUN}/1/nodea/event/1`;

/** The words of each line, as a real shell reads them. */
function wordsOf(lines: readonly string[]): string[][] {
  const script = lines.map((line) => `set -- ${line}\nfor word; do printf '%s\\0' "$word"; done\nprintf '\\001'`).join('\n');
  const printed = execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8' });
  return printed
    .split('\u0001')
    .slice(0, -1)
    .map((line) => line.split('\0').slice(0, -1));
}

/** What a daemon is asked when the lines are typed into a shell; the requests that change nothing are left out. */
async function asked(lines: readonly string[], before: object = {}): Promise<{ line: string; body: unknown }[]> {
  await using daemon = await smallDaemon();
  let entry = { revision: 3, fields: before };
  const answer = (write: string, status: number, reply: object) => daemon.answers(write, [status, reply]);
  const steps = [
    { id: STEP, key: 'event', state: 'running' },
    { id: `${RUN}/1/nodea/pre_event.1/1`, key: 'pre_event.1', state: 'interrupted' },
  ];
  answer('POST /api/v1/runs', 400, { type: 'x', title: 'x', status: 400, code: 'x' });
  answer(`GET /api/v1/runs/${RUN}`, 200, { id: RUN, steps });
  answer(`POST /api/v1/runs/${RUN}/abort`, 200, { aborted: [] });
  answer(`POST /api/v1/runs/${RUN}/end-processes`, 200, { ended: [] });
  answer('POST /api/v1/recover', 200, { run: RUN, skipped: [], cancelled: [] });
  answer('POST /api/v1/configuration/synchronise', 201, { number: 1, hash: 'h', changes: [], warnings: [] });
  answer('POST /api/v1/configuration/load-example', 201, { number: 1, directory: '/x' });
  answer('DELETE /api/v1/custom-events/one?revision=3', 204, {});
  const saved = { warnings: [] };
  for (const words of wordsOf(lines)) {
    daemon.answers('GET /api/v1/events/node_up', [200, { name: 'node_up', draft: entry }]);
    daemon.answers('GET /api/v1/custom-events', [200, { customEvents: [{ name: 'one', draft: entry, usedBy: [] }] }]);
    daemon.answers('PUT /api/v1/events/node_up/customization', [200, saved]);
    daemon.answers('PUT /api/v1/custom-events/one', [200, saved]);
    expect(words[0]).toBe('fallover');
    await shell(daemon.state, words.slice(1));
    const last = daemon.asked.findLast(({ line }) => line.startsWith('PUT'));
    if (last) entry = { revision: entry.revision + 1, fields: (last.body as typeof entry).fields };
  }
  return daemon.asked.filter(({ line }) => !line.startsWith('GET')).map(({ line, body }) => ({ line, body }));
}

describe('a printed command line, read by sh and the shell of Fallover,', () => {
  it('runs the same event with the same arguments', async () => {
    const args = fc.array(
      fc.oneof(fc.string({ maxLength: 8 }), fc.constantFrom('--', '--json', '--node=x', '-1', "'", '$HOME', '\n')),
      {
        maxLength: 4,
      },
    );
    await fc.assert(
      fc.asyncProperty(args, fc.boolean(), async (given, drill) => {
        const plain = given.map((arg) => arg.replaceAll('\0', '').replaceAll('\u0001', ''));
        const body = { event: 'cluster_notify', args: plain, drill };
        expect(await asked(commandLine('runEvent', { body }))).toEqual([{ line: 'POST /api/v1/runs', body }]);
      }),
      { numRuns: 40 },
    );
    const body = { event: 'node_up', args: ['nodea'], node: 'nodea', drill: false };
    expect(await asked(commandLine('runEvent', { body }))).toEqual([{ line: 'POST /api/v1/runs', body }]);
  });

  it('customises the same', async () => {
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
  });

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

  it.each<[string, string[], { line: string; body: unknown }]>([
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
