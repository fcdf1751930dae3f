import {
  type CallOptions,
  type ChannelCredentials,
  Client,
  type ClientDuplexStream,
  connectivityState,
  credentials,
  Metadata,
  type ServiceError,
} from '@grpc/grpc-js';
import { storeError } from '../faults.ts';
import { type Verdict, verdictOf } from './errors.ts';
import type { EtcdFault } from './faults.ts';
import { AUTHENTICATE, type Header, MEMBER_LIST, type Method } from './rpc.ts';

export interface MembersSettings {
  addresses: readonly string[];
  tls?: { ca?: Buffer; cert?: Buffer; key?: Buffer };
  user?: { name: string; password: string };
  /** Below which all keys are; for the sentence when they are not allowed. */
  prefix: string;
  /** Which member is asked first: 0 to 1, so that the nodes of a cluster spread over the members. */
  first?: number;
}

/** Of a whole request, whichever members are asked. */
export const BOUND_MS = 5_000;
/** Of one member, where another one may be asked the same. */
const ATTEMPT_MS = 1_500;
const CONNECT_MS = 1_000;
const PAUSE_MS = 100;
const OPTIONS = {
  'grpc.use_local_subchannel_pool': 1, // each store has connections of its own, which end with it
  'grpc.max_receive_message_length': -1,
  'grpc.max_send_message_length': -1,
  'grpc.initial_reconnect_backoff_ms': 100,
  'grpc.min_reconnect_backoff_ms': 100,
  'grpc.max_reconnect_backoff_ms': 1_000,
  'grpc.keepalive_time_ms': 10_000, // etcd takes more than one in 5 s for an attack
  'grpc.keepalive_timeout_ms': 2_000,
  'grpc.keepalive_permit_without_calls': 0,
  'grpc.enable_retries': 0, // what may be repeated is decided here
} as const;

interface Member {
  address: string;
  client: Client;
}

/** How a request may be put. */
export interface Manner {
  /** The same request may be put to several members, although an earlier one may have done it. */
  repeatable: boolean;
  boundMs?: number;
  attemptMs?: number;
}

export type Stream<Question, Answer> = ClientDuplexStream<Question, Answer>;

/** A request that a member looked at and refused, in a way that only the asker can judge. */
export class RefusedByEtcd extends Error {
  readonly by: 'lease_not_found' | 'compacted';
  constructor(by: 'lease_not_found' | 'compacted') {
    super(by);
    this.by = by;
  }
}

/** The members of one etcd cluster: whom to ask, for how long, and what a lost answer means. */
export type Members = ReturnType<typeof etcdMembers>;

