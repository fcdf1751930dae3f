import { lstatSync, mkdirSync, readlinkSync, symlinkSync } from 'node:fs';
import { err, ok } from '@fallover/events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Base, type Daemon, makeBase, shell } from './components.test-support.ts';
import { type ComponentPeer, factsOf } from './component-peers.ts';
import { type ComponentUseCases, componentUseCases } from './use-cases.ts';

let base: Base;
let daemon: Daemon;
let useCases: ComponentUseCases;
let others: ComponentPeer[] = [];
let owesShutdown = false;
beforeEach(async () => {
  owesShutdown = false;
  base = makeBase();
  daemon = await base.start();
  useCases = componentUseCases({
    ...{ node: 'nodea', list: daemon.list, components: daemon.components, results: daemon.results },
    now: Date.now,
    changed() {},
    health: () => undefined,
    others: () => others,
    owesShutdown: () => owesShutdown,
    declared: () => {},
  });
});
afterEach(() => base.remove());

// biome-ignore lint/suspicious/noExplicitAny: the answers of all endpoints, of which each test knows its own
type Answered = any;

/** The use case as it is asked; its value, or the sentence of its refusal. */
async function ask(
  name: keyof ComponentUseCases,
  parameters: object,
  rest: { body?: object; query?: object; id?: string } = {},
): Promise<Answered> {
  const { body, query, id = crypto.randomUUID() } = rest;
  const request = { id, principal: 'anna', digest: 'd' };
  const context = { principal: { name: 'anna', role: 'admin', via: 'session' }, request, signal: new AbortController().signal };
  const answer = await (useCases[name] as unknown as (input: object, context: object) => Promise<unknown>)(
    { parameters, body, query },
    context,
  );
  const { ok, value, error } = answer as { ok: boolean; value: unknown; error: { status: number; sentence: string } };
  return ok ? value : `${error.status} ${error.sentence}`;
}

describe('a script', () => {
  const script = (name: string) => ({ component: 'c', script: name });
  const enable = (name: string) => ask('enableComponentScript', script(name));
  const disable = (name: string) => ask('disableComponentScript', script(name));

  it('that is installed is enabled by a link, and disabled without it; twice is once', async () => {
    mkdirSync(base.path('c'));
    base.write('share/c/10.x.script', shell('exit 0'));
    expect(await enable('10.x')).toMatchObject({ enabled: true, changed: true });
    expect(readlinkSync(base.path('c/10.x.script'))).toBe(base.path('share/c/10.x.script'));
    expect(await enable('10.x')).toMatchObject({ enabled: true, changed: false });
    expect((await ask('getComponent', { component: 'c' })).scripts).toMatchObject([
      { name: '10.x', installed: true, enabled: true },
    ]);
    expect(await disable('10.x')).toMatchObject({ enabled: false, changed: true });
    expect(await disable('10.x')).toMatchObject({ enabled: false, changed: false });
    expect(await enable('11.y')).toBe(
      '404 There is no event script "11.y" in the component c, nor is one of this name installed.',
    );
  });

  it('of its own is enabled and disabled by its mode, and a link is never followed for that', async () => {
    base.write('c/10.x.script', shell('exit 0'), 0o640);
    base.write('elsewhere', shell('exit 0'), 0o644);
    expect(await enable('10.x')).toMatchObject({ changed: true, sentence: expect.stringContaining('has the mode 0751.') });
    expect(await enable('10.x.script')).toMatchObject({ changed: false });
    expect(await disable('10.x')).toMatchObject({ changed: true, sentence: expect.stringContaining('has the mode 0640.') });
    symlinkSync(base.path('elsewhere'), base.path('c/20.y.script'));
    expect(await disable('20.y')).toMatchObject({ changed: true });
    expect(lstatSync(base.path('elsewhere')).mode & 0o777).toBe(0o644);
  });

  it('is refused where it is none', async () => {
    base.write('c/readme.script', 'x');
    mkdirSync(base.path('c/77.d.script'));
    expect(await enable('readme')).toMatch(/^400 "readme" is no name of an event script/);
    expect(await enable('77.d')).toMatch(/^409 .* is not a file or a link/);
    expect(await enable('../../x')).toMatch(/^400 /);
    expect(await disable('..')).toMatchObject({ changed: false });
    expect(await ask('enableComponentScript', { component: 'nope', script: '10.x' })).toMatch(
      /^404 There is no component "nope"/,
    );
  });

  it('shows its text, as far as its path is trusted', async () => {
    base.write('c/10.x.script', shell('exit 0'), 0o640);
    expect(await ask('getComponentScript', script('10.x'))).toMatchObject({
      text: '#!/bin/sh\nexit 0\n',
      bytes: 17,
      cut: false,
      mode: '0640',
    });
    base.write('c/20.y.script', shell('exit 0'), 0o777);
    expect(await ask('getComponentScript', script('20.y'))).toMatch(/^409 .*can be written by its group or by others/);
    expect(await ask('getComponentScript', script('../10.x'))).toMatch(/^404 /);
  });
});

