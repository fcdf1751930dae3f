import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { err, ok } from '@fallover/events';
import { Counter, Registry } from 'prom-client';
import { afterEach, describe, expect, it } from 'vitest';
import { site } from './app.test-support.ts';
import type { UseCases } from './use-cases.ts';

type Site = Awaited<ReturnType<typeof site>>;
const open: Site[] = [];
afterEach(async () => {
  for (const daemon of open.splice(0)) await daemon.close();
});
async function start(...args: Parameters<typeof site>): Promise<Site> {
  const daemon = await site(...args);
  open.push(daemon);
  return daemon;
}

const RUN = '01936b00-0000-7000-8000-000000000001';
const runEvent: UseCases['runEvent'] = async () => ok({ run: RUN, warnings: [] });
const nodeUp = { event: 'node_up', args: ['nodea'] };

describe('a use case', () => {
  it('gets what was asked, as the schemas read it, and who asks', async () => {
    const seen: unknown[] = [];
    const daemon = await start({
      runEvent: async (input, { principal, request }) => {
        seen.push(input, principal, request.principal, request.digest);
        return ok({ run: RUN, warnings: [] });
      },
    });
    const got = await daemon.ask('/api/v1/runs', { cookie: daemon.cookieOf('operator'), body: nodeUp });
    expect([got.status, got.json, got.headers['cache-control']]).toEqual([201, { run: RUN, warnings: [] }, 'no-store']);
    expect(seen).toEqual([
      { parameters: undefined, query: undefined, body: { event: 'node_up', args: ['nodea'], drill: false } },
      { name: 'operator', role: 'operator', via: 'session' },
      'operator',
      // printf 'POST\n/api/v1/runs\n{"event":"node_up","args":["nodea"]}' | sha256sum
      '81e010f4894624228f66a792c7b267253188578409d73712f8538c0c885d7cb4',
    ]);
  });

  it('refuses with a problem that has its code and its sentence', async () => {
    const faults = [{ code: 'not_a_name', field: 'event', sentence: 'The event is not a name.' }];
    const daemon = await start({
      runEvent: async () => err({ code: 'unknown_event', status: 404, sentence: 'There is no event nod_up.', faults }),
    });
    const got = await daemon.askLocally('/api/v1/runs', { body: nodeUp });
    expect(got.status).toBe(404);
    expect(got.json).toEqual({
      type: 'urn:fallover:problem:unknown_event',
      title: 'There is no event nod_up.',
      status: 404,
      code: 'unknown_event',
      faults,
    });
  });

  it('answers 204 without a body', async () => {
    const daemon = await start();
    const got = await daemon.askLocally('/api/v1/custom-events/x?revision=1', { method: 'DELETE' });
    expect([got.status, got.text]).toEqual([204, '']);
  });

  it('answers with bytes and headers of its own', async () => {
    async function* body() {
      yield Buffer.from([0, 255]);
      yield 'end';
    }
    const daemon = await start({
      getStepOutput: async ({ query }) => ok({ headers: { 'Fallover-Output-Size': String(query.length) }, body: body() }),
      saveEventSummaries: async () => ok({ headers: { 'Content-Disposition': 'attachment' }, body: 'HACMP Event Summary\n' }),
    });
    const output = await daemon.askLocally(`/api/v1/runs/${RUN}/output?step=x`);
    expect([output.status, output.headers['content-type'], output.headers['fallover-output-size'], output.text]).toEqual([
      200,
      'application/octet-stream',
      '65536',
      '\u0000\ufffdend',
    ]);
    const text = await daemon.askLocally('/api/v1/event-summaries/text');
    expect([text.headers['content-type'], text.text]).toEqual(['text/plain; charset=utf-8', 'HACMP Event Summary\n']);
  });

  it('says while the store does not answer that it is of what was known last', async () => {
    let state = 'connected';
    const daemon = await start({}, { storeState: () => state });
    const said = async () => (await daemon.askLocally('/api/v1/cluster')).headers['fallover-store'];
    expect(await said()).toBeUndefined();
    state = 'no_quorum';
    expect(await said()).toBe('no_quorum');
  });

  it('that throws becomes a problem without a stack trace, and an incident in the log', async () => {
    const daemon = await start({
      getCluster: async () => {
        throw new Error('secret detail');
      },
    });
    const got = await daemon.askLocally('/api/v1/cluster');
    expect(got.status).toBe(500);
    expect(got.text).not.toContain('secret detail');
    const [line] = daemon.logged;
    expect(got.json.title).toBe(`The cluster manager met a fault of its own. Its log tells more, as incident ${line?.incident}.`);
    expect(line?.err).toMatchObject({ message: 'secret detail' });
  });

  it('whose reply is not as the contract says is a fault of its own', async () => {
    const daemon = await start({ getCluster: async () => ok({ cluster: 1 } as never) });
    expect((await daemon.askLocally('/api/v1/cluster')).json.code).toBe('internal_fault');
  });

  it('that loses the store answers 503 with the sentence of the store', async () => {
    const daemon = await start({
      getCluster: async () => {
        throw Object.assign(new Error('full'), { fault: { code: 'store_full', path: 'store.db' } });
      },
    });
    const got = await daemon.askLocally('/api/v1/cluster');
    expect([got.status, got.json.code, got.json.title, got.headers['retry-after']]).toEqual([
      503,
      'store_full',
      'The store store.db cannot grow, its disk is full: nothing was written; make room and try again.',
      '5',
    ]);
  });

  it.each([
    ['no_quorum', /^etcd at h:1 has no quorum: it cannot be asked now; /],
    ['outcome_unknown', /^The answer of etcd at h:1 was lost/],
  ])('that has %s answers 503 with that code, and says to whoever only asked nothing of writing', async (code, sentence) => {
    const daemon = await start({
      getCluster: async () => {
        throw Object.assign(new Error(code), { fault: { code, store: 'h:1' } });
      },
    });
    const got = await daemon.askLocally('/api/v1/cluster');
    expect([got.status, got.json.code, got.json.title]).toEqual([503, code, expect.stringMatching(sentence)]);
  });

  it('that meets a full disk answers 503', async () => {
    const daemon = await start({
      getCluster: async () => {
        throw Object.assign(new Error('database or disk is full'), { code: 'ERR_SQLITE_ERROR', errcode: 13 });
      },
    });
    expect((await daemon.askLocally('/api/v1/cluster')).json).toMatchObject({
      status: 503,
      title: 'The disk of the state directory is full, or cannot be written. Make room on it and try again.',
    });
  });

  it('is told when the client of a read has gone', async () => {
    const asked = Promise.withResolvers<void>();
    const told = Promise.withResolvers<void>();
    const daemon = await start({
      getCluster: (_input, { signal }) => {
        signal.addEventListener('abort', () => told.resolve());
        asked.resolve();
        return new Promise(() => undefined);
      },
    });
    const leaving = new AbortController();
    const answer = daemon.askLocally('/api/v1/cluster', { signal: leaving.signal });
    await asked.promise;
    leaving.abort();
    await expect(answer).rejects.toThrow('The operation was aborted');
    await told.promise;
  });
});

