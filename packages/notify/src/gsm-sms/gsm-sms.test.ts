import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { smsText } from '../sms/segments.ts';
import { fuzzRounds } from '../test-support/fuzz-rounds.test-support.ts';
import { aContext, aMessage } from '../test-support/message.test-support.ts';
import type { Delivery, SendContext } from '../transport.ts';
import { type FakeModem, type FakeModemState, startFakeModem } from './fake-modem.test-support.ts';
import { gsmSms } from './gsm-sms.ts';

function modem(state: Partial<FakeModemState> = {}, whenFinished = onTestFinished): FakeModem {
  const started = startFakeModem(state);
  whenFinished(() => {
    expect(started.openers()).toBe(0); // whatever happened, the line is closed
    started.close();
  });
  return started;
}

const send = (at: FakeModem, text: string, settings: Record<string, string> = {}, context: SendContext = aContext()) =>
  gsmSms.send(aMessage({ text }), '015112345678#', gsmSms.settings.parse({ tty: at.path, ...settings }), context);
const within = (milliseconds: number) => aContext({ signal: AbortSignal.timeout(milliseconds) });
const outcome = (delivery: Delivery): string => (delivery.ok ? 'delivered' : `${delivery.error.code}, ${delivery.error.next}`);

describe('an SMS by a GSM modem', () => {
  it('is sent with the whole conversation told', async () => {
    const at = modem();
    const context = aContext();
    expect(await send(at, 'node_down [nodea] 5 €', { country: 'DE' }, context)).toEqual({
      ok: true,
      value: { answer: 'Message reference 11.' },
    });
    expect(at.messages()).toEqual([{ number: '+4915112345678', text: 'node_down [nodea] 5 €', parts: 1 }]);
    expect(context.dialogue()).toEqual([
      `# ${at.path} is open: 115200 8N1, flow control none.`,
      '> AT',
      '< AT',
      '< OK',
      '> ATE0',
      '< ATE0',
      '< OK',
      '> AT+CMEE=1',
      '< OK',
      '> AT+CPIN?',
      '< +CPIN: READY',
      '< OK',
      '> AT+CREG?',
      '< +CREG: 0,1',
      '< OK',
      '# Network: registered.',
      '> AT+CSQ',
      '< +CSQ: 20,99',
      '< OK',
      '# Signal: 20 of 31 (-73 dBm).',
      '> AT+CSCA?',
      '< +CSCA: "+491710760000",145',
      '< OK',
      '> AT+CMGF=0',
      '< OK',
      '# To +4915112345678: 21 characters, GSM 7-bit, 1 SMS.',
      '> AT+CMGS=36',
      '< > ',
      '> 0011000D91945111325476F80000A718EE37B91C21BFEF6ED086E77E93CBE18D0F54036DCA\u001a',
      '< +CMGS: 11',
      '< OK',
      `# ${at.path} is closed.`,
    ]);
  });

  it('is split when it is long, in any alphabet, and put together again by the telephone', async () => {
    const at = modem({ unsolicited: ['RING', '+CREG: 1', '+CMTI: "SM",3'] });
    const [plain, other] = ['node_down {nodea} '.repeat(20).trim(), 'узел 🔥 упал '.repeat(20).trim()];
    expect(await send(at, plain)).toEqual({ ok: true, value: { answer: 'Message references 11, 12, 13.' } });
    expect(await send(at, other)).toMatchObject({ ok: true });
    expect(at.messages()).toEqual([
      { number: '015112345678', text: plain, parts: 3 },
      { number: '015112345678', text: other, parts: 4 },
    ]);
    expect(gsmSms.measure?.(plain, gsmSms.settings.parse({ tty: at.path }))).toEqual({
      encoding: 'GSM 7-bit',
      characters: 359,
      segments: 3,
      perSegment: 153,
    });
  });

  it('is cut after as many SMS as may be sent', async () => {
    const at = modem();
    await send(at, 'x'.repeat(1_000), { segments: '2' });
    expect(at.messages()).toEqual([{ number: '015112345678', text: `${'x'.repeat(303)}...`, parts: 2 }]);
  });

  it('is what was to be said or nothing, whatever the text is', { timeout: 30_000 }, async () => {
    const at = modem();
    const hostile = fc.array(
      fc.constantFrom('AT+CMGD=1', '\r', '\n', '\u001a', '\u001b', '\u0000', '"', '+CMS ERROR: 1', 'OK', '🔥', '€'),
      {
        minLength: 1,
        maxLength: 30,
      },
    );
    await fc.assert(
      fc.asyncProperty(hostile, async (pieces) => {
        const text = `.${pieces.join('')}.`;
        const before = at.commands.length;
        at.taken.length = 0;
        expect(outcome(await send(at, text))).toBe('delivered');
        expect(at.messages().map((message) => message.text)).toEqual([smsText(text)]);
        for (const command of at.commands.slice(before))
          expect(command.replace('\u001a', '^Z')).toMatch(/^(?:AT(?:E0|\+[A-Z]+(?:\?|=\d+)?)?|[0-9A-F]+\^Z)$/);
      }),
      { numRuns: fuzzRounds(40) },
    );
  });

  it('says the subject when the text is empty', async () => {
    const at = modem();
    await send(at, ' \n');
    expect(at.messages().map(({ text }) => text)).toEqual(['node_down nodea: failure']);
  });

  it('sets the service centre of the method', async () => {
    const at = modem({ serviceCentre: '' });
    expect(outcome(await send(at, 'x'))).toBe('no_service_centre, next_node');
    expect(outcome(await send(at, 'x', { serviceCentre: '+491722270000' }))).toBe('delivered');
    expect(at.state.serviceCentre).toBe('+491722270000');
  });

  it('waits while the modem searches, and answers slowly', async () => {
    const at = modem({ registration: [2, 5], delay: 20 });
    expect(outcome(await send(at, 'x'))).toBe('delivered');
    expect(at.commands.filter((command) => command === 'AT+CREG?')).toHaveLength(2);
  });

  // at the same time, because a modem that says nothing is waited for
  it.concurrent.for([
    [{ registration: [3] }, 'registration_denied, next_node'],
    [{ registration: [0] }, 'not_registered, next_node'],
    [{ refusesPduMode: true }, 'pdu_mode_refused, next_node'],
    [{ sim: 'SIM PUK' }, 'sim_locked, next_node'],
    [{ sim: '+CME ERROR: 10' }, 'modem_refused, next_node'],
    [{ hangsAt: 'AT' }, 'modem_silent, next_node'],
    [{ hangsAt: 'AT+CMEE' }, 'modem_silent, next_node'],
    [{ unpluggedAt: 'AT+CREG' }, 'line_lost, next_node'],
    [{ unpluggedAt: 'text' }, 'line_lost, next_node'],
    [{ refusal: '+CMS ERROR: 30' }, 'sms_refused, give_up'],
    [{ refusal: '+CMS ERROR: 42' }, 'sms_refused, retry'],
    [{ refusal: 'ERROR' }, 'sms_refused, retry'],
  ] as [Partial<FakeModemState>, string][])(
    'is not sent when the modem is %o',
    async ([state, expected], { onTestFinished: whenFinished }) => {
      expect(outcome(await send(modem(state, whenFinished), 'x'))).toBe(expected);
    },
  );

  it('says which part was refused; a repeat has the same reference, so that the telephone shows it once', async () => {
    const at = modem({ refusal: '+CMS ERROR: 42', at: 2 });
    const text = 'x'.repeat(200);
    expect(await send(at, text)).toMatchObject({
      error: {
        sentence: `Part 2 of 2 of the SMS was not taken from the modem at "${at.path}": the network is congested ("+CMS ERROR: 42").`,
      },
    });
    at.behave({ refusal: undefined });
    expect(outcome(await send(at, text))).toBe('delivered');
    expect(at.taken).toHaveLength(3);
    expect(at.messages()).toEqual([{ number: '015112345678', text, parts: 2 }]);
  });

  it('ends in time when the modem hangs, and does not leave it waiting for a text', async () => {
    const at = modem({ hangsAt: 'text' });
    expect(outcome(await send(at, 'x', {}, within(400)))).toBe('timed_out, retry');
    at.behave({ hangsAt: 'prompt' });
    expect(outcome(await send(at, 'x', {}, within(400)))).toBe('timed_out, retry');
    at.behave({ hangsAt: undefined });
    expect(outcome(await send(at, 'x'))).toBe('delivered');
  });
});

