import { err, ok } from '@fallover/events';
import { afterEach, describe, expect, it } from 'vitest';
import { site } from './app.test-support.ts';
import { type EventStream, eventStreams } from './event-stream.ts';
import { publishChange } from './watch-cluster.ts';

type Site = Awaited<ReturnType<typeof site>>;
let daemon: Site;
afterEach(() => daemon.close());

const RUN_STREAM = '/api/v1/runs/x/stream';
const watch = (headers: Record<string, string> = {}, path = '/api/v1/stream') =>
  daemon.watch(path, { Cookie: daemon.cookieOf('monitor'), ...headers });

describe('the stream of changes', () => {
  it('tells every client the same, with ids', async () => {
    daemon = await site();
    const both = [await watch(), await watch()];
    await Promise.all(both.map((client) => client.until('id: hub.0\n\n')));
    publishChange(daemon.hub, 'cluster', 'runs');
    const text = 'id: hub.0\n\nid: hub.1\nevent: changed\ndata: {"topics":["cluster","runs"]}\n\n';
    for (const client of both) {
      expect(await client.until('"runs"]}\n\n')).toBe(text);
      expect(client.headers).toMatchObject({
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store, no-transform',
      });
    }
  });

  it('goes on where a client that reconnects has left', async () => {
    daemon = await site();
    for (const what of ['cluster', 'runs', 'configuration'] as const) publishChange(daemon.hub, what);
    const client = await watch({ 'Last-Event-ID': 'hub.1' });
    expect(await client.until('id: hub.3\n\n')).toBe(
      'id: hub.2\nevent: changed\ndata: {"topics":["runs"]}\n\nid: hub.3\nevent: changed\ndata: {"topics":["configuration"]}\n\nid: hub.3\n\n',
    );
  });

  it.each(['hub.0', 'earlier-daemon.7', 'hub.999999', 'nonsense'])(
    'says that all has changed after %s, which it does not know',
    async (id) => {
      daemon = await site();
      for (let n = 0; n < 1100; n += 1) publishChange(daemon.hub, 'runs');
      const client = await watch({ 'Last-Event-ID': id });
      expect(await client.until('id: hub.1100\n\n')).toBe(
        'event: changed\ndata: {"topics":["cluster","runs","configuration","summaries","notifications","components"]}\n\nid: hub.1100\n\n',
      );
    },
  );

  it('sends only the topics that were asked for', async () => {
    daemon = await site();
    const client = await watch();
    await client.until('id: hub.0\n\n');
    daemon.hub.publish('another', { event: 'other', data: {} });
    publishChange(daemon.hub, 'runs');
    expect(await client.until('"runs"')).not.toContain('other');
  });

  it('forgets a client that has left', async () => {
    const streams = eventStreams();
    daemon = await site({}, { streams });
    const client = await watch();
    await client.until('id: hub.0\n\n');
    expect([daemon.hub.subscribers(), streams.count()]).toEqual([1, 1]);
    client.leave();
    await expect.poll(() => [daemon.hub.subscribers(), streams.count()]).toEqual([0, 0]);
  });
});

describe('a stream', () => {
  it('can be refused before it is opened', async () => {
    daemon = await site({ watchRun: async () => err({ code: 'no_such_run', status: 404, sentence: 'There is no such run.' }) });
    const got = await daemon.ask(RUN_STREAM, { cookie: daemon.cookieOf('monitor') });
    expect([got.status, got.json.code]).toEqual([404, 'no_such_run']);
  });

  it('is ended by the use case, and tells it the last id that the client saw', async () => {
    daemon = await site({
      watchRun: async (_input, _context, stream) => {
        stream.send({ event: 'run', id: 'b', data: { after: stream.lastEventId, text: 'two\nlines' } });
        stream.end();
        return ok(undefined);
      },
    });
    const client = await watch({ 'Last-Event-ID': 'a' }, RUN_STREAM);
    expect(await client.ended).toBe('id: b\nevent: run\ndata: {"after":"a","text":"two\\nlines"}\n\n');
  });

  it('has a heartbeat', async () => {
    let beat: (() => void) | undefined;
    const streams = eventStreams({
      repeat: (everyMs, given) => {
        expect(everyMs).toBe(15_000);
        beat = given;
        return () => undefined;
      },
    });
    daemon = await site({}, { streams });
    const client = await watch();
    await client.until('id: hub.0\n\n');
    beat?.();
    expect(await client.until('\n\n: \n\n')).toBe('id: hub.0\n\n: \n\n');
  });

  it('ends when its viewer signs out, and when the session has run out', async () => {
    const streams = eventStreams();
    daemon = await site({}, { streams });
    const cookie = daemon.cookieOf('monitor');
    const client = await watch({ Cookie: cookie });
    const other = await watch();
    await daemon.ask('/api/v1/session', { method: 'DELETE', cookie });
    await client.ended;
    expect(streams.count()).toBe(1);
    daemon.clock.ms += 12 * 60 * 60 * 1000;
    streams.beat();
    await other.ended;
  });

  it('is dropped when the client does not read, and says before that it is behind', async () => {
    const told = Promise.withResolvers<EventStream>();
    daemon = await site({
      watchRun: async (_input, _context, stream) => {
        stream.open();
        told.resolve(stream);
        return ok(undefined);
      },
    });
    const client = await daemon.watchWithoutReading(RUN_STREAM, { Cookie: daemon.cookieOf('monitor') });
    const stream = await told.promise;
    const data = 'x'.repeat(64 * 1024);
    let sent = 0;
    while (stream.send({ event: 'output', data })) sent += 1;
    expect(stream.signal.aborted).toBe(false);
    expect(sent).toBeGreaterThan(1);
    for (let n = 0; n < 1000 && !stream.signal.aborted; n += 1) stream.send({ event: 'output', data });
    expect(stream.signal.aborted).toBe(true);
    await stream.drained();
    client.leave();
  });

  it('lets the use case wait until the client has caught up', async () => {
    daemon = await site({
      watchRun: async (_input, { signal }, stream) => {
        for (let n = 0; n < 200 && !signal.aborted; n += 1)
          if (!stream.send({ event: 'output', data: 'x'.repeat(64 * 1024) })) await stream.drained();
        stream.send({ event: 'run', data: 'last' });
        stream.end();
        return ok(undefined);
      },
    });
    const client = await watch({}, RUN_STREAM);
    expect((await client.ended).endsWith('event: run\ndata: "last"\n\n')).toBe(true);
  });
});
