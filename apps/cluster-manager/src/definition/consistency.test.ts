import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { changesBetween, type DefinitionDocument, type Entry } from '@fallover/events';
import type { ClusterStore } from '@fallover/store';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asking, clusters } from './cluster-for-tests.ts';
import { definition } from './definition.ts';
import { documentOf, hashed, sha256 } from './documents.ts';

type Opened = Awaited<ReturnType<ReturnType<typeof clusters>>>;

/** What an administrator does; numbers choose among what is there then. */
type Act =
  | { do: 'save'; name: string; netmask: string }
  | { do: 'delete'; choice: number }
  | { do: 'revert'; choice: number; whole: boolean }
  | { do: 'synchronise' }
  | { do: 'restore'; choice: number };

/** Where the daemon dies: at which of its next writes, and whether that write was still done. */
type Death = { at: number; done: boolean } | undefined;

const netmask = fc.constantFrom('8', '16', '24');
const name = fc.constantFrom('net1', 'net2', 'net3');
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('save' as const), name, netmask }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('delete' as const), choice: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('revert' as const), choice: fc.nat(), whole: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('synchronise' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('restore' as const), choice: fc.nat() }) },
);
const death: fc.Arbitrary<Death> = fc.option(fc.record({ at: fc.nat({ max: 2 }), done: fc.boolean() }), { nil: undefined });

const WRITES = ['saveEntry', 'saveEntries', 'activate', 'saveSnapshot', 'recordVerification', 'recordAnswer'] as const;

/** The store of a daemon that dies at one of its writes: nothing it does after that reaches the store. */
function mortal(store: ClusterStore, end: Death): ClusterStore {
  let count = 0;
  let dead = false;
  const writes = WRITES.map((write) => [
    write,
    async (...args: unknown[]) => {
      if (dead) throw new Error('dead');
      const dies = end !== undefined && count++ === end.at;
      const written = dies && !end.done ? undefined : await (store[write] as (...all: unknown[]) => Promise<unknown>)(...args);
      if (!dies) return written;
      dead = true;
      throw new Error('dead');
    },
  ]);
  return { ...store, ...Object.fromEntries(writes) };
}

/** The definition as it has to be: what a plain model says of draft, active revision and history. */
interface Model {
  draft: Map<string, string>;
  revisions: Map<string, string>[];
}

const textOf = (entries: readonly Entry[]): string => JSON.stringify(documentOf('prod', entries));
const entriesOf = (draft: ReadonlyMap<string, string>): Entry[] =>
  [...draft]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([each, mask]) => ({ class: 'network', name: each, fields: mask === '' ? {} : { netmask: { cluster: mask } } }));

/** The act by the model alone; undefined: it is refused. */
function expected({ draft, revisions }: Model, wanted: Act): Model | undefined {
  const active = revisions.at(-1) ?? new Map<string, string>();
  const changed = [...new Set([...draft.keys(), ...active.keys()])].sort().filter((each) => draft.get(each) !== active.get(each));
  const next = new Map(draft);
  switch (wanted.do) {
    case 'save':
      return { draft: next.set(wanted.name, wanted.netmask), revisions };
    case 'delete': {
      const names = [...draft.keys()].sort();
      if (names.length === 0) return undefined;
      next.delete(names[wanted.choice % names.length] as string);
      return { draft: next, revisions };
    }
    case 'revert': {
      const each = changed[wanted.choice % Math.max(1, changed.length)];
      if (each === undefined) return undefined;
      const was = active.get(each);
      if (was !== undefined) next.set(each, was);
      else if (wanted.whole) next.delete(each);
      else next.set(each, '');
      return { draft: next, revisions };
    }
    case 'synchronise':
      return changed.length === 0 ? undefined : { draft, revisions: [...revisions, new Map(draft)] };
    case 'restore': {
      const revision = revisions[wanted.choice % Math.max(1, revisions.length)];
      return revision && { draft: new Map(revision), revisions };
    }
  }
}

