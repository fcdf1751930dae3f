import { commandLine } from '@fallover/contract';
import { cleanFields, writeSetting } from '@fallover/events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asked, MANY_SHELLS, RUN } from './fixtures/asked.ts';

describe('a printed command line of remote notification, read by sh and the shell of Fallover,', () => {
  it(
    'adds and changes the same remote notification method, whatever its settings have in them',
    async () => {
      const typed = fc.oneof(
        fc.string({ unit: 'grapheme', maxLength: 8 }),
        fc.constantFrom('-', '%2D', 'sealed:v1:a+b/c=', "it's $HOME", '"`\\'),
      );
      const setting = fc
        .record({ name: fc.constantFrom('host', 'password', 'tty'), value: typed })
        .map((given) => writeSetting({ ...given, ...(given.name === 'tty' ? { node: 'nodeb' } : {}) }));
      const list = (values: fc.Arbitrary<string>) => fc.uniqueArray(values, { minLength: 1, maxLength: 3 });
      const fields = fc
        .record(
          {
            settings: fc.record({ cluster: list(setting) }),
            contact: fc.record({ cluster: fc.constantFrom('anna@example.com root@localhost', '5551234#', '18005551234;42,,') }),
            methodText: fc.record({ cluster: fc.constantFrom('%e on %n', "it's $1 100 %%") }),
            escalateAfter: fc.record({ cluster: list(fc.constantFrom('300', '600')) }),
            selfTest: fc.record({ cluster: fc.boolean() }),
          },
          { requiredKeys: [] },
        )
        .map((given) => cleanFields(given));
      await fc.assert(
        fc.asyncProperty(fields, fields, fc.constantFrom(0, 3), async (before, wanted, revision) => {
          const input = {
            parameters: { class: 'notification_method' as const, name: 'one' },
            body: { revision, fields: wanted as Record<string, object> },
          };
          const requests = await asked(commandLine('changeEntry', input, before), revision === 0 ? {} : before);
          const result = (requests.at(-1)?.body as { fields: object } | undefined)?.fields ?? before;
          expect(result).toEqual(wanted);
        }),
        { numRuns: 40 },
      );
    },
    MANY_SHELLS,
  );

  it.each<[string, string[], { line: string; body: unknown }]>([
    [
      'delete of a method',
      commandLine('deleteEntry', { parameters: { class: 'notification_method', name: 'one' } }),
      { line: 'DELETE /api/v1/entries/notification_method/one?revision=3', body: undefined },
    ],
    [
      'send-test',
      commandLine('testNotificationMethod', { parameters: { name: 'one' }, body: { moment: 'warning' } }),
      { line: 'POST /api/v1/notification-methods/one/test', body: { moment: 'warning' } },
    ],
    [
      'send-test about an event',
      commandLine('testNotificationMethod', {
        parameters: { name: 'one' },
        body: { event: 'node_up', args: ['-1', '--', "'"], run: RUN },
      }),
      { line: 'POST /api/v1/notification-methods/one/test', body: { event: 'node_up', args: ['-1', '--', "'"], run: RUN } },
    ],
    [
      'acknowledge',
      commandLine('acknowledgeRun', { parameters: { run: RUN }, body: { comment: "-it's\n$x" } }),
      { line: `POST /api/v1/runs/${RUN}/acknowledge`, body: { comment: "-it's\n$x" } },
    ],
    [
      'redeliver',
      commandLine('redeliverNotification', { parameters: { notification: `${RUN}.success.one` }, body: { all: true } }),
      { line: `POST /api/v1/notifications/${RUN}.success.one/redeliver`, body: { all: true } },
    ],
    [
      'silence',
      commandLine('addSilence', { body: { method: 'one', event: 'node_up', minutes: 5, reason: "--it's  a\nmove" } }),
      { line: 'POST /api/v1/silences', body: { method: 'one', event: 'node_up', minutes: 5, reason: "--it's  a\nmove" } },
    ],
    [
      'delete silence',
      commandLine('endSilence', { parameters: { silence: RUN } }),
      { line: `DELETE /api/v1/silences/${RUN}`, body: undefined },
    ],
  ])('asks for the same: %s', async (_, lines, request) => expect(await asked(lines)).toEqual([request]));
});
