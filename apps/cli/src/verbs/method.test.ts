import { describe, expect, it } from 'vitest';
import { problem, shell, smallDaemon } from '../fixtures/small-daemon.ts';

const LIST = 'GET /api/v1/entries/notification_method';
const PUT = 'PUT /api/v1/entries/notification_method/oncall';
const AT = '2026-11-23T05:00:00.000Z';
const oncall = (settings: string[] = ['host=mail.example.com', 'password=sealed:v1:a+b/c=']) => ({
  class: 'notification_method',
  name: 'oncall',
  draft: { revision: 4, fields: { contact: { cluster: 'anna@example.com' }, settings: { cluster: settings } } },
  synchronised: false,
  usedBy: [],
});
const saved = { entry: oncall(), warnings: [] };

async function daemonWith(settings?: string[]) {
  const daemon = await smallDaemon();
  daemon.answers(LIST, [200, { entries: [oncall(settings)] }]);
  daemon.answers(PUT, [200, saved]);
  const settingsAfter = () =>
    (daemon.asked.at(-1) as { body: { fields: { settings?: object } } } | undefined)?.body.fields.settings;
  return { daemon, settingsAfter, [Symbol.asyncDispose]: () => daemon[Symbol.asyncDispose]() };
}

describe('a remote notification method', () => {
  it('is added as a line for clmgr has it', async () => {
    await using at = await daemonWith();
    const { daemon } = at;
    const words = ['TYPE=notify', 'CONTACT=5551234#', 'EVENTS=node_down,node_up', 'FILE=/etc/page', 'RETRY=2'];
    expect(await shell(daemon.state, ['add', 'method', 'oncall', ...words])).toEqual({
      status: 0,
      out: ['Remote notification method oncall is added in the draft; "fallover sync" makes it active'],
      err: [],
    });
    expect(daemon.asked.at(-1)).toMatchObject({
      line: PUT,
      body: {
        revision: 0,
        fields: {
          contact: { cluster: '5551234#' },
          methodEvents: { cluster: ['node_down', 'node_up'] },
          methodFile: { cluster: '/etc/page' },
          retryCounter: { cluster: 2 },
        },
      },
    });
  });

  it('keeps its other settings, sealed secrets among them, when one is changed', async () => {
    await using at = await daemonWith();
    const { daemon, settingsAfter } = at;
    const said = await shell(daemon.state, ['modify', 'method', 'oncall', 'SETTING.from=HA <ha@example.com>']);
    expect(said.status).toBe(0);
    expect(settingsAfter()).toEqual({
      cluster: ['host=mail.example.com', 'password=sealed:v1:a+b/c=', 'from=HA%20<ha@example.com>'],
    });
  });

  it('is printed so that what was printed can be given back', async () => {
    await using daemon = await smallDaemon();
    const method = {
      ...oncall(['password=sealed:v1:a+b/c=', 'prefix=-']),
      transport: 'smtp',
      recipients: ['anna@example.com'],
      lastProven: AT,
      stale: true,
      lastFailure: { at: AT, sentence: '550 no such user\u001b' },
      waiting: 2,
    };
    daemon.answers('GET /api/v1/notification-methods', [200, { methods: [method] }]);
    const { out } = await shell(daemon.state, ['query', 'method', 'oncall']);
    expect(out).toContain('SETTINGS="password=sealed:v1:a+b/c= prefix=%2D"');
    expect(out.slice(-8)).toEqual([
      'USEDBY=""',
      'SYNCHRONISED="false"',
      'SENDS_BY="smtp"',
      'RECIPIENTS="anna@example.com"',
      `LAST_PROVEN="${AT}"`,
      'STALE="true"',
      `LAST_FAILURE="${AT}: 550 no such user^["`,
      'WAITING="2"',
    ]);
    expect((await shell(daemon.state, ['query', 'method', 'oncall', '--json'])).out).toEqual([JSON.stringify(method)]);

    daemon.answers(LIST, [200, { entries: [oncall()] }]);
    daemon.answers(PUT, [200, saved]);
    await shell(daemon.state, ['modify', 'method', 'oncall', 'SETTINGS=password=sealed:v1:a+b/c= prefix=%2D']);
    expect(daemon.asked.at(-1)?.body).toMatchObject({
      fields: { settings: { cluster: ['password=sealed:v1:a+b/c=', 'prefix=-'] } },
    });
  });

  it('is listed with its transport and when it was last proven; one that is stale is marked', async () => {
    await using daemon = await smallDaemon();
    const facts = { recipients: [], stale: false, waiting: 0 };
    const methods = [
      { ...oncall(), ...facts, transport: 'smtp', lastProven: AT },
      { ...oncall(), ...facts, name: 'boss', transport: 'gsm_sms', stale: true, waiting: 3 },
      {
        ...oncall(),
        ...facts,
        name: 'old',
        draft: undefined,
        lastProven: AT,
        lastFailure: { at: AT, sentence: 'The tty is gone.' },
      },
    ];
    daemon.answers('GET /api/v1/notification-methods', [200, { methods }]);
    expect((await shell(daemon.state, ['query', 'method'])).out).toEqual([
      'NAME    TRANSPORT  LAST_PROVEN               NOTE',
      `oncall  smtp       ${AT}`,
      'boss    gsm_sms    never                     STALE; 3 waiting',
      `old     ?          ${AT}  deleted from the draft; failed at ${AT}: The tty is gone.`,
    ]);
    daemon.answers('GET /api/v1/notification-methods', [200, { methods: [] }]);
    expect((await shell(daemon.state, ['query', 'method'])).out).toEqual(['No remote notification method is configured.']);
    daemon.answers(LIST, [200, { entries: [oncall()] }]);
    expect((await shell(daemon.state, ['query', 'method', 'oncal'])).err).toEqual([
      'NAME: there is no remote notification method "oncal" in the configuration. Did you mean oncall?',
    ]);
  });

  it('is refused with the attribute, where the daemon names the field', async () => {
    await using daemon = await smallDaemon();
    const faults = [
      { code: 'transport_refuses', field: 'settings.host', sentence: 'Server: type the name of a host.' },
      { code: 'transport_refuses', field: 'contact', sentence: 'A mail needs somebody who gets it.' },
      { code: 'value_missing', field: 'contact', sentence: 'Number to Dial or Cell Phone Address is missing. Fill it in.' },
    ];
    daemon.answers(PUT, [400, problem('invalid', 'The values cannot be accepted.', 400, { faults })]);
    expect(await shell(daemon.state, ['add', 'method', 'oncall', 'TRANSPORT=smtp'])).toEqual({
      status: 2,
      out: [],
      err: [
        'SETTING.host: Server: type the name of a host.',
        '  CONTACT: A mail needs somebody who gets it.',
        '  CONTACT is missing. Fill it in.',
      ],
    });
  });
});