export function etcdMembers(settings: MembersSettings) {
  const { addresses, user } = settings;
  const store = addresses.join(',');
  const access = channelCredentials(settings);
  const members: Member[] = addresses.map((address) => ({ address, client: new Client(address, access, OPTIONS) }));
  let current = Math.floor((settings.first ?? Math.random()) * members.length) % members.length;
  let token: Promise<string> | undefined;
  let cluster: string | undefined;
  let closed = false;
  /** Of each member, what came of it last, since any of them has answered. */
  const lastVerdicts = new Map<string, Verdict>();

  const fault = (what: EtcdFault, cause?: unknown) => storeError(what, cause);
  const member = (): Member => members[current] as Member;
  const leave = (left: Member): void => {
    if (members.length > 1 && left === member()) current = (current + 1) % members.length;
  };

  /** Every answer comes from the same cluster, or is none. */
  const checkCluster = ({ clusterId }: Header): void => {
    cluster ??= clusterId;
    if (clusterId !== cluster)
      throw fault({ code: 'store_of_another_cluster', store, found: hex(clusterId), known: hex(cluster) });
  };

  async function metadata(): Promise<Metadata> {
    const sent = new Metadata();
    sent.set('hasleader', 'true'); // a member that is cut from the others says so, instead of waiting
    if (user) {
      token ??= authenticate(user);
      token.catch(() => {
        token = undefined;
      });
      sent.set('token', await token);
    }
    return sent;
  }

  async function authenticate({ name, password }: { name: string; password: string }): Promise<string> {
    const sent = new Metadata();
    sent.set('hasleader', 'true');
    const answer = await put(AUTHENTICATE, { name, password }, { repeatable: true }, async () => sent);
    return answer.token;
  }

  const ask = <Question, Answer extends { header: Header }>(
    method: Method<Question, Answer>,
    question: Question,
    manner: Manner,
  ): Promise<Answer> => put(method, question, manner, metadata);

  async function put<Question, Answer extends { header: Header }>(
    method: Method<Question, Answer>,
    question: Question,
    { repeatable, boundMs = BOUND_MS, attemptMs = ATTEMPT_MS }: Manner,
    sent: () => Promise<Metadata>,
  ): Promise<Answer> {
    const until = performance.now() + boundMs;
    const tried: { address: string; verdict: Verdict }[] = [];
    let tokens = 0;
    for (;;) {
      if (closed) throw new Error('The store is closed.');
      const asked = member();
      const told = await sent();
      const left = until - performance.now();
      if (left <= 0) throw fault(summary(tried));
      const verdict = await attempt(asked, method, question, told, repeatable ? Math.min(left, attemptMs) : left);
      if ('answer' in verdict) {
        checkCluster(verdict.answer.header);
        lastVerdicts.clear();
        return verdict.answer;
      }
      if (closed) throw new Error('The store is closed.');
      tried.push({ address: asked.address, verdict });
      lastVerdicts.set(asked.address, verdict);
      switch (verdict.kind) {
        case 'refused':
          throw refused(verdict);
        case 'token_ended':
          token = undefined;
          tokens += 1;
          if (tokens > 3) throw fault({ code: 'store_refused', store, reason: 'it does not take the token that it gave' });
          continue;
        case 'unknown':
          leave(asked);
          if (!repeatable) throw fault({ code: 'outcome_unknown', store }, new Error(verdict.reason));
          break;
        case 'not_trusted':
          leave(asked);
          if (tried.length >= members.length && tried.every((one) => one.verdict.kind === 'not_trusted'))
            throw fault(summary(tried));
          break;
        case 'not_done':
          leave(asked);
      }
      await pause(tried.length % members.length === 0 ? PAUSE_MS : 0);
    }
  }

  /** What is to be said when the time is up: the nearest to what an administrator can do something about. */
  function summary(tried: readonly { address: string; verdict: Verdict }[]): EtcdFault {
    const verdicts = tried.map(({ verdict }) => verdict);
    // The time may be up before the one member was asked that is there, and alone: it has said so before.
    if ([...verdicts, ...lastVerdicts.values()].some((one) => one.kind === 'unknown' || (one.kind === 'not_done' && one.reached)))
      return { code: 'no_quorum', store };
    for (const { address, verdict } of tried)
      if (verdict.kind === 'not_trusted') return { code: 'store_certificate_refused', store, address, reason: verdict.reason };
    const last = verdicts.findLast((one) => one.kind === 'not_done');
    return { code: 'store_unreachable', store, reason: last?.kind === 'not_done' ? last.reason : 'no answer' };
  }

  function refused({ by, reason }: Extract<Verdict, { kind: 'refused' }>): Error {
    switch (by) {
      case 'lease_not_found':
      case 'compacted':
        return new RefusedByEtcd(by);
      case 'password_wrong':
        return fault({ code: 'store_password_wrong', store, user: user?.name ?? '' });
      case 'password_missing':
        return fault({ code: 'store_password_missing', store });
      case 'no_authentication':
        return fault({ code: 'store_checks_no_password', store, user: user?.name ?? '' });
      case 'permission_denied':
        return fault({ code: 'store_permission_denied', store, prefix: settings.prefix });
      case 'out_of_space':
        return fault({ code: 'store_out_of_space', store });
      case 'too_large':
        return fault({ code: 'store_write_too_large', store, reason: reason.replace(/^etcdserver: /, '') });
      case 'other':
        return fault({ code: 'store_refused', store, reason });
    }
  }

  async function attempt<Question, Answer>(
    { client, address }: Member,
    { path, requestSerialize, responseDeserialize }: Method<Question, Answer>,
    question: Question,
    sent: Metadata,
    forMs: number,
  ): Promise<{ answer: Answer } | Verdict> {
    if (!(await connected(client, Math.min(forMs, CONNECT_MS))))
      return { kind: 'not_done', reason: `${address} does not take the connection`, reached: false };
    const options: CallOptions = { deadline: Date.now() + forMs };
    return new Promise((resolve) => {
      client.makeUnaryRequest(path, requestSerialize, responseDeserialize, question, sent, options, (error, answer) => {
        if (error) resolve(verdictOf(error));
        else if (answer === undefined) resolve({ kind: 'unknown', reason: 'an empty answer' });
        else resolve({ answer });
      });
    });
  }

  return {
    store,
    ask,
    checkCluster,
    cluster: () => (cluster === undefined ? undefined : hex(cluster)),
    closed: () => closed,
    /** A stream to the member that is asked now; `leave` when it does not answer. */
    async stream<Question, Answer>(
      method: Method<Question, Answer>,
    ): Promise<{ stream: Stream<Question, Answer>; leave(): void } | undefined> {
      if (closed) throw new Error('The store is closed.');
      const asked = member();
      const sent = await metadata();
      if (!(await connected(asked.client, CONNECT_MS))) {
        leave(asked);
        return undefined;
      }
      if (closed) throw new Error('The store is closed.');
      const { path, requestSerialize, responseDeserialize } = method;
      const stream = asked.client.makeBidiStreamRequest(path, requestSerialize, responseDeserialize, sent, {});
      return { stream, leave: () => leave(asked) };
    },
    /**
     * Whether a member answers now, and reaches a leader: asked by that one of the addresses of the settings which is its own;
     * undefined where none is.
     */
    async answers(clientUrls: readonly string[]): Promise<boolean | undefined> {
      const places = clientUrls.flatMap((url) => (URL.canParse(url) ? [new URL(url).host] : []));
      const asked = members.find(({ address }) => places.includes(address.toLowerCase()));
      if (!asked) return undefined;
      const verdict = await attempt(asked, MEMBER_LIST, {}, await metadata(), ATTEMPT_MS);
      // One that refuses has a leader too: before that it would have said so. After a restart it knows no token any more.
      return 'answer' in verdict || verdict.kind === 'refused' || verdict.kind === 'token_ended';
    },
    /** The next request authenticates again. */
    forgetToken(): void {
      token = undefined;
    },
    refused: (error: ServiceError): Error | undefined => {
      const verdict = verdictOf(error);
      return verdict.kind === 'refused' ? refused(verdict) : undefined;
    },
    close(): void {
      closed = true;
      for (const { client } of members) client.close();
    },
  };
}

/** A cluster's id as etcdctl prints it. */
const hex = (id: string): string => BigInt(id).toString(16);

function channelCredentials({ tls }: MembersSettings): ChannelCredentials {
  return tls ? credentials.createSsl(tls.ca ?? null, tls.key ?? null, tls.cert ?? null) : credentials.createInsecure();
}

/**
 * Whether there is a connection, or a call would learn at once why there is none. Without it a request would wait unsent, and
 * a lost answer could not be told from a request that never left.
 */
function connected(client: Client, forMs: number): Promise<boolean> {
  const channel = client.getChannel();
  const until = Date.now() + forMs;
  return new Promise((resolve) => {
    const look = () => {
      const state = channel.getConnectivityState(true);
      if (state === connectivityState.READY || state === connectivityState.TRANSIENT_FAILURE) return resolve(true);
      if (state === connectivityState.SHUTDOWN) return resolve(false);
      channel.watchConnectivityState(state, until, (error) => (error ? resolve(false) : look()));
    };
    look();
  });
}

export const pause = (ms: number): Promise<void> =>
  ms === 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, ms));
