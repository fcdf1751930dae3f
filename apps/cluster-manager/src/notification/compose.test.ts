import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DueNotification, type EffectiveMethod, type Entry, effectiveMethod } from '@fallover/events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ComposeContext, compose, localTime, words } from './compose.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fallover-compose-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const AT = '2026-11-25T20:00:00.000Z';
const method = (more: Partial<EffectiveMethod> = {}): EffectiveMethod => ({
  ...effectiveMethod('mail', { contact: { cluster: 'anna@example.com' } }),
  ...more,
});
const due = (more: Partial<DueNotification> = {}): DueNotification => ({
  method: method(),
  moment: 'failure',
  run: 'run1',
  event: 'node_down',
  args: ['nodec', 'graceful'],
  node: 'nodeb',
  status: 4,
  ...more,
});
const context = (more: Partial<ComposeContext> = {}): ComposeContext => ({
  cluster: 'payroll',
  node: 'nodea',
  document: { entries: [] },
  drill: false,
  at: AT,
  sentences: [],
  always: [],
  recipients: ({ contact }) => contact.split(' '),
  methods: [],
  ...more,
});
const eventEntry = (fields: Extract<Entry, { class: 'event' }>['fields']): ComposeContext['document'] => ({
  entries: [{ class: 'event', name: 'node_down', fields }],
});
const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const SUBJECT = 'payroll: node_down nodec graceful FAILED with status 4 on nodeb';

describe('the text of a notification', () => {
  it('is that of the method, else its file, else that of the event on the node, else its file, else what happened', () => {
    const ofMethod = { text: 'method text %e', file: file('method', 'method file %n\n') };
    const document = eventEntry({
      notificationText: { cluster: 'event text %o', nodes: { nodea: 'not this', nodeb: 'own text %o' } },
      notificationLocation: { cluster: file('event', 'event file %%\n\n') },
    });
    const { notificationLocation } = (document.entries[0] as Extract<Entry, { class: 'event' }>).fields;
    const said = (of: EffectiveMethod, fields: ComposeContext['document'] = document): string =>
      words(due({ method: of }), context({ document: fields })).text;
    expect(said(method(ofMethod))).toBe('method text node_down');
    expect(said(method({ file: ofMethod.file }))).toBe('method file nodeb');
    expect(said(method())).toBe('own text nodec graceful');
    expect(words(due({ node: 'nodec' }), context({ document })).text).toBe('event text nodec graceful');
    expect(said(method(), eventEntry({ ...(notificationLocation ? { notificationLocation } : {}) }))).toBe('event file %');
    expect(said(method(), { entries: [] })).toBe(`${SUBJECT}.\nTime: ${localTime(AT)}`);
  });

  it('has the time of the node for %d, and no substitution in what was put in', () => {
    expect(words(due({ method: method({ text: '%d|%o' }), args: ['%d', '%%'] }), context()).text).toBe(`${localTime(AT)}|%d %%`);
    expect(localTime(AT)).toMatch(/^2026-11-2[56] \d\d:\d\d:\d\d \S+$/);
  });

  it('says why and where to look only where nobody has written one', () => {
    const more = { sentences: ['It ended with status 4.'], link: 'https://ha/runs/run1' };
    expect(words(due(), context(more)).text).toBe(
      `${SUBJECT}.\nIt ended with status 4.\nTime: ${localTime(AT)}\nhttps://ha/runs/run1`,
    );
    expect(words(due({ method: method({ text: 'short' }) }), context(more)).text).toBe('short');
  });

  it('says always what has to be said, and that it is a drill', () => {
    const more = { always: ['Nothing fails over.'], drill: true };
    expect(words(due({ method: method({ text: 'text' }) }), context(more))).toEqual({
      subject: `Drill: ${SUBJECT}`,
      text: 'text\nThis is a drill.\nNothing fails over.',
    });
    expect(words(due(), context(more)).text).toBe(`Drill: ${SUBJECT}.\nNothing fails over.\nTime: ${localTime(AT)}`);
    expect(words(due({ method: method({ text: 'text', transport: 'gsm_sms' }) }), context(more)).text).toBe(
      'text This is a drill. Nothing fails over.',
    );
  });

  it('is digits and nothing else for a numeric pager', () => {
    const pager = method({ text: '911', transport: 'numeric_pager' });
    expect(words(due({ method: pager }), context({ always: ['Nothing fails over.'], drill: true })).text).toBe('911');
  });

  it('is in one line where it is paid by length', () => {
    for (const transport of ['gsm_sms', 'tap_pager'] as const)
      expect(words(due({ method: method({ transport }) }), context({ sentences: ['Why.'] })).text).toBe(
        `${SUBJECT}. ${localTime(AT)} Why.`,
      );
  });

  it.each<[string, () => string, string]>([
    ['is not there', () => join(folder, 'missing'), 'ENOENT'],
    [
      'is a directory',
      () => {
        mkdirSync(join(folder, 'directory'));
        return join(folder, 'directory');
      },
      'it is not a regular file',
    ],
    [
      'is a pipe that nobody writes to',
      () => {
        execFileSync('mkfifo', [join(folder, 'pipe')]);
        return join(folder, 'pipe');
      },
      'it is not a regular file',
    ],
    ['is a device without end', () => '/dev/zero', 'it is not a regular file'],
  ])('says what happened, and which file could not be read, when that %s', (_, made, reason) => {
    const path = made();
    expect(words(due({ method: method({ file: path }) }), context()).text).toBe(
      `${SUBJECT}.\nTime: ${localTime(AT)}\n(The message file ${path} could not be read on nodea: ${reason}.)`,
    );
  });

  it('of a file that is far too long is cut, and is whole characters', () => {
    const said = words(due({ method: method({ file: file('long', '\u{1f4df}'.repeat(30_000)) }) }), context()).text;
    expect([said.length, said.isWellFormed()]).toEqual([32 * 1024, true]);
    const bytes = join(folder, 'bytes');
    writeFileSync(bytes, Buffer.from([0x61, 0xff, 0xc3]));
    expect(words(due({ method: method({ file: bytes }) }), context()).text).toBe('a\ufffd\ufffd');
  });

  it('has a subject without a line end, whatever the arguments are', () => {
    expect(words(due({ args: ['a\r\nBcc: all@example.com\u0000'] }), context()).subject).toBe(
      'payroll: node_down a Bcc: all@example.com  FAILED with status 4 on nodeb',
    );
  });
});

