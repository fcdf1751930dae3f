import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PREDEFINED_EVENTS } from '../catalogue/catalogue.ts';
import { counterpartOf, defaultText, type MessageFacts, oneLine, subjectOf, substituted } from './message.ts';
import { substitutionFaults } from './message-text.ts';

const FACTS: MessageFacts = {
  cluster: 'payroll',
  node: 'nodea',
  event: 'node_down',
  args: ['nodec', 'graceful'],
  moment: 'failure',
  status: 4,
  drill: false,
  time: '2026-11-25 20:14:03 CET',
  sentences: [],
};
const facts = (more: Partial<MessageFacts> = {}): MessageFacts => ({ ...FACTS, ...more });

const HOSTILE = [
  '%',
  '%e',
  '%%',
  '%d',
  '%n',
  '%o',
  '$&',
  "$'",
  '$1',
  '\r',
  '\n',
  '\0',
  '\u0085',
  '\u2028',
  '\u001b[2J',
  '\ud800',
  '\udc00',
  'a',
  ' ',
  'é',
  '\u{1f4df}',
];
const hostile = fc.array(fc.constantFrom(...HOSTILE), { maxLength: 8 }).map((parts) => parts.join(''));

describe('a message text', () => {
  it.each([
    ['%e of %o failed on %n at %d', 'node_down of nodec graceful failed on nodea at 2026-11-25 20:14:03 CET'],
    ['100%%', '100%'],
    ['%%e %%%e', '%e %node_down'],
    ['%e%e', 'node_downnode_down'],
    ['%x %', '%x %'],
    ['', ''],
  ])('%j becomes %j', (text, said) => {
    expect(substituted(text, FACTS)).toBe(said);
  });

  it('never reads as a substitution what was put in', () => {
    expect(substituted('%e %o', facts({ event: '%o', args: ['%n', '%%', '$&'] }))).toBe('%o %n %% $&');
  });

  it('has every value in it literally, whatever that is', () => {
    fc.assert(
      fc.property(hostile, hostile, fc.array(hostile, { maxLength: 3 }), hostile, (node, event, args, time) => {
        const said = substituted('[%d|%n|%e|%o|%%]', { node, event, args, time });
        expect(said).toBe(`[${time}|${node}|${event}|${args.join(' ')}|%]`);
      }),
    );
  });

  it('of which every % stands for something loses no other character', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const nothing = { node: '', event: '', args: [], time: '' };
        fc.pre(substitutionFaults(text, 'methodText').length === 0);
        const percents = text.match(/%%/g)?.length ?? 0;
        expect(substituted(text, nothing).replaceAll('%', '')).toBe(text.replace(/%[dneo%]/g, ''));
        expect(substituted(text, nothing).split('%').length - 1).toBe(percents);
      }),
    );
  });
});

describe('the subject', () => {
  it.each<[Partial<MessageFacts>, string]>([
    [{ moment: 'start' }, 'payroll: node_down nodec graceful begins on nodea'],
    [{ moment: 'success' }, 'payroll: node_down nodec graceful was processed on nodea'],
    [{}, 'payroll: node_down nodec graceful FAILED with status 4 on nodea'],
    [{ status: 0 }, 'payroll: node_down nodec graceful FAILED on nodea'],
    [{ moment: 'warning' }, 'payroll: node_down nodec graceful takes longer than its time until warning on nodea'],
    [{ drill: true, args: [] }, 'Drill: payroll: node_down FAILED with status 4 on nodea'],
  ])('of %j is %j', (more, subject) => {
    expect(subjectOf(facts(more))).toBe(subject);
  });

  it('without a status says only that it failed', () => {
    const { status: _, ...rest } = FACTS;
    expect(subjectOf(rest)).toBe('payroll: node_down nodec graceful FAILED on nodea');
  });

  it('makes a blank of what would end it', () => {
    expect(subjectOf(facts({ args: ['a\r\nBcc: all@example.com', '\u2028b'] }))).toBe(
      'payroll: node_down a Bcc: all@example.com  b FAILED with status 4 on nodea',
    );
  });

  it('is one line of whole characters, whatever the arguments are', () => {
    fc.assert(
      fc.property(hostile, fc.array(hostile, { maxLength: 3 }), hostile, (node, args, cluster) => {
        const subject = subjectOf(facts({ node, args, cluster }));
        expect(subject).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
        expect(subject.isWellFormed()).toBe(true);
        expect(oneLine(subject)).toBe(subject);
      }),
    );
  });
});

describe('what is said where nobody has written a text', () => {
  it('is what happened, why, when, and where to look', () => {
    const said = facts({ sentences: ['The event command ended with status 4.'], link: 'https://ha.example.com/runs/1' });
    expect(defaultText(said, 'long')).toBe(
      [
        'payroll: node_down nodec graceful FAILED with status 4 on nodea.',
        'The event command ended with status 4.',
        'Time: 2026-11-25 20:14:03 CET',
        'https://ha.example.com/runs/1',
      ].join('\n'),
    );
    expect(defaultText(said, 'short')).toBe(
      'payroll: node_down nodec graceful FAILED with status 4 on nodea. 2026-11-25 20:14:03 CET The event command ended with status 4.',
    );
  });
});

describe('the event that undoes another', () => {
  it.each([
    ['node_down', 'node_up'],
    ['node_up_complete', 'node_down_complete'],
    ['node_down_remote', 'node_up_remote'],
    ['network_down', 'network_up'],
    ['site_down_remote_complete', 'site_up_remote_complete'],
    ['fail_interface', 'join_interface'],
    ['join_standby', 'fail_standby'],
    ['site_isolation', 'site_merge'],
    ['server_down', 'server_restart'],
    ['server_restart', 'server_down'],
    ['suspend_appmon', 'resume_appmon'],
    ['swap_adapter', undefined],
    ['event_error', undefined],
    ['config_too_long', undefined],
    ['reconfig_topology_start', undefined],
  ])('of %s is %s', (event, other) => {
    expect(counterpartOf(event)).toBe(other);
  });

  it('is undone by the first one, and is a cluster event too, save where nothing undoes that', () => {
    const names = PREDEFINED_EVENTS.map(({ name }) => name);
    const pairs = names.flatMap((name) => {
      const other = counterpartOf(name);
      return other === undefined ? [] : [{ name, other }];
    });
    expect(pairs.length).toBeGreaterThan(20);
    for (const { name, other } of pairs) expect(counterpartOf(other)).toBe(name);
    expect(pairs.filter(({ other }) => !names.includes(other)).map(({ name }) => name)).toEqual(['rg_up_secondary']);
  });
});