describe('a setting whose value is -', () => {
  it('is read from the standard input, a line each', async () => {
    await using at = await daemonWith();
    const { daemon, settingsAfter } = at;
    const words = ['SETTINGS=host=a password=- pin@nodea=-', 'SETTING.user=-'];
    const said = await shell(daemon.state, ['modify', 'method', 'oncall', ...words], { input: '100% secret\r\n1234\nanna' });
    expect(said).toMatchObject({ status: 0, err: [] });
    expect(settingsAfter()).toEqual({ cluster: ['host=a', 'password=100%25%20secret', 'pin@nodea=1234', 'user=anna'] });
  });

  it('is asked for at a terminal', async () => {
    await using at = await daemonWith();
    const { daemon, settingsAfter } = at;
    const prompts: string[] = [];
    const ask = async (prompt: string) => {
      prompts.push(prompt);
      return 'hush';
    };
    const said = await shell(daemon.state, ['modify', 'method', 'oncall', 'SETTING.password=-'], { ask });
    expect(said.status).toBe(0);
    expect(prompts).toEqual(['password of oncall (it is not shown): ']);
    expect(settingsAfter()).toEqual({ cluster: ['host=mail.example.com', 'password=hush'] });
  });

  it.each<[string, { input?: string | Uint8Array; ask?: () => Promise<string | undefined> }, string]>([
    ['SETTING.password=-', {}, 'SETTINGS: the standard input has 0 lines. Give one: password.'],
    ['SETTING.password=-', { input: 'one\ntwo\n' }, 'SETTINGS: the standard input has 2 lines. Give one: password.'],
    ['SETTINGS=a=- b=-', { input: 'one\n' }, 'SETTINGS: the standard input has 1 line. Give 2: a, b.'],
    ['SETTING.password=-', { input: '\n' }, 'SETTINGS: what was given for password is empty. Nothing was changed.'],
    [
      'SETTING.password=-',
      { input: new Uint8Array([0xff]) },
      'SETTINGS: the standard input is not text in UTF-8. Give it in UTF-8; a program that is no text is kept outside, and configured by its full pathname.',
    ],
    ['SETTING.password=-', { ask: async () => undefined }, 'SETTINGS: password was not given. Nothing was changed.'],
    ['SETTING.password=-', { ask: async () => '' }, 'SETTINGS: what was given for password is empty. Nothing was changed.'],
  ])('%s with %j is refused before anything is asked of the daemon', async (word, given, sentence) => {
    await using daemon = await smallDaemon();
    expect(await shell(daemon.state, ['modify', 'method', 'oncall', word], given)).toEqual({
      status: 2,
      out: [],
      err: [sentence],
    });
    expect(daemon.asked).toEqual([]);
  });

  it('does not read the input when something else is wrong', async () => {
    await using daemon = await smallDaemon();
    const ask = () => Promise.reject(new Error('asked'));
    const said = await shell(daemon.state, ['modify', 'method', 'oncall', 'SETTING.password=-', 'RETRY=x'], { ask });
    expect(said.err[0]).toBe('RETRY: "x" is not a whole number.');
  });
});

