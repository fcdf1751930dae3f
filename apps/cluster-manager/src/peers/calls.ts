import {
  type Endpoint,
  getHacmpOut,
  getLogLines,
  getOutputLines,
  listEventSummaries,
  listLogs,
  listProcesses,
  ROLES,
  type Role,
  searchHacmpOut,
  searchLog,
  searchOutput,
} from '@fallover/contract';
import { NAME, NOT_HASHED, START_FAULTS } from '@fallover/events';
import { z } from 'zod';

const KB = 1024;
const MB = 1024 * KB;

/** A call is data, as an endpoint is: both transports, the checks at both ends and their limits are made from it. */
export interface PeerCallData {
  input: z.ZodType;
  reply: z.ZodType;
  /** A longer answer is not read. */
  mostBytes: number;
  withinMs: number;
  /** Of whoever asks over there, for what only they may see; missing: the cluster manager itself asks. */
  asks?: Role;
  /** What is asked for, for a sentence that says where it is when the node does not answer. */
  lies: string;
}

const NOTHING = z.undefined().optional();

/** What the API gives of this node, and another node's cluster manager of its own: same question, same answer. */
function asEndpoint<E extends Endpoint>(endpoint: E, lies: string, most: { mostBytes?: number; withinMs?: number } = {}) {
  return {
    input: z.object({
      parameters: (endpoint.parameters ?? NOTHING) as PartOf<E, 'parameters'>,
      query: (endpoint.query ?? NOTHING) as PartOf<E, 'query'>,
    }),
    reply: endpoint.reply as E['reply'],
    mostBytes: most.mostBytes ?? 16 * MB,
    withinMs: most.withinMs ?? 15_000,
    asks: endpoint.permission as Role,
    lies,
  };
}
type PartOf<E extends Endpoint, Part extends 'parameters' | 'query'> = E extends { [Key in Part]: infer Schema extends z.ZodType }
  ? Schema
  : typeof NOTHING;

const name = z.string().regex(NAME);
const count = z.number().int().min(0);
const runId = z.string().max(64);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const form = z.enum(['program', 'script']);
const mode = z.number().int().min(0).max(0o7777).optional();
const commandFacts = z.union([
  // A fault with a code that this release does not word would be no sentence.
  z.object({
    fault: z.object({ code: z.enum(START_FAULTS), path: z.string().max(4096), reason: z.string().max(200).optional() }),
  }),
  z.object({ form, size: count, mode, sha256 }),
  z.object({ form, size: count, mode, notHashed: z.enum(NOT_HASHED) }),
]);

/** As many commands as one question names. */
export const MOST_PATHS = 500;
/** As many bytes of a file as one answer has. */
export const MOST_FILE_BYTES = 1 * MB;
export const MOST_RUNS = 500;

/** As many steps of a run as are watched on a node at once. */
export const MOST_STEPS = 64;
/** So long an answer waits for something to be written. */
export const HELD_MS = 2_000;

const stepName = z.string().max(4096);
/** The output of a step, or a log of the node by its name. */
const file = z.union([z.object({ run: runId, step: stepName }), z.object({ log: z.string().max(64) })]);

