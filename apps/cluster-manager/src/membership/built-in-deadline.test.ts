import type { DefinitionDocument } from '@fallover/events';
import { openStore } from '@fallover/store';
import { afterEach, describe, expect, it } from 'vitest';
import { cuttable } from '../../faults/cuttable.ts';
import type { Executor } from '../executor/executor.ts';
import { systemClock } from '../runs/clock.ts';
import { stepStarter } from '../runs/step-starter.ts';
import { type TestCluster, testCluster } from './cluster.test-support.ts';

const ACQUIRE = '/usr/local/cluster/acquire';
const command = (name: string) => ({ class: 'event' as const, name, fields: { eventCommand: { cluster: ACQUIRE } } });
const DOCUMENT: DefinitionDocument = {
  format: 1,
  cluster: 'payroll',
  entries: [command('process_resources'), command('process_resources_complete')],
};

let cluster: TestCluster;
afterEach(() => cluster.close());

interface Started {
  node: string;
  step: string;
  at: number;
}

/**
 * Three nodes with the real built-in commands; the line of nodec to the store can be cut. `pauses`: what nodec does not go on
 * with before it is let go on, as a daemon that is frozen there.
 */
async function open(pauses: (step: string) => boolean, takesMs: (step: string) => number = () => 5) {
  const opened = await openStore('memory:');
  if (!opened.ok) throw new Error(opened.error.code);
  const line = cuttable(opened.value, () => 0);
  const { promise: thawed, resolve: thaw } = Promise.withResolvers<void>();
  const { promise: frozen, resolve: freeze } = Promise.withResolvers<void>();
  const commands: Started[] = [];
  const builtIns: Started[] = [];
  const ended: string[] = [];
  cluster = testCluster({
    store: opened.value,
    storeOf: (node) => (node === 'nodec' ? line.store : opened.value),
    nodes: ['nodea', 'nodeb', 'nodec'],
    ttlMs: 2_000,
    document: DOCUMENT,
    steps(node, tools) {
      const executor = {
        start: (request, events) => {
          commands.push({ node, step: request.step, at: performance.now() });
          setTimeout(() => {
            ended.push(request.step);
            events.finished({ status: 0, durationMs: 1, outputBytes: 0 });
          }, takesMs(request.step));
        },
        abort: () => false,
        acknowledge: () => {},
      } as Partial<Executor> as Executor;
      const starter = stepStarter(
        {
          ...{ node, executor, clock: systemClock(), abortLeftover: () => {}, defect: () => {} },
          output: { append: () => {}, size: () => 0 } as never,
          automaticFindings: async () => [],
        },
        tools,
      );
      return {
        ...starter,
        async start(run, due, token) {
          if (due.step.command === undefined && due.step.kind === 'event') {
            if (node === 'nodec' && pauses(due.id)) {
              freeze();
              await thawed;
            }
            builtIns.push({ node, step: due.id, at: performance.now() });
          }
          starter.start(run, due, token);
        },
      };
    },
  });
  const isUp = (node: string): boolean =>
    [...cluster.nodes.values()].every(({ view }) => view.nodes().get(node)?.upSince !== undefined);
  await cluster.until('all are up', () => ['nodea', 'nodeb', 'nodec'].every(isUp));
  const of = (run: string, started: readonly Started[]) =>
    started.filter(({ node, step }) => node === 'nodec' && step.startsWith(run));
  const isLost = () => cluster.until('nodec is lost', () => !cluster.nodes.get('nodea')?.view.members().has('nodec'));
  const isBack = () => cluster.until('nodec is a member again', () => cluster.nodes.get('nodec')?.membership.own() !== undefined);
  return { line, thaw, frozen, commands, builtIns, ended, of, isLost, isBack };
}

describe('the built-in command of a slow event', () => {
  it('that was claimed, and begins only when its node has been lost, starts nothing', async () => {
    let run = '';
    const { line, thaw, frozen, commands, builtIns, of, isLost, isBack } = await open(
      (step) => run !== '' && step.startsWith(run),
    );
    run = await cluster.report('node_down', 'noded');
    await frozen;
    line.cut();
    await isLost();
    thaw();
    line.mend();
    await isBack();
    await cluster.until('the run is over', () => cluster.nodes.get('nodea')?.engine.live(run) === undefined);
    expect(of(run, builtIns)).toHaveLength(1);
    expect(of(run, commands)).toEqual([]);
  }, 20_000);

  it('begins nothing more from a second before the deadline of its node on, though it goes on itself', async () => {
    let run = '';
    const { line, commands, ended, of, isLost, isBack } = await open(
      () => false,
      (step) => (run !== '' && step.startsWith(run) && step.includes('nodec') ? 1_200 : 5),
    );
    run = await cluster.report('node_down', 'noded');
    await cluster.until('its first sub-event runs on nodec', () => of(run, commands).length === 1);
    line.cut();
    const [first] = of(run, commands);
    await cluster.until('that has ended', () => ended.includes(first?.step ?? ''));
    await isLost();
    line.mend();
    await isBack();
    await cluster.until('the run is over', () => cluster.nodes.get('nodea')?.engine.live(run) === undefined);
    expect(of(run, commands)).toEqual([first]);
    expect(commands.filter(({ node, step }) => node === 'nodea' && step.startsWith(run))).toHaveLength(2);
  }, 20_000);
});
