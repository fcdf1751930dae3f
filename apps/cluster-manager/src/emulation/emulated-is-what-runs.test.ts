import { canonicalPlan, type DefinitionDocument, type Entry, type RunPlan, type RunRecord, replay } from '@fallover/events';
import { openStore } from '@fallover/store';
import * as fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { type TestCluster, testCluster } from '../membership/cluster.test-support.ts';
import { manyPlan } from '../processing/many-plan.ts';
import type { ClusterNow } from './cluster-now.ts';
import { type EmulatorParts, emulator } from './emulate.ts';

const NODES = ['nodea', 'nodeb', 'nodec'] as const;
const EVENTS = ['node_down', 'node_down_complete', 'node_up', 'network_down', 'network_down_complete', 'swap_adapter'];
const CUSTOM_EVENTS = ['check', 'log', 'stop_app'];
const PATHS = ['/opt/ha/tell', '/opt/ha/page', '/opt/ha/own'];

/** A worksheet: what is customised on events, with values of single nodes, and scripts that differ by node. */
const worksheets: fc.Arbitrary<DefinitionDocument> = fc
  .tuple(
    fc.uniqueArray(customisations(), { selector: ({ name }) => name, maxLength: EVENTS.length }),
    fc.tuple(...CUSTOM_EVENTS.map((name) => fieldOf(fc.constantFrom(...PATHS)).map((script) => ({ name, script })))),
    fc.boolean(),
  )
  .map(([events, scripts, fenced]) => ({
    format: 1,
    cluster: 'payroll',
    entries: [
      ...events,
      ...scripts.map(({ name, script }): Entry => ({ class: 'custom_event', name, fields: { script } })),
      ...(fenced
        ? [{ class: 'cluster', name: 'payroll', fields: { fenceCommand: { cluster: ['/usr/sbin/fence'] } } } as Entry]
        : []),
    ],
  }));

function fieldOf<Value>(values: fc.Arbitrary<Value>) {
  return fc.record({ cluster: values, nodes: fc.dictionary(fc.constantFrom(...NODES), values, { maxKeys: 2 }) });
}

function customisations() {
  const commands = fieldOf(fc.constantFrom(...PATHS));
  const lists = fieldOf(fc.uniqueArray(fc.constantFrom(...CUSTOM_EVENTS), { maxLength: 2 }));
  const fields = fc.record(
    {
      notifyCommand: commands,
      eventCommand: commands,
      preEventCommand: lists,
      postEventCommand: lists,
      recoveryCommand: commands,
      recoveryCounter: fieldOf(fc.integer({ min: 0, max: 2 })),
      timeUntilWarning: fieldOf(fc.integer({ min: 60, max: 600 })),
    },
    { requiredKeys: [] },
  );
  return fc.record({ name: fc.constantFrom(...EVENTS), fields }).map((entry) => ({ class: 'event' as const, ...entry }) as Entry);
}

let cluster: TestCluster | undefined;
afterEach(() => cluster?.close());

const definitionOf = (document: DefinitionDocument) => ({ number: 0, hash: 'none', document });

/** Three nodes with a worksheet, all up; and an emulator on one of them that cannot write. */
async function threeNodes(document: DefinitionDocument) {
  const store = await openStore('memory:');
  if (!store.ok) throw new Error(store.error.code);
  const plan: NonNullable<Parameters<typeof testCluster>[0]['plan']> = (event, participants) =>
    manyPlan(event, participants, definitionOf(document));
  const started = testCluster({ store: store.value, nodes: NODES, ttlMs: 1_500, document, plan });
  cluster = started;
  const isUp = (): boolean =>
    [...started.nodes.values()].every(
      ({ view }) => view.openRuns().size === 0 && NODES.every((node) => view.nodes().get(node)?.upSince !== undefined),
    );
  await started.until('all are up', isUp);
  const now = async (on: string): Promise<ClusterNow> => {
    const node = started.nodes.get(on);
    if (!node) throw new Error(on);
    return {
      members: node.membership.members(),
      nodes: node.view.nodes(),
      coordinator: node.view.coordinator()?.node,
      queue: await store.value.queue(),
      current: node.engine.all().find(({ state }) => state.plan.parent === undefined)?.state,
      leaseSeconds: 1.5,
    };
  };
  const emulate = (on: string) => {
    const plans: RunPlan[] = [];
    const parts: EmulatorParts = {
      node: on,
      stateDirectory: '/var/lib/fallover',
      clock: { now: () => '2026-11-26T12:00:00.000Z' },
      nodes: () => NODES,
      now: () => now(on),
      plan(event, participants, definition) {
        const planned = manyPlan(event, participants, definition);
        plans.push(planned);
        return planned;
      },
      active: async () => definitionOf(document),
      draft: async () => definitionOf(document),
      recipients: () => [],
    };
    return { plans, ...emulator(parts).useCases };
  };
  return { store: store.value, started, emulate };
}