/** The same asked of the real use cases, as a panel would that has just read what is there. */
async function perform(daemon: { ask: Opened['ask'] }, store: ClusterStore, wanted: Act): Promise<void> {
  const { ask } = daemon;
  const draft = await store.draft();
  const revisionOf = (each: string) => draft.find((entry) => entry.name === each)?.revision ?? 0;
  switch (wanted.do) {
    case 'save': {
      const parameters = { class: 'network', name: wanted.name };
      await ask('changeEntry', {
        parameters,
        body: { revision: revisionOf(wanted.name), fields: { netmask: { cluster: wanted.netmask } } },
      });
      return;
    }
    case 'delete': {
      const entry = draft[wanted.choice % Math.max(1, draft.length)];
      if (entry)
        await ask('deleteEntry', { parameters: { class: entry.class, name: entry.name }, query: { revision: entry.revision } });
      return;
    }
    case 'revert': {
      const changes = await ask('getChanges');
      if (!('ok' in changes) || !changes.ok) throw new Error('no changes');
      const all = (changes.value as { changes: { class: string; name: string; revision: number }[] }).changes;
      const change = all[wanted.choice % Math.max(1, all.length)];
      if (!change) return;
      const place = { class: change.class, name: change.name, revision: change.revision };
      await ask('revertChanges', { body: { changes: [wanted.whole ? place : { ...place, field: 'netmask' }] } });
      return;
    }
    case 'synchronise':
      await ask('synchronise', { body: { override: [] } });
      return;
    case 'restore': {
      const newest = (await store.active())?.number ?? 0;
      if (newest > 0)
        await ask('restoreRevision', { parameters: { number: (wanted.choice % newest) + 1 }, body: { discardChanges: true } });
      return;
    }
  }
}

/** Reads everything back, as a daemon does that starts on this store: it is whole, and it is what a model says. */
async function readBack(opened: Opened): Promise<{ draft: string; revisions: string[] }> {
  const { store, parts, state } = opened;
  const fresh = definition({ ...parts, store });
  await fresh.ensureRevisionFile();
  const draft = (await fresh.draftDocument()).document;
  const active = await fresh.activeDocument();
  const listed = await store.revisions({ limit: 500 });
  expect(listed.map(({ number }) => number)).toEqual(Array.from({ length: active.number }, (_, index) => active.number - index));
  const revisions: string[] = [];
  for (const { number, hash } of listed.toReversed()) {
    const stored = await store.revision(number);
    expect(sha256(stored?.document ?? '')).toBe(hash);
    revisions.push(textOf((JSON.parse(stored?.document ?? '') as DefinitionDocument).entries));
  }
  expect(hashed(active.document).hash).toBe(active.hash);
  expect(sha256(readFileSync(join(state, 'revisions', `${active.hash}.json`)))).toBe(active.hash);
  const configuration = await asking(fresh.useCases)('getConfiguration');
  if (!('ok' in configuration) || !configuration.ok) throw new Error('no configuration');
  const { changes } = configuration.value as { changes: unknown[] };
  expect(changes).toHaveLength(changesBetween(active.document, draft).length);
  return { draft: textOf(draft.entries), revisions };
}

describe('draft, active revision and history', () => {
  const openCluster = clusters();

  it('stay consistent through any sequence of edits, reverts, synchronises and restores, wherever the daemon dies', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(act, death), { maxLength: 14 }), async (acts) => {
        const opened = await openCluster('memory');
        let model: Model = { draft: new Map(), revisions: [] };
        for (const [wanted, end] of acts) {
          const daemon = definition({ ...opened.parts, store: mortal(opened.store, end) });
          await perform({ ask: asking(daemon.useCases) }, opened.store, wanted).catch((error: Error) => {
            if (error.message !== 'dead') throw error;
          });
          const after = expected(model, wanted) ?? model;
          const found = await readBack(opened);
          const asModel = ({ draft, revisions }: Model) => ({
            draft: textOf(entriesOf(draft)),
            revisions: revisions.map((revision) => textOf(entriesOf(revision))),
          });
          // Who died before the write has done nothing; who died behind it has done all of it; there is nothing between.
          const happened = JSON.stringify(found) === JSON.stringify(asModel(after));
          if (end === undefined) expect(found).toEqual(asModel(after));
          else expect(happened ? asModel(after) : asModel(model)).toEqual(found);
          if (happened) model = after;
        }
      }),
      { numRuns: 150 },
    );
  }, 120_000);
});