describe('fallover query transport', () => {
  const smtp = {
    kind: 'smtp',
    title: 'E-mail (SMTP)',
    description: 'A mail to each recipient.',
    contact: { label: 'Mail addresses', description: 'One or more.', placeholder: 'anna@example.com', required: true },
    settings: {
      properties: {
        server: { title: 'Server', placeholder: 'mail.example.com', perNode: true },
        security: { title: 'Security', description: 'How TLS is used.', enum: ['auto', 'tls'], default: 'auto' },
        password: { title: 'Password', description: 'Of the user.', secret: true },
      },
      required: ['server'],
    },
    measured: false,
  };

  it('lists the transports; of one, what its contact and settings are', async () => {
    await using daemon = await smallDaemon();
    daemon.answers('GET /api/v1/notification-transports', [200, { transports: [smtp] }]);
    expect((await shell(daemon.state, ['query', 'transport'])).out).toEqual([
      'TRANSPORT  TITLE          DESCRIPTION',
      'smtp       E-mail (SMTP)  A mail to each recipient.',
    ]);
    expect((await shell(daemon.state, ['query', 'transport', 'smtp'])).out).toEqual([
      'TRANSPORT="smtp"',
      'TITLE="E-mail (SMTP)"',
      'DESCRIPTION="A mail to each recipient."',
      'CONTACT="One or more. Such as anna@example.com"',
      'CONTACT_REQUIRED="true"',
      '',
      'SETTING   MARKS               MEANING',
      'server    required, per node  Server Such as mail.example.com',
      'security                      How TLS is used. One of auto, tls. Default: auto.',
      'password  secret              Of the user.',
    ]);
    expect((await shell(daemon.state, ['query', 'transport', 'smtp', '--json'])).out).toEqual([JSON.stringify(smtp)]);
    expect((await shell(daemon.state, ['query', 'transport', 'smpt'])).err).toEqual([
      'NAME: there is no transport "smpt". Did you mean smtp?',
    ]);
  });
});