describe('an event', () => {
  const run = (body: object, id?: string) =>
    ask('runComponentEvent', { component: 'c' }, { body: { args: [], wait: true, ...body }, ...(id ? { id } : {}) });

  it('is run, shown, listed, and its status kept', async () => {
    base.write('c/10.x.script', shell('echo out; exit 3'));
    const ran = await run({ event: 'monitor' });
    expect(ran).toMatchObject({ outcome: 'failed', result: 8, sentence: 'monitor in c failed in 10.x: exit status 3.' });
    expect((await ask('getComponentRun', { component: 'c', run: ran.id })).scripts).toMatchObject([
      { output: 'out\n', exitStatus: 3 },
    ]);
    expect(await ask('getComponentStatus', { component: 'c', event: 'monitor' })).toMatchObject({ result: 3 });
    expect(await ask('getComponentStatus', { component: 'c', event: 'startup' })).toMatch(
      /^404 The event "startup" has never run/,
    );
    base.write('c/10.x.script', shell('exit 0'));
    await run({ event: 'monitor' });
    const { health, monitor } = await ask('getComponentHealth', { component: 'c' }, { query: { limit: 10 } });
    expect(health).toEqual({
      state: 'not_monitored',
      sentence:
        'The component c of node nodea is not monitored: its mode is manual, and monitor runs only when a person runs it.',
    });
    expect(monitor).toMatchObject([{ outcome: 'failed', script: '10.x' }, { outcome: 'ok' }]);
    expect(await ask('listComponentRuns', { component: 'c' }, { query: { limit: 1 } })).toMatchObject({
      runs: [{ outcome: 'ok' }],
      more: true,
    });
    expect(await ask('getComponent', { component: 'c' })).toMatchObject({
      events: [{ event: 'monitor', outcome: 'ok' }],
      scripts: [{ last: { monitor: { status: 'OK' } } }],
    });
  });

  it('that is asked for again by the same request is not run again', async () => {
    base.write('c/10.x.script', shell('exit 0'));
    const id = crypto.randomUUID();
    expect((await run({ event: 'startup' }, id)).id).toBe((await run({ event: 'startup' }, id)).id);
    expect((await ask('listComponentRuns', { component: 'c' }, { query: { limit: 10 } })).runs).toHaveLength(1);
  });

  it('is accepted at once without wait, and can be cancelled', async () => {
    base.write('c/10.x.script', shell('sleep 30'));
    const { id } = await run({ event: 'startup', wait: false });
    expect(await ask('changeComponent', { component: 'c' }, { body: { mode: 'observed' } })).toMatch(
      /^409 The event startup runs/,
    );
    await ask('cancelComponentRun', { component: 'c', run: id });
    await new Promise<void>((over) => daemon.components.onOutcome(() => over()));
    expect(await ask('getComponentRun', { component: 'c', run: id })).toMatchObject({ outcome: 'cancelled' });
    expect(await ask('cancelComponentRun', { component: 'c', run: id })).toMatch(/^409 .* is over already/);
  });
});

