import { err, ok } from '@fallover/events';
import { afterEach, describe, expect, it } from 'vitest';
import { EMULATED, site } from './app.test-support.ts';
import type { UseCases } from './use-cases.ts';

type Site = Awaited<ReturnType<typeof site>>;
let daemon: Site;
afterEach(() => daemon.close());

const ID = '0b9f3a52-7d0c-4f3e-9c55-0d6f0a6a1f01';
const RUN = '01936b00-0000-7000-8000-000000000001';
const nodeUp = { event: 'node_up', args: ['nodea'] };

/** Counts how often the use case is asked. */
function counting(runEvent: UseCases['runEvent']) {
  const counted = { times: 0 };
  const counts: UseCases['runEvent'] = (input, context) => {
    counted.times += 1;
    return runEvent(input, context);
  };
  return { counted, runEvent: counts };
}
const accepts: UseCases['runEvent'] = async () => ok({ run: RUN, warnings: [] });

describe('a request id', () => {
  it('has to be given with a change, as a UUID', async () => {
    const { counted, runEvent } = counting(accepts);
    daemon = await site({ runEvent });
    const without = await daemon.askLocally('/api/v1/runs', { body: nodeUp, id: null });
    expect([without.status, without.json.code, without.json.title]).toEqual([
      400,
      'request_id_missing',
      'A change needs the header Idempotency-Key with a UUID, the same one when the request is repeated.',
    ]);
    const another = await daemon.askLocally('/api/v1/runs', { body: nodeUp, id: 'mine' });
    expect([another.status, another.json.code, another.json.title]).toEqual([
      400,
      'request_id_not_uuid',
      'The header Idempotency-Key has to be a UUID; "mine" is none.',
    ]);
    expect(counted.times).toBe(0);
  });

  it('is not needed to sign in, to sign out, or to emulate', async () => {
    daemon = await site({
      emulate: async () => ok(EMULATED),
    });
    const body = { name: 'nobody', password: 'wrong' };
    expect((await daemon.ask('/api/v1/session', { body, id: null })).json.code).toBe('sign_in_refused');
    expect((await daemon.askLocally('/api/v1/session', { method: 'DELETE', id: null })).status).toBe(204);
    expect((await daemon.askLocally('/api/v1/emulate', { body: nodeUp, id: null })).status).toBe(200);
  });

  it('may be tried again by the same id where there were too many, and is told when', async () => {
    const tooMany = { code: 'too_many_reports', status: 429, sentence: 'In 7 s.', retryAfterSeconds: 7 } as const;
    const answers = [err(tooMany), ok({ run: RUN, warnings: [] })];
    daemon = await site({ runEvent: async () => answers.shift() ?? err(tooMany) });
    const first = await daemon.askLocally('/api/v1/runs', { body: nodeUp, id: ID });
    expect([first.status, first.headers['retry-after'], first.json.title]).toEqual([429, '7', 'In 7 s.']);
    expect((await daemon.askLocally('/api/v1/runs', { body: nodeUp, id: ID })).status).toBe(201);
  });

  it('gets the first answer again, and the event is queued once', async () => {
    const { counted, runEvent } = counting(accepts);
    daemon = await site({ runEvent });
    const first = await daemon.askLocally('/api/v1/runs', { body: nodeUp, id: ID });
    const again = await daemon.askLocally('/api/v1/runs', { body: nodeUp, id: ID.toUpperCase() });
    expect([again.status, again.text, again.headers['content-type']]).toEqual([
      201,
      first.text,
      'application/json; charset=utf-8',
    ]);
    expect(counted.times).toBe(1);
  });

  it('gets the first refusal again', async () => {
    const { counted, runEvent } = counting(async () => err({ code: 'unknown_event', status: 404, sentence: 'There is none.' }));
    daemon = await site({ runEvent });
    const first = await daemon.askLocally('/api/v1/runs', { body: nodeUp, id: ID });
    const again = await daemon.askLocally('/api/v1/runs', { body: nodeUp, id: ID });
    expect([again.status, again.text, again.headers['content-type']]).toEqual([
      404,
      first.text,
      'application/problem+json; charset=utf-8',
    ]);
    expect(counted.times).toBe(1);
  });

  it('may be tried again after a fault', async () => {
    let broken = true;
    daemon = await site({
      runEvent: async () => {
        if (broken) throw new Error('broken');
        return ok({ run: RUN, warnings: [] });
      },
    });
    expect((await daemon.askLocally('/api/v1/runs', { body: nodeUp, id: ID })).status).toBe(500);
    broken = false;
    expect((await daemon.askLocally('/api/v1/runs', { body: nodeUp, id: ID })).status).toBe(201);
  });

  it('is refused with another content, or from somebody else', async () => {
    const { counted, runEvent } = counting(accepts);
    daemon = await site({ runEvent });
    await daemon.askLocally('/api/v1/runs', { body: nodeUp, id: ID });
    const reused = [
      await daemon.askLocally('/api/v1/runs', { body: { event: 'node_up', args: ['nodeb'] }, id: ID }),
      await daemon.askLocally('/api/v1/recover', { body: {}, id: ID }),
      await daemon.ask('/api/v1/runs', { body: nodeUp, id: ID, cookie: daemon.cookieOf('admin') }),
    ];
    expect(reused.map(({ status, json }) => [status, json.code])).toEqual(Array(3).fill([409, 'request_id_reused']));
    expect(reused[0]?.json.title).toBe(
      `The request ${ID} was made before with another content or by somebody else. Nothing was done; use a new UUID for a new request.`,
    );
    expect(counted.times).toBe(1);
  });

  it('that comes while the first is at work waits for its answer', async () => {
    const asked = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    const { counted, runEvent } = counting(async () => {
      asked.resolve();
      await goOn.promise;
      return ok({ run: RUN, warnings: [] });
    });
    daemon = await site({ runEvent });
    const both = [
      daemon.askLocally('/api/v1/runs', { body: nodeUp, id: ID }),
      daemon.askLocally('/api/v1/runs', { body: nodeUp, id: ID }),
    ];
    await asked.promise;
    goOn.resolve();
    expect((await Promise.all(both)).map(({ status }) => status)).toEqual([201, 201]);
    expect(counted.times).toBe(1);
  });

  it('that the store has put with the effect is answered from there', async () => {
    daemon = await site({
      runEvent: async ({ body }, { principal, request }) => {
        const queued = {
          run: RUN,
          event: body.event,
          args: body.args,
          origin: { kind: 'person' as const, name: principal.name },
          drill: false,
          acceptedAt: '2026-11-23T14:22:10.000Z',
        };
        const reply = { run: RUN, warnings: [] };
        const written = await daemon.store.enqueue(request, queued, { status: 201, body: JSON.stringify(reply) });
        return written.outcome === 'repeated' ? { repeated: written.answer } : ok(reply);
      },
    });
    const first = await daemon.askLocally('/api/v1/runs', { body: nodeUp, id: ID });
    expect(await daemon.store.answerTo(ID)).toMatchObject({ status: 201, body: first.text, principal: 'local administrator' });
    expect((await daemon.askLocally('/api/v1/runs', { body: nodeUp, id: ID })).text).toBe(first.text);
    expect(await daemon.store.queue()).toHaveLength(1);
  });

  it('that another node has answered meanwhile gets that answer', async () => {
    daemon = await site({
      runEvent: async (_input, { request }) => ({
        repeated: {
          status: 201,
          body: `{"run":"${RUN}","warnings":[]}`,
          digest: request.digest,
          principal: request.principal,
          at: '',
        },
      }),
      recover: async (_input, { request }) => ({
        repeated: { status: 200, body: '{}', digest: 'another', principal: request.principal, at: '' },
      }),
    });
    expect((await daemon.askLocally('/api/v1/runs', { body: nodeUp })).json).toEqual({ run: RUN, warnings: [] });
    expect((await daemon.askLocally('/api/v1/recover', { body: {} })).json.code).toBe('request_id_reused');
  });

  it('of call-event is known while the daemon lives', async () => {
    let calls = 0;
    daemon = await site({
      callEvent: async () => {
        calls += 1;
        return ok({ status: 3 });
      },
    });
    const body = { step: 's', event: 'start_server', args: [] };
    const both = [
      await daemon.askLocally('/api/v1/call-event', { body, id: ID }),
      await daemon.askLocally('/api/v1/call-event', { body, id: ID }),
    ];
    expect([calls, ...both.map(({ json }) => json.status)]).toEqual([1, 3, 3]);
    expect(await daemon.store.answerTo(ID)).toBeUndefined();
  });
});