/** The run of an event as its records tell it. */
async function ranOf(started: TestCluster, on: string, event: string, args: readonly string[]) {
  const node = started.nodes.get(on);
  if (!node) throw new Error(on);
  const found = () => node.journal.list({ event, limit: 20 }).find((row) => row.args.join(' ') === args.join(' '));
  await started.until(`${event} ${args.join(' ')} has ended`, () => found()?.state === 'ended', 15_000);
  const records = node.records(found()?.id ?? '');
  const state = replay(records);
  if (!state) throw new Error('no run');
  return { plan: state.plan, records };
}

/** `PHASE/NODE/KEY` of each step that was started, phase by phase and in the order of each node. */
const startedSteps = (records: readonly RunRecord[]): string[] =>
  records.flatMap((record) => (record.kind === 'started' ? [record.step.split('/').slice(1, 4).join('/')] : []));
const byLane = (steps: readonly string[]): string[] =>
  [...steps].sort((a, b) => a.split('/').slice(0, 2).join('/').localeCompare(b.split('/').slice(0, 2).join('/')));

type Emulated = Extract<Awaited<ReturnType<ReturnType<typeof emulator>['useCases']['emulate']>>, { ok: true }>['value'];
/** Of the emulation, without what runs only after a failure and without sub-events: the steps of a test are timers that call none. */
function emulatedSteps({ steps, phases }: Emulated): string[] {
  const roots = new Set(phases.flatMap(({ index, commands }) => commands.map(({ event }) => `${index} ${event}`)));
  return steps
    .filter(({ atMost, phase, event }) => atMost === undefined && roots.has(`${phase} ${event}`))
    .map(({ phase, node, key }) => `${phase}/${node}/${key}`);
}

function expectSame(
  emulated: unknown,
  planned: RunPlan | undefined,
  ran: { plan: RunPlan; records: readonly RunRecord[] },
): void {
  if (!planned) throw new Error(`Nothing was planned: ${JSON.stringify(emulated)}`);
  expect(canonicalPlan(ran.plan)).toBe(canonicalPlan(planned));
  expect(ran.plan.participants).toEqual(planned.participants);
  expect(byLane(startedSteps(ran.records))).toEqual(byLane(emulatedSteps(emulated as Emulated)));
}

const value = <Value>(answer: { ok: true; value: Value } | { ok: false } | { repeated: unknown }): Value => {
  if (!('ok' in answer) || !answer.ok) throw new Error(JSON.stringify(answer));
  return answer.value;
};
const CONTEXT = {} as never;
const body = { draft: false };

describe('what was emulated', { timeout: 120_000 }, () => {
  it('is what runs when a node dies, an event happens or a person runs it, whatever the worksheet says', async () => {
    await fc.assert(
      fc.asyncProperty(worksheets, fc.constantFrom(...NODES), async (document, dies) => {
        const { store, started, emulate } = await threeNodes(document);
        const on = NODES.find((node) => node !== dies) ?? 'nodea';
        try {
          const hand = emulate(on);
          const asked = { event: 'network_down', args: ['nodeb', 'net1'], origin: 'person' as const, ...body };
          const byHand = value(await hand.emulate({ body: asked } as never, CONTEXT));
          await started.run('network_down', 'nodeb', 'net1');
          expectSame(byHand, hand.plans[0], await ranOf(started, on, 'network_down', ['nodeb', 'net1']));

          const happens = emulate(on);
          const swap = { event: 'swap_adapter', args: ['nodec', 'net1', 'l1', 'l2'] };
          const swapped = value(
            await happens.emulate({ body: { ...swap, origin: 'cluster_manager', ...body } } as never, CONTEXT),
          );
          const queued = { ...swap, run: crypto.randomUUID(), drill: false, acceptedAt: '' };
          const origin = { kind: 'report', name: 'test' } as const;
          await store.enqueueReported(
            { id: queued.run, principal: 'x', digest: queued.run },
            { source: 'test', id: queued.run },
            { ...queued, origin },
            { status: 201, body: '' },
          );
          expectSame(swapped, happens.plans[0], await ranOf(started, on, 'swap_adapter', swap.args));

          const death = emulate(on);
          const input = { parameters: { node: dies }, body };
          const foreseen = value(await death.emulateNodeDeath(input as never, CONTEXT));
          started.nodes.get(dies)?.kill();
          const ran = await ranOf(started, on, 'node_down', [dies]);
          expectSame(foreseen, death.plans[0], ran);
          const coordinator = started.nodes.get(on)?.view.coordinator()?.node;
          const said = foreseen.before.find(({ code }) => code.startsWith('coordinator'))?.sentence;
          expect(said).toContain(coordinator);
        } finally {
          await started.close();
          cluster = undefined;
        }
      }),
      { numRuns: 3, endOnFailure: true },
    );
  });
});