describe('the start', () => {
  it('fails for an endpoint without a use case', async () => {
    await expect(site({ runEvent: undefined } as never)).rejects.toThrow('These endpoints have no use case: runEvent.');
  });

  it('fails for a use case without an endpoint', async () => {
    await expect(site({ deleteEverything: runEvent } as never)).rejects.toThrow(
      'These use cases have no endpoint: deleteEverything.',
    );
  });
});

describe('input', () => {
  const refused = async (path: string, options: Parameters<Site['ask']>[1]) => {
    const { status, json } = await (await start({ runEvent })).askLocally(path, options);
    return [status, json.code, json.title];
  };

  it.each([
    ['event is missing.', { args: [] }],
    ['event has to be text.', { event: 1, args: [] }],
    ['event can have at most 64 characters.', { event: 'x'.repeat(65), args: [] }],
    ['args can have at most 64 items.', { event: 'x', args: Array(65).fill('a') }],
    ['args.1 has to be text.', { event: 'x', args: ['a', 2] }],
    ['sudo is not known here.', { event: 'x', args: [], sudo: true }],
    ['The body has to be an object.', 'node_up'],
    ['2 things are wrong: event is missing. args is missing.', {}],
  ])('is refused with: %s', async (sentence, body) => {
    expect(await refused('/api/v1/runs', { body })).toEqual([400, 'input_not_accepted', sentence]);
  });

  it('names a field of the query', async () => {
    expect(await refused('/api/v1/runs?limit=0', {})).toEqual([400, 'input_not_accepted', 'limit has to be at least 1.']);
    expect(await refused('/api/v1/runs?limit=x', {})).toEqual([400, 'input_not_accepted', 'limit has to be a number.']);
    expect(await refused('/api/v1/runs?outcome=x', {})).toEqual([
      400,
      'input_not_accepted',
      'outcome has to be one of succeeded, failed, aborted, interrupted.',
    ]);
  });

  it('that is not JSON, too large, or of another kind is refused', async () => {
    expect(await refused('/api/v1/runs', { text: '{"event": nod' })).toEqual([
      400,
      'body_not_json',
      `The body is not JSON: Unexpected token 'o', "{"event": nod" is not valid JSON.`,
    ]);
    expect(await refused('/api/v1/runs', { body: { event: 'x'.repeat(1_048_576) } })).toEqual([
      413,
      'body_too_large',
      'The body is larger than 1 MiB. Nothing was done.',
    ]);
    expect(await refused('/api/v1/configuration/import', { body: { text: 'x'.repeat(16 * 1_048_576) } })).toEqual([
      413,
      'body_too_large',
      'The body is larger than 16 MiB. Nothing was done.',
    ]);
    expect(await refused('/api/v1/runs', { body: nodeUp, headers: { 'Content-Type': 'text/plain' } })).toEqual([
      415,
      'media_not_accepted',
      'The body is text/plain. Send it as application/json, in UTF-8 and not compressed.',
    ]);
    expect(await refused('/api/v1/runs', { body: nodeUp, headers: { 'Content-Encoding': 'gzip' } })).toEqual([
      415,
      'media_not_accepted',
      'The body is compressed. Send it as application/json, in UTF-8 and not compressed.',
    ]);
    expect(await refused('/api/v1/runs', { method: 'POST' })).toEqual([
      415,
      'media_not_accepted',
      'The body is empty or without a Content-Type. Send it as application/json, in UTF-8 and not compressed.',
    ]);
  });

  it('at another address, by another method, or with a broken address is refused', async () => {
    expect(await refused('/api/v1/rums', {})).toEqual([
      404,
      'no_such_address',
      'There is nothing at /api/v1/rums. What there is stands in /api/v1/openapi.json.',
    ]);
    expect(await refused('/api/v1/runs', { method: 'DELETE' })).toEqual([
      405,
      'method_not_allowed',
      'DELETE is not for /api/v1/runs; POST and GET are.',
    ]);
    expect(await refused('/api/v1/runs/%zz', {})).toEqual([
      400,
      'address_not_readable',
      'The address has a % that no two hexadecimal digits follow, or bytes that are not UTF-8.',
    ]);
  });
});