describe('the notification of what is due', () => {
  it('is one of the run, its moment and the method, with a recipient each', () => {
    const of = method({ contact: 'anna@example.com bert@example.com', nodes: ['nodeb'], severity: 'critical' });
    expect(compose(due({ method: of }), context({ drill: true }))).toEqual([
      {
        id: 'run1.failure.mail',
        method: 'mail',
        moment: 'failure',
        run: 'run1',
        event: 'node_down',
        args: ['nodec', 'graceful'],
        node: 'nodeb',
        drill: true,
        at: AT,
        expiresAt: '2026-11-25T21:00:00.000Z',
        severity: 'critical',
        subject: `Drill: ${SUBJECT}`,
        text: `Drill: ${SUBJECT}.\nTime: ${localTime(AT)}`,
        thread: 'run1',
        state: 'waiting',
        nodes: ['nodeb'],
        recipients: ['anna@example.com', 'bert@example.com'].map((to) => ({ to, state: 'waiting', attempts: [] })),
      },
    ]);
  });

  it('is held back for the hold time, and expires that much later', () => {
    expect(compose(due({ method: method({ holdMs: 60_000 }) }), context())).toMatchObject([
      { notBefore: '2026-11-25T20:01:00.000Z', expiresAt: '2026-11-25T21:01:00.000Z' },
    ]);
  });

  it('is escalated to other methods later, each in its own words and with the reason; to one that is gone not at all', () => {
    const page = method({ name: 'page', contact: '5551234#', transport: 'gsm_sms', text: 'page %e', holdMs: 60_000 });
    const of = method({
      escalation: [
        { method: 'page', afterMs: 90_000 },
        { method: 'gone', afterMs: 180_000 },
        { method: 'mail2', afterMs: 600_000 },
      ],
    });
    const all = compose(
      due({ method: of }),
      context({ methods: [of, page, method({ name: 'mail2' })], always: ['Nothing fails over.'] }),
    );
    expect(all.map(({ id }) => id)).toEqual([
      'run1.failure.mail',
      'run1.failure.page.after.mail',
      'run1.failure.mail2.after.mail',
    ]);
    expect(all[1]).toMatchObject({
      method: 'page',
      escalatedFrom: 'mail',
      subject: `Not acknowledged: ${SUBJECT}`,
      text: 'page node_down Nobody has acknowledged it for 90 seconds; mail was told first. Nothing fails over.',
      notBefore: '2026-11-25T20:01:30.000Z',
      expiresAt: '2026-11-25T21:01:30.000Z',
      recipients: [{ to: '5551234#' }],
    });
    expect(all[2]?.text).toContain('Nobody has acknowledged it for 10 minutes; mail was told first.');
    expect(all[0]).not.toHaveProperty('escalatedFrom');
  });
});