export const PEER_CALLS = {
  getOutputLines: asEndpoint(getOutputLines, 'the output is on'),
  searchOutput: asEndpoint(searchOutput, 'the output is on', { withinMs: 30_000 }),
  listLogs: asEndpoint(listLogs, 'its logs are on', { mostBytes: MB }),
  getLogLines: asEndpoint(getLogLines, 'its logs are on'),
  searchLog: asEndpoint(searchLog, 'its logs are on', { withinMs: 30_000 }),
  getHacmpOut: asEndpoint(getHacmpOut, 'its logs are on'),
  searchHacmpOut: asEndpoint(searchHacmpOut, 'its logs are on', { withinMs: 30_000 }),
  listEventSummaries: asEndpoint(listEventSummaries, 'its event summaries are on', { mostBytes: 64 * MB, withinMs: 30_000 }),
  listProcesses: asEndpoint(listProcesses, 'its processes are on', { mostBytes: MB, withinMs: 5_000 }),

  /** The processes that it has ended of an interrupted step over there. */
  endProcesses: {
    input: z.object({ run: runId, step: stepName }),
    reply: z.object({ ended: z.array(z.number().int()) }),
    mostBytes: MB,
    withinMs: 15_000,
    asks: 'operator',
    lies: 'its processes are on',
  },

  /** Bytes of a file from a byte on, to download it; `size` is that of the file now. */
  readFile: {
    input: z.object({ file, at: count, most: z.number().int().min(1).max(MOST_FILE_BYTES) }),
    reply: z.object({ base64: z.base64(), size: count }),
    mostBytes: 2 * MB,
    withinMs: 15_000,
    asks: 'monitor',
    lies: 'the file is on',
  },

  /** Sizes of steps' outputs, once one is not what was seen, or after a while; at once where none is asked for. */
  watchOutput: {
    input: z.object({ run: runId, seen: z.array(z.object({ step: stepName, size: count })).max(MOST_STEPS) }),
    reply: z.object({ sizes: z.array(z.object({ step: stepName, size: count })).max(MOST_STEPS) }),
    mostBytes: MB,
    withinMs: HELD_MS + 3_000,
    asks: 'monitor',
    lies: 'the output is on',
  },

  /** The runs that its journal keeps, ended ones only, newest first. */
  listKeptRuns: {
    input: z.object({ before: runId.optional(), limit: z.number().int().min(1).max(MOST_RUNS) }),
    reply: z.object({ runs: z.array(runId).max(MOST_RUNS) }),
    mostBytes: MB,
    withinMs: 10_000,
    lies: 'its records are on',
  },

  /** A run as its journal keeps it: its row, and its records with their places from the given one on. */
  getKeptRun: {
    input: z.object({ run: runId, from: count }),
    reply: z.object({
      /** JSON of the row; missing when the run is not kept, or has not ended. */
      row: z.string().optional(),
      records: z.array(z.object({ revision: count, position: count, record: z.string() })),
      /** There are more: ask from here. */
      next: count.optional(),
    }),
    mostBytes: 16 * MB,
    withinMs: 15_000,
    lies: 'its records are on',
  },

  /** What the files of commands are: path, mode, owner and bytes, as verification looks at them. */
  inspectFiles: {
    input: z.object({ paths: z.array(z.string().max(1024)).max(MOST_PATHS) }),
    reply: z.object({
      commands: z.array(z.tuple([z.string().max(1024), commandFacts])).max(MOST_PATHS),
      lastRun: z.array(z.tuple([z.string().max(1024), sha256])).max(MOST_PATHS),
    }),
    mostBytes: 2 * MB,
    withinMs: 60_000,
    lies: 'its files are on',
  },

  /** The draft, if it has this hash over there too, with its scripts: laid down before anything goes by it (P7). */
  layDownDraft: {
    input: z.object({ hash: sha256 }),
    reply: z.object({ refused: z.string().max(4096).optional() }),
    mostBytes: 16 * KB,
    withinMs: 30_000,
    lies: 'the configuration was to be laid down on',
  },

  /** The event scripts of a component of the same name over there; missing where there is none. */
  inspectComponent: {
    input: z.object({ component: name }),
    reply: z.object({
      scripts: z
        .array(z.object({ file: z.string().max(255), enabled: z.boolean(), sha256: sha256.optional() }))
        .max(1000)
        .optional(),
    }),
    mostBytes: MB,
    withinMs: 15_000,
    lies: 'its event scripts are on',
  },

  /** What its clock shows, in milliseconds since 1970. */
  getClock: { input: z.object({}), reply: z.object({ at: z.number() }), mostBytes: KB, withinMs: 3_000, lies: 'its clock is on' },

  /** Another certificate for the node that asks, from the node that has the authority's key. */
  renewCertificate: {
    input: z.object({ request: z.string().max(8192) }),
    reply: z.object({ certificate: z.string().max(16 * KB) }),
    mostBytes: 32 * KB,
    withinMs: 15_000,
    lies: 'the authority is on',
  },

  /** A token by which a node joins, from the node that has the authority's key. */
  addJoinToken: {
    input: z.object({ node: name }),
    reply: z.object({ token: z.string().max(4096), expiresAt: z.iso.datetime() }),
    mostBytes: 8 * KB,
    withinMs: 10_000,
    asks: 'admin',
    lies: 'the authority is on',
  },
} as const satisfies Record<string, PeerCallData>;

export type PeerCallName = keyof typeof PEER_CALLS;
export const isPeerCall = (text: string): text is PeerCallName => Object.hasOwn(PEER_CALLS, text);
export type InputOf<Name extends PeerCallName> = z.output<(typeof PEER_CALLS)[Name]['input']>;
export type ReplyOf<Name extends PeerCallName> = z.output<(typeof PEER_CALLS)[Name]['reply']>;
/** As a handler gives it, before the schema has read it. */
export type GivenReply<Name extends PeerCallName> = z.input<(typeof PEER_CALLS)[Name]['reply']>;

export const asker = z.object({ name: z.string().max(200), role: z.enum(ROLES) });
/** The person for whom is asked, as the node knows them at which they are signed in. */
export type Asker = z.infer<typeof asker>;