describe('the audit trail of requests', () => {
  const lines = () =>
    daemon.audit
      .read({ limit: 10 })
      .reverse()
      .map(({ principal, via, action, phase, outcome }) => [principal, via, action, phase, outcome]);

  it('has the intent before the use case is asked, and the outcome after it', async () => {
    const before: unknown[] = [];
    daemon = await site({
      runEvent: async () => {
        before.push(...lines());
        return ok({ run: RUN, warnings: [] });
      },
    });
    await daemon.ask('/api/v1/runs', { body: nodeUp, id: ID, cookie: daemon.cookieOf('operator') });
    expect(before).toEqual([['operator', 'session', 'runEvent', 'intent', undefined]]);
    expect(lines()).toEqual([...before, ['operator', 'session', 'runEvent', 'effect', 'done']]);
    expect(daemon.audit.read({ before: 2, limit: 1 })[0]).toMatchObject({
      target: '/api/v1/runs',
      requestId: ID,
      address: '127.0.0.1',
      detail: 'fallover run node_up nodea',
    });
  });

  it('has refusals and faults, and a repeat not', async () => {
    daemon = await site({
      runEvent: async () => err({ code: 'unknown_event', status: 404, sentence: 'There is none.' }),
      recover: async () => {
        throw new Error('broken');
      },
    });
    await daemon.askLocally('/api/v1/runs', { body: nodeUp, id: ID });
    await daemon.askLocally('/api/v1/runs', { body: nodeUp, id: ID });
    await daemon.askLocally('/api/v1/recover', { body: {} });
    expect(lines().map(([, , action, phase, outcome]) => [action, phase, outcome])).toEqual([
      ['runEvent', 'intent', undefined],
      ['runEvent', 'effect', 'unknown_event'],
      ['recover', 'intent', undefined],
      ['recover', 'effect', 'fault'],
    ]);
  });

  it('has who tried to sign in, and no password', async () => {
    daemon = await site();
    await daemon.ask('/api/v1/session', { body: { name: 'anna', password: 'open sesame open' } });
    expect(lines()).toEqual([
      ['not signed in', 'network', 'signIn', 'intent', undefined],
      ['not signed in', 'network', 'signIn', 'effect', 'sign_in_refused'],
    ]);
    expect(JSON.stringify(daemon.audit.read({ limit: 10 }))).not.toContain('sesame');
    expect(daemon.audit.read({ before: 2, limit: 1 })[0]?.detail).toBe('{"name":"anna","address":"127.0.0.1"}');
  });

  it('that cannot be written stops the change', async () => {
    const { counted, runEvent } = counting(accepts);
    const append = () => {
      throw Object.assign(new Error('database or disk is full'), { code: 'ERR_SQLITE_ERROR', errcode: 13 });
    };
    daemon = await site({ runEvent }, { audit: { append } });
    expect((await daemon.askLocally('/api/v1/runs', { body: nodeUp })).json.code).toBe('disk_full');
    expect(counted.times).toBe(0);
  });
});