describe('a component', () => {
  it('is found below the base, or declared; declaring one is taken back', async () => {
    base.write('c/10.x.script', shell('exit 0'));
    base.write('../elsewhere/10.x', shell('exit 0'));
    const directory = base.path('../elsewhere').replace('/events/..', '');
    expect(await ask('addComponent', { component: 'c' }, { body: { directory } })).toMatch(
      /^409 The component c is there already/,
    );
    expect(await ask('addComponent', { component: 'mine' }, { body: { directory: 'x' } })).toMatch(/^400 directory "x"/);
    expect(await ask('addComponent', { component: 'mine' }, { body: { directory: '/a/../b' } })).toMatch(/^400 /);
    const body = { directory, profile: 'readme', mode: 'driven' };
    expect(await ask('addComponent', { component: 'mine' }, { body })).toMatchObject({
      source: 'declared',
      scripts: [{ name: '10.x' }],
    });
    expect((await ask('listComponents', {})).components).toMatchObject([{ name: 'c' }, { name: 'mine', mode: 'driven' }]);
    expect(await ask('deleteComponent', { component: 'mine' })).toMatch(/^409 The component mine is driven, and what/);
    await ask('changeComponent', { component: 'mine' }, { body: { mode: 'manual' } });
    expect((await ask('deleteComponent', { component: 'mine' })).sentence).toMatch(/is not declared any more/);
    expect(await ask('deleteComponent', { component: 'c' })).toMatch(/^409 Nothing was declared of the component c/);
    await ask('changeComponent', { component: 'c' }, { body: { mode: 'observed' } });
    expect((await ask('deleteComponent', { component: 'c' })).sentence).toMatch(/again as it was found/);
    expect(await ask('getComponent', { component: 'c' })).toMatchObject({ mode: 'manual' });
  });

  it('is not removed, moved or observed before the shutdown that it owes is over; to be driven once more it need not wait', async () => {
    base.write('c/10.x.script', shell('exit 0'));
    const change = (body: object) => ask('changeComponent', { component: 'c' }, { body });
    await change({ mode: 'driven', debugScript: '/d' });
    owesShutdown = true;
    for (const body of [{ mode: 'observed' }, { mode: 'manual', profile: 'readme' }, { directory: '/elsewhere' }])
      expect(await change(body)).toMatch(/^409 The component c is driven, and what its scripts have started goes on/);
    expect(await change({ debugScript: '', profile: 'ctdb', directory: base.path('c') })).toMatchObject({ mode: 'driven' });
    expect(await change({ mode: 'manual' })).toMatchObject({ mode: 'manual' });
    const refused = /^409 The shutdown of the component c is not over yet/;
    expect(await change({ mode: 'observed' })).toMatch(refused);
    expect(await ask('deleteComponent', { component: 'c' })).toMatch(refused);
    expect(await change({ mode: 'driven' })).toMatchObject({ mode: 'driven' });
    expect(await change({ mode: 'manual' })).toMatchObject({ mode: 'manual' });
    owesShutdown = false;
    expect(await change({ mode: 'observed' })).toMatchObject({ mode: 'observed' });
  });

  it('is verified: what would fail, what is passed over, what is ignored and why', async () => {
    base.write('share/c/05.sys.script', shell('exit 0'));
    base.write('c/10.x.script', shell('exit 0'));
    base.write('c/10.y.script', shell('exit 0'), 0o644);
    base.write('c/20.empty.script', '');
    base.write('c/30.open.script', shell('exit 0'), 0o777);
    symlinkSync('/nonexistent', base.path('c/40.gone.script'));
    base.write('c/50.old.script~', shell('exit 0'));
    const { findings } = await ask('verifyComponent', { component: 'c' });
    expect(findings.map(({ level, code, file }: Record<string, string>) => [level, code, file])).toEqual([
      ['note', 'equal_numbers_allowed', undefined],
      ['note', 'script_disabled', '10.y.script'],
      ['warning', 'counts_as_disabled', '20.empty.script'],
      ['error', 'writable_by_others', '30.open.script'],
      ['error', 'link_leads_nowhere', '40.gone.script'],
      ['note', 'backup', '50.old.script~'],
      ['note', 'installed_not_enabled', undefined],
    ]);
  });

  it('is compared with the one of the same name on other nodes; who does not answer is named', async () => {
    base.write('c/10.same.script', shell('exit 0'));
    base.write('c/20.differs.script', shell('exit 0'));
    base.write('c/30.here.script', shell('exit 0'));
    base.write('c/40.on.script', shell('exit 0'));
    const own = factsOf({ name: 'c', directory: base.path('c'), profile: 'ctdb', mode: 'manual', source: 'base' }).scripts ?? [];
    const there = own
      .filter(({ file }) => file !== '30.here.script')
      .map((script) => ({
        ...script,
        ...(script.file === '20.differs.script' ? { sha256: 'f'.repeat(64) } : {}),
        enabled: script.file !== '40.on.script',
      }));
    others = [
      { node: 'nodeb', inspect: async () => ok({ scripts: [...there, { file: '50.there.script', enabled: true }] }) },
      { node: 'nodec', inspect: async () => err('Node nodec does not answer.') },
      { node: 'noded', inspect: async () => ok({}) },
    ];
    const found = await ask('verifyComponent', { component: 'c' });
    expect([found.compared, found.unanswered]).toEqual([
      ['nodeb', 'noded'],
      [{ node: 'nodec', sentence: 'Node nodec does not answer.' }],
    ]);
    expect(found.findings.map(({ code, node, sentence }: Record<string, string>) => [code, node, sentence])).toEqual([
      ['script_differs', 'nodeb', '20.differs has other contents on node nodeb than on node nodea.'],
      ['only_on_node', 'nodeb', '30.here is on node nodea and not on node nodeb.'],
      ['enabled_differs', 'nodeb', '40.on is enabled on node nodea and disabled on node nodeb.'],
      ['only_on_node', 'nodeb', '50.there is on node nodeb and not on node nodea.'],
      ['no_such_component', 'noded', 'There is no component c on node noded.'],
    ]);
  });
});