describe('the end of the daemon', () => {
  it('gives up what waits and refuses what still comes', async () => {
    const asked = Promise.withResolvers<void>();
    const daemon = await start({
      callEvent: (_input, { signal }) =>
        new Promise((done) => {
          signal.addEventListener('abort', () => done(ok({ status: 1 })));
          asked.resolve();
        }),
    });
    const stream = await daemon.watch('/api/v1/stream', { Cookie: daemon.cookieOf('monitor') });
    const waiting = daemon.askLocally('/api/v1/call-event', { body: { step: 's', event: 'e', args: [] } });
    await asked.promise;
    daemon.endRequests();
    await stream.ended;
    expect((await waiting).json).toEqual({ status: 1 });
    const late = await daemon.askLocally('/healthz');
    expect([late.status, late.json.code]).toEqual([503, 'closing']);
  });
});

describe('health', () => {
  it('is told without a session', async () => {
    const daemon = await start();
    expect((await daemon.ask('/healthz')).json).toEqual({ alive: true });
    expect((await daemon.ask('/readyz')).json).toEqual({ ready: true, reasons: [], troubles: [] });
  });

  it.each(['starting', 'store', 'queue_stopped', 'journal_not_writable'])(
    'is not ready while it cannot do its work: %s',
    async (code) => {
      const [reason, trouble] = [
        { code, sentence: 'It cannot.' },
        { code: 'clocks_differ', sentence: 'Clocks differ.' },
      ];
      const got = await (await start({}, { ready: () => [trouble, reason] })).ask('/readyz');
      expect([got.status, got.json]).toEqual([503, { ready: false, reasons: [reason], troubles: [trouble] }]);
    },
  );

  it.each(['clocks_differ', 'not_joined', 'certificate_ends', 'hacmp_out_not_writable', 'node_name_taken', 'defect'])(
    'is ready with a trouble that keeps it from nothing, and tells it: %s',
    async (code) => {
      const troubles = [{ code, sentence: 'It is not as it should be.' }];
      const got = await (await start({}, { ready: () => troubles })).ask('/readyz');
      expect([got.status, got.json]).toEqual([200, { ready: true, reasons: [], troubles }]);
    },
  );

  it('has metrics for Prometheus, those of others too', async () => {
    const registry = new Registry();
    new Counter({ name: 'fallover_runs_total', help: 'Runs.', registers: [registry] }).inc(3);
    const daemon = await start({}, { registry });
    await daemon.ask('/api/v1/session');
    const { text } = await daemon.ask('/metrics');
    expect(text).toContain('fallover_runs_total 3');
    expect(text).toContain('fallover_http_request_duration_seconds_count{route="getSession",method="GET",status="200"} 1');
  });
});