describe('the PIN of the SIM card', () => {
  it('is given when the card asks for it, and is never told', async () => {
    const at = modem({ pin: '4711' });
    const context = aContext();
    expect(outcome(await send(at, 'x', { pin: '4711' }, context))).toBe('delivered');
    expect(at.commands).toContain('AT+CPIN="4711"');
    expect(context.dialogue()).toContain('> AT+CPIN="••••"');
    expect(context.dialogue().join('\n')).not.toContain('4711');
  });

  it('is missed when the method has none', async () => {
    expect(outcome(await send(modem({ pin: '4711' }), 'x'))).toBe('sim_pin_missing, next_node');
  });

  it('is not tried again when it was wrong, until the setting is another one', async () => {
    const at = modem({ pin: '4711' });
    expect(outcome(await send(at, 'x', { pin: '1234' }))).toBe('sim_pin_wrong, next_node');
    expect(outcome(await send(at, 'x', { pin: '1234' }))).toBe('sim_pin_not_tried_again, next_node');
    expect(at.state.tries).toBe(2);
    expect(outcome(await send(at, 'x', { pin: '4711' }))).toBe('delivered');
  });

  it('is not tried again when nobody knows whether it was wrong', async () => {
    const at = modem({ pin: '4712', hangsAt: 'AT+CPIN="' });
    expect(outcome(await send(at, 'x', { pin: '4712' }, within(400)))).toBe('timed_out, retry');
    at.behave({ hangsAt: undefined });
    expect(outcome(await send(at, 'x', { pin: '4712' }))).toBe('sim_pin_not_tried_again, next_node');
  });

  it('is not tried at all when the modem tells that somebody has typed a wrong one', async () => {
    const at = modem({ pin: '4713', tries: 2, tellsTries: true });
    expect(outcome(await send(at, 'x', { pin: '4713' }))).toBe('sim_pin_tries_used, next_node');
    expect(at.state.tries).toBe(2);
  });
});
