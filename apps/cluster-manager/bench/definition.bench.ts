/**
 * A definition of 10,000 entries: the change view and a synchronise, each beside what its bytes alone cost in the same run
 * (JSON read and written, SHA-256); and revision 1 of 10,000 beside the newest one.
 *
 *     node apps/cluster-manager/bench/definition.bench.ts
 */
import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { type ClusterStore, openStore } from '@fallover/store';
import { definition } from '../src/definition/definition.ts';
import { scriptLibrary } from '../src/script-library/script-library.ts';

const ENTRIES = 10_000;
const REVISIONS = 10_000;
const ROUNDS = 7;

const state = mkdtempSync(join(tmpdir(), 'fallover-definition-'));
const opened = await openStore(`sqlite:${join(state, 'store.db')}`);
if (!opened.ok) throw new Error(opened.error.code);
const store = opened.value;
try {
  await manyEntries(store);
  await manyRevisions();
} finally {
  await store.close();
  rmSync(state, { recursive: true, force: true });
}

function definitionOn(on: ClusterStore) {
  return definition({
    store: on,
    node: 'nodea',
    nodes: () => ['nodea'],
    cluster: 'prod',
    revisionDirectory: join(state, 'revisions'),
    exampleSource: state,
    stateDirectory: state,
    sealed: (settings) => [...settings],
    methods: { faults: () => [], warnings: async () => [] },
    checkTrust: () => undefined,
    verifyDraft: async () => ({ findings: [], blocking: [], overridden: [], unknown: [] }),
    layDownElsewhere: async () => [],
    library: scriptLibrary({
      directory: undefined,
      node: 'nodea',
      store: on,
      openRevisions: async () => [],
      trouble: () => {},
    }),
    now: () => new Date().toISOString(),
    changed: () => {},
  });
}

async function manyEntries(on: ClusterStore): Promise<void> {
  const { useCases, draftDocument } = definitionOn(on);
  const text = (number: number, round: number) =>
    JSON.stringify({
      format: 1,
      fields: {
        onNode: { cluster: 'nodea' },
        onNetwork: { cluster: 'net1' },
        remark: { cluster: `interface ${number}, ${round}` },
      },
    });
  let written = 0;
  const fill = async (round: number): Promise<void> => {
    const entries = Array.from({ length: ENTRIES }, (_, number) => ({
      class: 'interface',
      name: `label${number}`,
      revision: written,
      document: text(number, round),
    }));
    await on.saveEntries({ id: randomUUID(), principal: 'ada', digest: 'd' }, entries, (revision) => {
      written = revision;
      return { status: 200, body: '' };
    });
  };
  const request = () => ({ principal: { name: 'ada' }, request: { id: randomUUID(), principal: 'ada', digest: 'd' } });
  const view: number[] = [];
  const sync: number[] = [];
  const bytes: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await fill(round);
    view.push(await timed(() => useCases.getChanges({} as never, {} as never)));
    const { document } = await draftDocument();
    const canonical = JSON.stringify(document);
    bytes.push(
      await timed(() =>
        createHash('sha256')
          .update(JSON.stringify(JSON.parse(canonical)))
          .digest('hex'),
      ),
    );
    sync.push(await timed(() => useCases.synchronise({ body: { override: [] } } as never, request() as never)));
  }
  const base = median(bytes);
  console.log(`${ENTRIES} entries, all changed; their JSON read, written and hashed: ${base.toFixed(1)} ms`);
  console.log(`change view: median ${median(view).toFixed(1)} ms (${(median(view) / base).toFixed(1)} of that)`);
  console.log(
    `synchronise, without verification: median ${median(sync).toFixed(1)} ms (${(median(sync) / base).toFixed(1)} of that)`,
  );
}

/** Revisions of one entry, made as fast as the store takes them. */
async function manyRevisions(): Promise<void> {
  const second = await openStore(`sqlite:${join(state, 'history.db')}`);
  if (!second.ok) throw new Error(second.error.code);
  const history = second.value;
  try {
    for (let number = 0; number < REVISIONS; number += 1) {
      const document = JSON.stringify({ cluster: 'prod', entries: [], format: 1, number });
      const hash = createHash('sha256').update(document).digest('hex');
      const next = { document: '{"cluster":"prod","entries":[],"format":1}', hash, at: '2026-11-23T14:22:10.000Z', by: 'ada' };
      await history.activate({ id: randomUUID(), principal: 'ada', digest: 'd' }, next, { active: number, entries: [] }, () => ({
        status: 201,
        body: '',
      }));
    }
    const first: number[] = [];
    const newest: number[] = [];
    const page: number[] = [];
    for (let round = 0; round < 50; round += 1) {
      // A definition of its own each time: nothing is remembered from the round before.
      const { useCases } = definitionOn(history);
      const open = (number: number) => useCases.getRevision({ parameters: { number } } as never, {} as never);
      newest.push(await timed(() => open(REVISIONS)));
      first.push(await timed(() => open(1)));
      page.push(await timed(() => useCases.listRevisions({ query: { limit: 50, before: 51 } } as never, {} as never)));
    }
    const ratio = (median(first) / median(newest)).toFixed(2);
    console.log(`of ${REVISIONS} revisions the newest opened: median ${median(newest).toFixed(2)} ms`);
    console.log(`revision 1 opened: median ${median(first).toFixed(2)} ms (${ratio} of the newest)`);
    console.log(`the last page of 50: median ${median(page).toFixed(2)} ms`);
  } finally {
    await history.close();
  }
}

async function timed(work: () => unknown): Promise<number> {
  const began = performance.now();
  const result = await work();
  const took = performance.now() - began;
  if (typeof result === 'object' && result !== null && 'ok' in result && result.ok !== true)
    throw new Error(JSON.stringify(result));
  return took;
}

function median(all: readonly number[]): number {
  return all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;
}