describe('the OpenAPI document', () => {
  it('has every endpoint, made from the contract', async () => {
    const { json } = await (await start()).ask('/api/v1/openapi.json');
    expect(json.openapi).toBe('3.1.0');
    expect(Object.keys(json.paths)).toContain('/api/v1/runs/{run}/stream');
    const operation = json.paths['/api/v1/runs'].post;
    expect(operation.operationId).toBe('runEvent');
    expect(operation.requestBody.content['application/json'].schema.required).toEqual(['event', 'args']);
    expect(operation.parameters).toEqual([
      expect.objectContaining({
        in: 'header',
        name: 'Idempotency-Key',
        required: true,
        schema: expect.objectContaining({ format: 'uuid' }),
      }),
    ]);
    expect(Object.keys(operation.responses)).toEqual(['201', 'default']);
    expect(json.paths['/api/v1/runs'].get.parameters.map(({ name }: { name: string }) => name)).toEqual([
      'before',
      'limit',
      'event',
      'outcome',
      'since',
      'until',
      'text',
    ]);
  });
});

describe('the console', () => {
  it('says how to build it when it is not built', async () => {
    const got = await (await start()).ask('/smit/cm_events');
    expect([got.status, got.headers['content-type']]).toEqual([503, 'text/html; charset=utf-8']);
    expect(got.text).toContain('The console is not built');
  });

  it('is one page at every address, asked for anew, and its assets are kept for good', async () => {
    const daemon = await start();
    mkdirSync(join(daemon.directory, 'console/assets'), { recursive: true });
    writeFileSync(join(daemon.directory, 'console/index.html'), '<title>Fallover</title>');
    writeFileSync(join(daemon.directory, 'console/assets/index-abc123.js'), 'start()');
    for (const path of ['/', '/smit/cm_events', '/setup']) {
      const got = await daemon.ask(path);
      expect([got.status, got.text, got.headers['cache-control']]).toEqual([200, '<title>Fallover</title>', 'no-cache']);
    }
    const asset = await daemon.ask('/assets/index-abc123.js');
    expect([asset.text, asset.headers['cache-control']]).toEqual(['start()', 'public, max-age=31536000, immutable']);
    expect((await daemon.ask('/assets/index-old.js')).status).toBe(404);
    expect((await daemon.ask('/api/v2/runs')).json.code).toBe('no_such_address');
    expect((await daemon.ask('/../../etc/passwd')).text).toBe('<title>Fallover</title>');
  });
});
