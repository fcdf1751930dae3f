import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ClusterStore, openStore } from '@fallover/store';
import { afterEach } from 'vitest';
import type { Principal } from '../access/principal.ts';
import { checkTrust } from '../executor/launcher/trust.ts';
import type { Context, Input, Refusal } from '../http/use-cases.ts';
import { scriptLibrary } from '../script-library/script-library.ts';
import { type DefinitionParts, type DefinitionUseCases, definition } from './definition.ts';

export const examples = join(import.meta.dirname, '../../../../examples');

const ada: Principal = { name: 'ada', role: 'admin', via: 'session' };

/** Clusters with a state directory each, on a real store; gone after each test. */
export function clusters() {
  const stores: ClusterStore[] = [];
  const directories: string[] = [];
  afterEach(async () => {
    for (const store of stores.splice(0)) await store.close();
    for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true });
  });

  const newDirectory = () => {
    const directory = mkdtempSync(join(tmpdir(), 'fallover-definition-'));
    directories.push(directory);
    return directory;
  };

  return async (
    kind: 'sqlite' | 'memory',
    { state = newDirectory(), ...other }: Partial<DefinitionParts> & { state?: string } = {},
  ) => {
    const opened = await openStore(kind === 'memory' ? 'memory:' : `sqlite:${join(state, 'store.db')}`);
    if (!opened.ok) throw new Error(opened.error.code);
    stores.push(opened.value);
    const told: string[] = [];
    const parts: DefinitionParts = {
      store: opened.value,
      node: 'nodea',
      nodes: () => ['nodea', 'nodeb'],
      cluster: 'prod',
      revisionDirectory: join(state, 'revisions'),
      exampleSource: examples,
      stateDirectory: state,
      checkTrust,
      sealed: (settings) => [...settings],
      methods: { faults: () => [], warnings: async () => [] },
      verifyDraft: async () => ({ findings: [], blocking: [], overridden: [], unknown: [] }),
      layDownElsewhere: async () => [],
      library: scriptLibrary({
        directory: undefined,
        node: 'nodea',
        store: opened.value,
        openRevisions: async () => [],
        trouble: () => {},
      }),
      now: () => '2026-11-23T14:22:10.000Z',
      changed: () => void told.push('changed'),
      ...other,
    };
    const built = definition(parts);
    return { ...built, state, store: opened.value, parts, told, ask: asking(built.useCases) };
  };
}

type Outcome = { ok: true; value: unknown } | { ok: false; error: Refusal } | { repeated: { status: number; body: string } };

/** Asks a use case as a person would; each time with a new request unless an id is given. */
export const asking =
  (useCases: DefinitionUseCases) =>
  async <Name extends keyof DefinitionUseCases>(
    name: Name,
    input: Partial<{ parameters: object; query: object; body: object }> = {},
    id: string = randomUUID(),
  ): Promise<Outcome> => {
    const useCase = useCases[name] as (input: Input<never>, context: Context<never>) => Promise<Outcome>;
    const request = { id, principal: ada.name, digest: 'd' };
    return useCase(input as Input<never>, { principal: ada, request } as unknown as Context<never>);
  };

/** What was replied; throws when it was refused. */
export function reply<Reply>(outcome: Outcome): Reply {
  if ('repeated' in outcome) return JSON.parse(outcome.repeated.body) as Reply;
  if (!outcome.ok) throw new Error(outcome.error.sentence);
  return outcome.value as Reply;
}

/** Code and status of a refusal, and which fields are wrong. */
export function refused(outcome: Outcome): string {
  if ('repeated' in outcome || outcome.ok) return 'not refused';
  const { code, status, faults = [] } = outcome.error;
  return [code, status, ...faults.map((fault) => `${fault.field}:${fault.code}`)].join(' ');
}
