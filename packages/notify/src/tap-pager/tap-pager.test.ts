import { afterAll, describe, expect, it } from 'vitest';
import type { FakeHayesState } from '../line/fake-hayes.test-support.ts';
import { aContext, aMessage } from '../test-support/message.test-support.ts';
import type { Delivery } from '../transport.ts';
import { type FakeTerminal, type FakeTerminalState, startFakeTerminal } from './fake-terminal.test-support.ts';
import { tapPager } from './tap-pager.ts';

// the tests run at the same time, because a modem's guard times are long
const all: FakeTerminal[] = [];
afterAll(() => {
  for (const started of all) {
    expect(started.openers()).toBe(0); // whatever happened, the line is closed
    started.close();
  }
});

function terminal(state: Partial<FakeTerminalState> = {}, modem: Partial<FakeHayesState> = {}): FakeTerminal {
  const started = startFakeTerminal(state, modem);
  all.push(started);
  return started;
}

const send = (at: FakeTerminal, text: string, settings: Record<string, string> = {}, context = aContext()) =>
  tapPager.send(aMessage({ text }), '5551234;888', tapPager.settings.parse({ tty: at.path, ...settings }), context);
const within = (milliseconds: number) => aContext({ signal: AbortSignal.timeout(milliseconds) });
const outcome = (delivery: Delivery): string => (delivery.ok ? 'delivered' : `${delivery.error.code}, ${delivery.error.next}`);

describe.concurrent('a page to an alphanumeric pager', () => {
  it('is sent with the whole conversation told, the password masked', async () => {
    const at = terminal({ password: 's3cret' });
    const context = aContext();
    expect(await send(at, 'node_down\nnodea', { password: 's3cret' }, context)).toEqual({
      ok: true,
      value: { answer: '211 Page sent, 115 Goodbye' },
    });
    expect(at.pages).toEqual([{ pager: '888', text: 'node_down nodea' }]);
    expect(at.isOffHook()).toBe(false);
    expect(context.dialogue().slice(0, 11)).toEqual([
      `# ${at.path} is open: 1200 7E1, flow control none.`,
      '> AT',
      '< AT',
      '< OK',
      '> ATE0Q0V1X4',
      '< ATE0Q0V1X4',
      '< OK',
      '> ATDT5551234',
      '< ATDT5551234',
      '< CONNECT 1200',
      '> ',
    ]);
    expect(context.dialogue().join('\n')).toContain('> \u001bPG1••••');
    expect(context.dialogue().join('\n')).not.toContain('s3cret');
  });

  it('goes in several blocks when it is long', async () => {
    const at = terminal();
    const text = 'abcdefghi '.repeat(60).trim();
    expect(outcome(await send(at, text, { longest: '800' }))).toBe('delivered');
    expect(at.blocks).toHaveLength(3);
    expect(at.pages).toEqual([{ pager: '888', text }]);
  });

  it('arrives as plain text whatever it says', async () => {
    const at = terminal();
    await send(at, 'a\u0004\rb\u0003000\r\u001bPG1+++ATH\u001a');
    expect(at.pages).toEqual([{ pager: '888', text: 'a b 000 PG1+++ATH' }]);
  });

  it('is sent again when it arrived damaged, but not for ever; the logon too', async () => {
    const at = terminal({ blockNaks: 2, logonNaks: 2, deafFor: 1 });
    expect(outcome(await send(at, 'x'))).toBe('delivered');
    expect([at.logons.length, at.blocks.length, at.pages.length]).toEqual([3, 3, 1]);
    const worse = terminal({ blockNaks: 9 });
    expect(outcome(await send(worse, 'x'))).toBe('page_damaged, retry');
    expect(worse.blocks).toHaveLength(3);
    expect(outcome(await send(terminal({ logonNaks: 9 }), 'x'))).toBe('logon_refused, give_up');
  });

  it.each([
    [{ password: 'other' }, {}, 'logon_refused, give_up'],
    [{ refusal: '511 No such pager' }, {}, 'page_refused, give_up'],
    [{ refusal: '512 Try later' }, {}, 'page_refused, retry'],
    [{ lateRefusal: '510 Illegal pager' }, {}, 'page_refused, give_up'],
    [{ hangsUpAt: 'id' }, {}, 'call_ended, retry'],
    [{ hangsUpAt: 'logon' }, {}, 'call_ended, retry'],
    [{ hangsUpAt: 'go_ahead' }, {}, 'call_ended, retry'],
    [{ hangsUpAt: 'block' }, {}, 'call_ended, retry'],
    [{ hangsUpAt: 'logout' }, {}, 'delivered'], // it had confirmed the page
    [{}, { result: 'BUSY' }, 'line_busy, retry'],
    [{}, { result: 'NO CARRIER' }, 'no_carrier, retry'],
    [{}, { unpluggedWhenDialling: true }, 'line_lost, next_node'],
  ] as [Partial<FakeTerminalState>, Partial<FakeHayesState>, string][])(
    'with terminal %o and modem %o ends as expected',
    async (state, modem, expected) => {
      const at = terminal(state, modem);
      expect(outcome(await send(at, 'x'))).toBe(expected);
      if (modem.unpluggedWhenDialling !== true) expect(at.isOffHook()).toBe(false);
    },
  );

  it.each(['id', 'logon', 'go_ahead', 'block', 'logout'] as const)(
    'ends in time when the terminal hangs at %s, and hangs up',
    async (hangsAt) => {
      const at = terminal({ hangsAt });
      expect(outcome(await send(at, 'x', {}, within(600)))).toBe('timed_out, retry');
      expect(at.commands.at(-1)).toBe('ATH');
      expect(at.isOffHook()).toBe(false);
    },
  );

  it('has no recipient and no password that could be more than that', () => {
    expect(tapPager.recipients('5551234;888 5551234;889')).toEqual({ ok: true, value: ['5551234;888', '5551234;889'] });
    expect(tapPager.recipients('5551234')).toEqual({
      ok: false,
      error: {
        setting: 'contact',
        code: 'not_an_alphanumeric_pager',
        sentence:
          '"5551234" is not an alphanumeric pager. Type the number of the provider\'s paging terminal, a semicolon and the number of the pager, such as 5551234;888; several with blanks between them.',
      },
    });
    expect(tapPager.settings.safeParse({ tty: '/dev/ttyS0', password: 'a\rb' }).success).toBe(false);
    expect(tapPager.settings.safeParse({ tty: '/dev/ttyS0', password: 'seven77' }).success).toBe(false);
  });
});
