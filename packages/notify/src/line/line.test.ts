import { ok } from '@fallover/events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { aContext } from '../test-support/message.test-support.ts';
import type { Delivery } from '../transport.ts';
import { type Line, withLine } from './line.ts';
import { openPty, type Pty } from './pty.test-support.ts';
import type { LineSettings } from './settings.ts';

/** A far end that answers `ping` with `pong`, and remembers what it was told. */
function farEnd(answer: (bytes: string, pty: Pty) => void = () => undefined): Pty & { got(): string } {
  let got = '';
  const pty: Pty = openPty((bytes) => {
    got += bytes;
    answer(bytes, pty);
    if (bytes.includes('bye')) pty.write('BYE\r\n');
  });
  onTestFinished(() => pty.close());
  return Object.assign(pty, { got: () => got });
}

const settings = (tty: string): LineSettings => ({ tty, baud: '9600', frame: '8N1', flowControl: 'none' });
/** Waits for the far end to have it: what is still on its way when a line is closed is thrown away. */
async function hangUp(line: Line): Promise<void> {
  await line.send('bye\r');
  await line.expect({ bye: /BYE/ }, 2_000);
}
const faultOf = (delivery: Delivery): string => (delivery.ok ? 'delivered' : `${delivery.error.code}, ${delivery.error.next}`);
const noAnswer = async (line: Line) => {
  line.awaiting('it had said pong');
  await line.expect({ pong: /pong\r/ }, 20_000);
  return ok({ answer: 'never' });
};

describe('a serial line', () => {
  it('leads a dialogue, tells it line by line, hangs up and closes', async () => {
    const far = farEnd((bytes, pty) => {
      if (bytes.includes('ping')) pty.write('RING\r\npong 7\r\n');
    });
    const context = aContext();
    const delivery = await withLine(
      settings(far.path),
      context,
      async (line) => {
        await line.send('ping\r');
        const found = await line.expect({ no: /nope\r/, pong: /pong (\d)\r/ }, 5_000);
        return ok({ answer: `${found?.name} ${found?.match[1]}, before ${JSON.stringify(found?.before)}` });
      },
      hangUp,
    );
    expect(delivery).toEqual({ ok: true, value: { answer: 'pong 7, before "RING\\r\\n"' } });
    expect(context.said.map(({ direction, text }) => `${direction} ${text}`)).toEqual([
      `note ${far.path} is open: 9600 8N1, flow control none.`,
      'sent ping',
      'received RING',
      'received pong 7',
      'sent bye',
      'received BYE',
      `note ${far.path} is closed.`,
    ]);
    expect(far.got()).toBe('ping\rbye\r');
    expect(far.openers()).toBe(0);
  });

  it('masks what is secret, also where the modem echoes it', async () => {
    const far = farEnd((bytes, pty) => pty.write(bytes));
    const context = aContext();
    await withLine(
      settings(far.path),
      context,
      async (line) => {
        await line.send('secret 1234\r', 'secret ••••\r');
        await line.expect({ echo: /1234\r/ }, 5_000);
        return ok({ answer: '' });
      },
      async () => undefined,
    );
    expect(context.said.filter(({ direction }) => direction !== 'note').map(({ text }) => text)).toEqual([
      'secret ••••',
      'secret ••••',
    ]);
  });

  it('answers undefined when the other side says something else in time', async () => {
    const far = farEnd((_, pty) => pty.write('wrong'));
    const context = aContext();
    const delivery = await withLine(
      settings(far.path),
      context,
      async (line) => {
        await line.send('ping\r');
        return ok({ answer: String(await line.expect({ pong: /pong/ }, 300)) });
      },
      async () => undefined,
    );
    expect(delivery).toEqual(ok({ answer: 'undefined' }));
    expect(context.said).toContainEqual({ direction: 'received', text: 'wrong' });
  });

  it('ends with timed_out when the method has no time left, and hangs up all the same', async () => {
    const far = farEnd();
    const delivery = await withLine(settings(far.path), aContext({ signal: AbortSignal.timeout(300) }), noAnswer, hangUp);
    expect(faultOf(delivery)).toBe('timed_out, retry');
    expect(delivery).toMatchObject({ error: { sentence: expect.stringContaining('before it had said pong at') } });
    expect(far.got()).toBe('bye\r');
    expect(far.openers()).toBe(0);
  });

  it.each(['while it waits', 'right after it has said something'])(
    'ends with line_lost when it is unplugged %s',
    async (when) => {
      const far = farEnd((_, pty) => {
        if (when !== 'while it waits') pty.write('something');
        setImmediate(() => pty.unplug());
      });
      const delivery = await withLine(
        settings(far.path),
        aContext(),
        async (line) => {
          await line.send('ping\r');
          return noAnswer(line);
        },
        hangUp,
      );
      expect(faultOf(delivery)).toBe('line_lost, next_node');
      expect(far.openers()).toBe(0);
    },
  );

  it('ends with tty_busy when somebody else has it', async () => {
    const far = farEnd();
    const inside: unknown[] = [];
    await withLine(
      settings(far.path),
      aContext(),
      async () => {
        inside.push(faultOf(await withLine(settings(far.path), aContext(), noAnswer, hangUp)));
        return ok({ answer: '' });
      },
      async () => undefined,
    );
    expect(inside).toEqual(['tty_busy, retry']);
    expect(far.openers()).toBe(0);
  });

  it('keeps little of a modem that talks without end', async () => {
    const far = farEnd((_, pty) => {
      for (let line = 0; line < 40; line += 1) pty.write(`${'x'.repeat(100)}\n`.repeat(20));
      pty.write('pong\r');
    });
    const context = aContext();
    await withLine(
      settings(far.path),
      context,
      async (line) => {
        await line.send('ping\r');
        await line.expect({ pong: /pong\r/ }, 5_000);
        return ok({ answer: '' });
      },
      async () => undefined,
    );
    expect(context.said.filter(({ direction }) => direction === 'received')).toHaveLength(500);
    expect(context.said.filter(({ text }) => text === 'It says more than is shown here.')).toHaveLength(1);
  });

  it('throws what is a defect, and closes the line', async () => {
    const far = farEnd();
    const defect = withLine(settings(far.path), aContext(), () => Promise.reject(new Error('a defect')), hangUp);
    await expect(defect).rejects.toThrow('a defect');
    expect(far.openers()).toBe(0);
  });
});
