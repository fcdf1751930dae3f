import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type FakeHayes, type FakeHayesState, startFakeHayes } from '../line/fake-hayes.test-support.ts';
import { aContext, aMessage } from '../test-support/message.test-support.ts';
import type { Delivery } from '../transport.ts';
import { numericPager } from './numeric-pager.ts';

function modem(state: Partial<FakeHayesState> = {}, whenFinished = onTestFinished): FakeHayes {
  const started = startFakeHayes({ result: 'OK', ...state });
  whenFinished(() => {
    expect(started.openers()).toBe(0);
    started.close();
  });
  return started;
}

const send = (at: FakeHayes, text: string, settings: Record<string, string> = {}, context = aContext()) =>
  numericPager.send(aMessage({ text }), '+15551234,,,,', numericPager.settings.parse({ tty: at.path, ...settings }), context);
const outcome = (delivery: Delivery): string => (delivery.ok ? 'delivered' : `${delivery.error.code}, ${delivery.error.next}`);

describe('a page to a numeric pager', () => {
  it('is dialled behind the number and its pauses, and the line hung up', async () => {
    const at = modem({ unsolicited: ['RING'] });
    expect(await send(at, '911-42 *7#')).toEqual({
      ok: true,
      value: { answer: 'Dialled +15551234,,,,91142*7#. A numeric pager does not confirm.' },
    });
    expect(at.commands).toEqual(['AT', 'ATE0Q0V1X4', 'ATDT0015551234,,,,91142*7#;', 'ATH']);
    expect(at.isOffHook()).toBe(false);
  });

  it('is dialled as the settings say', async () => {
    const at = modem();
    await send(at, '911', { dialling: 'pulse', dialPrefix: '0,', internationalPrefix: '011', init: 'ATZ' });
    expect(at.commands).toEqual(['AT', 'ATZ', 'ATDP0,01115551234,,,,911;', 'ATH']);
  });

  // at the same time, because a modem's guard times are long
  it.concurrent.for([
    [{ result: 'BUSY' }, 'line_busy, retry'],
    [{ result: 'NO DIALTONE' }, 'no_dial_tone, next_node'],
    [{ result: 'NO DIAL TONE' }, 'no_dial_tone, next_node'],
    [{ result: 'NO ANSWER' }, 'no_answer, retry'],
    [{ result: 'NO CARRIER' }, 'no_carrier, retry'],
    [{ result: 'CONNECT 1200' }, 'no_carrier, retry'],
    [{ result: 'ERROR' }, 'dialling_refused, next_node'],
    [{ answer: 'ERROR' }, 'init_refused, next_node'],
    [{ unpluggedWhenDialling: true }, 'line_lost, next_node'],
  ] as [Partial<FakeHayesState>, string][])(
    'is not sent when the modem says %o',
    async ([state, expected], { onTestFinished: whenFinished }) => {
      const at = modem(state, whenFinished);
      expect(outcome(await send(at, '911'))).toBe(expected);
      if (state.result !== 'CONNECT 1200' && state.unpluggedWhenDialling !== true) expect(at.isOffHook()).toBe(false);
    },
  );

  it('ends in time when the modem hangs, and hangs up', async () => {
    const at = modem({ result: undefined });
    expect(outcome(await send(at, '911', {}, aContext({ signal: AbortSignal.timeout(300) })))).toBe('timed_out, retry');
    expect(at.commands.at(-1)).toBe('ATH');
    expect(at.isOffHook()).toBe(false);
  });

  it('has digits only: anything else is refused before anything is dialled', async () => {
    const at = modem();
    for (const text of ['', ' ', '-', '911 node_down', '%e', '1\rATD0190', '1;H', '1\u001a', '9'.repeat(41)]) {
      expect(outcome(await send(at, text))).toBe('text_not_numeric, give_up');
      expect(numericPager.checkText?.(text, numericPager.settings.parse({ tty: at.path }))).toEqual({
        setting: 'text',
        code: 'text_not_numeric',
        sentence:
          'A numeric pager shows digits only, and the message text has something else or is empty. Type digits, *, #, - and blanks, at most 40, such as 911.',
      });
    }
    expect(at.commands).toEqual([]);
    expect(numericPager.checkText?.('911', numericPager.settings.parse({ tty: at.path }))).toBeUndefined();
  });

  it('has no recipient and no setting that could be more than a number', () => {
    expect(numericPager.recipients('5551234,,,, 5559876,')).toEqual({ ok: true, value: ['5551234,,,,', '5559876,'] });
    expect(numericPager.recipients('5551234')).toEqual({
      ok: false,
      error: {
        setting: 'contact',
        code: 'not_a_numeric_pager',
        sentence:
          '"5551234" is not the number of a numeric pager. Type digits and behind them a comma for each pause until the service listens, such as 5551234,,,,; several with blanks between them.',
      },
    });
    const parse = (settings: Record<string, string>) =>
      numericPager.settings.safeParse({ tty: '/dev/ttyS0', ...settings }).success;
    expect(parse({ init: 'ATZ\rATD1' })).toBe(false);
    expect(parse({ init: 'DT1' })).toBe(false);
    expect(parse({ dialPrefix: '0;' })).toBe(false);
    expect(parse({ tty: 'ttyS0' })).toBe(false);
    expect(parse({ tty: '/dev/ttyS0\n' })).toBe(false);
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789,*#+;\rATDH \n'), maxLength: 20 }), (contact) => {
        const { ok, ...rest } = numericPager.recipients(contact);
        if (ok && 'value' in rest)
          for (const one of rest.value) expect(one).toMatch(/^\+?(?:[0-9]{1,3},{1,3})?[0-9*#]{3,30},+[0-9*#,]*$/);
      }),
    );
  });
});
