import { hostname } from 'node:os';
import {
  checkCertificates,
  err,
  type Finding,
  joinSentence,
  type JoinFault,
  type JoinTokenFault,
  joinTokenSentence,
  ok,
  type PeerRefusal,
  type PeerTrouble,
  peerSentence,
  peerTroubleSentence,
  type Result,
} from '@fallover/events';
import { type PeerDirectory, type PeerDocument, storeFaultOf } from '@fallover/store';
import type { Refusal, UseCases } from '../http/use-cases.ts';
import type { Journal } from '../journal/journal.ts';
import type { Clock } from '../runs/clock.ts';
import type { OutputOfRun } from '../runs/run-output.ts';
import type { NodeInspector } from '../verification/inspector.ts';
import { answering } from './answering.ts';
import type { Asker, GivenReply } from './calls.ts';
import { fingerprintOf, issueCertificate } from './certificates.ts';
import { type ClockDifference, clockDifferences, isShown } from './clocks.ts';
import { knownPeers } from './directory.ts';
import { establish, type Standing } from './establish.ts';
import { type Identity, writeIdentity, writeJoined } from './files.ts';
import { type HandlerParts, peerHandlers } from './handlers.ts';
import { type HostPort, hostPort, isWildcard } from './host-port.ts';
import type { InProcess } from './in-process.ts';
import { peerInspector } from './inspectors.ts';
import { requestToJoin, tokenFor } from './join.ts';
import { joinAnswering } from './join-answering.ts';
import { writeJoinToken } from './join-token.ts';
import { joinTokens } from './join-tokens.ts';
import { copyMissedRuns, keptRuns } from './kept-runs.ts';
import { listenToPeers, type PeerListener } from './listener.ts';
import { layDownOn, type NotLaidDown } from './lay-down.ts';
import { outputOfNodes } from './output-of-nodes.ts';
import { type Peers, peersOver } from './peers.ts';
import { PROTOCOL } from './protocol.ts';
import { endOf, isDue, renewed } from './renewal.ts';
import { peerRefusal } from './refusals.ts';
import { type NodeUseCases, throughPeers } from './through-peers.ts';
import { tlsCarrier } from './tls-carrier.ts';

export interface OpenPeersParts
  extends Pick<
    HandlerParts,
    'local' | 'endProcesses' | 'outputFile' | 'logFile' | 'inspector' | 'inspectComponent' | 'layDownDraft'
  > {
  node: string;
  cluster: string;
  stateDirectory: string;
  store: PeerDirectory;
  journal: Journal;
  /** Where others ask this one, over TLS; or the process in which they all are. */
  through: { listen: HostPort } | InProcess;
  /** The members of the cluster, this node among them. */
  members(): readonly string[];
  /** All nodes that are known of, members or not. */
  nodes(): readonly string[];
  secretKey(): string;
  /** The secrets of the configuration have another key now. */
  secretsReplaced(): void;
  clock: Pick<Clock, 'wall' | 'reading'>;
  /** A node has joined here or got another certificate, for the audit trail. */
  audit(action: 'join' | 'renew', node: string, from: string, outcome: string): void;
  trouble(code: PeerTrouble['code'], sentence: string | undefined): void;
  log(sentence: string): void;
  failed(error: unknown): void;
  stopped: AbortSignal;
}

type PeerUseCases = NodeUseCases & Pick<UseCases, 'addJoinToken' | 'joinCluster'>;

export interface OpenedPeers {
  peers: Peers;
  /** What the API gives of any node, and how a node joins. */
  useCases: PeerUseCases;
  /** What the steps of a run write, on whichever node; `here` of those of this node. */
  outputOfRun(here: OutputOfRun): OutputOfRun;
  /** For verification: of the other members that can be asked. */
  inspectors(): readonly NodeInspector[];
  /** The draft with this hash is laid down on all other members that can be asked; where that was not done, and why. */
  layDownDraft(hash: string): Promise<NotLaidDown[]>;
  /** Of the clock of another member against this one's, as last seen; undefined where it is not known. */
  clockDifferenceMs(node: string): number | undefined;
  /** For verification: certificates that end soon. */
  certificateFindings(): Promise<Finding[]>;
  /** Looks again at certificate, listener and clocks, and copies missed runs; it is done by itself from time to time. */
  pass(): Promise<void>;
  close(): Promise<void>;
}

const PASS_MS = 30_000;
const COPY_EVERY_MS = 3_600_000;
const RENEW_AGAIN_MS = 3_600_000;
const RENEWED_AT_MOST_EVERY_MS = 600_000;

/** How the cluster managers of many nodes ask each other (docs/decisions/0011-peers.md). */
export async function openPeers(parts: OpenPeersParts): Promise<OpenedPeers> {
  const { node, cluster, store, clock, stopped, through } = parts;
  const reading = (): number => clock.reading().ms;
  const known = knownPeers({ store, reading });
  const tokens = joinTokens({ now: reading });
  let standing: Standing = {};
  let listener: PeerListener | undefined;
  let listening: Identity | undefined;
  /** As the others reach this node. */
  let ownAddress: string | undefined;
  let clocks: readonly ClockDifference[] = [];
  let copiedAt: number | undefined;
  let askedToRenewAt: number | undefined;
  /** When each node's certificate was renewed here. */
  const renewedAt = new Map<string, number>();

  const handlers = peerHandlers({
    ...parts,
    kept: keptRuns(parts.journal.database),
    now: clock.wall,
    renewCertificate: (from, request) => renewCertificate(from, request),
    addJoinToken: async (asked, by) => issue(asked, by),
  });
  const answers = answering({ protocol: PROTOCOL, handlers, failed: parts.failed });
  const tls = 'listen' in through ? tlsCarrier({ node, identity: () => standing.identity, known }) : undefined;
  const peers = peersOver(tls ?? (through as InProcess).carrierOf(node), { protocol: PROTOCOL, now: clock.wall });
  const leave = 'listen' in through ? undefined : through.register(node, answers);

  /** Members that can be asked. */
  const othersSeen = (): string[] => {
    const members = parts.members().filter((member) => member !== node);
    if (!tls) return members;
    if (!standing.identity) return [];
    const there = new Set(known.seen().map((peer) => peer.node));
    return members.filter((member) => there.has(member));
  };
  /** Whether they can be asked or not. */
  const others = (): string[] => [...new Set([...parts.nodes(), ...parts.members()])].filter((one) => one !== node).sort();

  const tell = (code: PeerTrouble['code'], trouble: PeerTrouble | undefined): void =>
    parts.trouble(code, trouble && peerTroubleSentence(trouble));

  /** Certificate, listener, and what the store says of this node; each is put right where it is not. */
  async function stand(at: HostPort): Promise<void> {
    standing = await establish({ node, cluster, stateDirectory: parts.stateDirectory, store, now: clock.wall });
    for (const code of ['not_joined', 'authority_of_another_cluster', 'certificate_ends', 'peer_file_corrupt'] as const)
      tell(
        code,
        standing.troubles?.find((trouble) => trouble.code === code),
      );
    const { identity } = standing;
    if (!identity) return;
    if (listener && listening?.certificate !== identity.certificate) listener.become(identity);
    listener ??= await listenTo(at, identity);
    listening = identity;
    if (!listener) return;
    const address = hostPort({ host: isWildcard(at.host) ? hostname() : at.host, port: listener.port });
    ownAddress = address;
    await known.refresh();
    const [document, before] = [documentOf(identity, address), await known.of(node)];
    const isKnown = (['address', 'fingerprint', 'until'] as const).every((part) => before?.[part] === document[part]);
    if (!isKnown) {
      await store.savePeer(document);
      await known.refresh();
    }
    await renew(identity, address);
  }

  const documentOf = ({ certificate }: Identity, address: string): PeerDocument => ({
    node,
    address,
    fingerprint: fingerprintOf(certificate),
    until: new Date(endOf(certificate)).toISOString(),
  });

  /**
   * Long before its certificate ends this node gets another one. The store knows it first: without the store it stays as it was,
   * and what becomes of a crash in between is put right by the next pass, whichever certificate this node then has.
   */
  async function renew(identity: Identity, address: string): Promise<void> {
    const { holder, authority } = standing;
    if (holder === undefined || !isDue(identity, clock.wall())) return;
    if (askedToRenewAt !== undefined && reading() - askedToRenewAt < RENEW_AGAIN_MS) return;
    askedToRenewAt = reading();
    const got = await renewed({ identity, authority, holder, peers, now: clock.wall });
    if (!got.ok) {
      parts.log(`The certificate of this node was not renewed; it is tried again within the hour. ${peerSentence(got.error)}`);
      return;
    }
    await store.savePeer(documentOf(got.value, address));
    writeIdentity(parts.stateDirectory, got.value);
    standing = { ...standing, identity: got.value };
    listener?.become(got.value);
    listening = got.value;
    tell('certificate_ends', undefined);
    await known.refresh();
    parts.log(`The certificate of this node was renewed by ${holder}.`);
  }

  /** For a member, by whose certificate it asks: under its name, and not again and again. */
  async function renewCertificate(from: string, request: string): Promise<Result<GivenReply<'renewCertificate'>, PeerRefusal>> {
    const { authority } = standing;
    if (!authority) return err(notTheAuthority(node));
    const last = renewedAt.get(from);
    const isOften = last !== undefined && reading() - last < RENEWED_AT_MOST_EVERY_MS;
    const issued = isOften
      ? err('too_often' as const)
      : await issueCertificate(authority, { request, node: from, cluster, at: clock.wall() });
    if (!issued.ok) return err(refusalOfToken({ code: 'not_renewed', node: from, reason: issued.error }));
    renewedAt.set(from, reading());
    parts.audit('renew', from, 'its certificate', 'done');
    parts.log(`The certificate of node ${from} was renewed here.`);
    return ok({ certificate: issued.value });
  }

  async function listenTo(at: HostPort, identity: Identity): Promise<PeerListener | undefined> {
    const opened = await listenToPeers({ at, identity, answering: answers, known, join: answerJoin, failed: parts.failed });
    tell(
      'peers_not_listening',
      opened.ok ? undefined : { code: 'peers_not_listening', address: hostPort(at), reason: opened.error },
    );
    return opened.ok ? opened.value : undefined;
  }

  const answerJoin = joinAnswering({
    cluster,
    protocol: PROTOCOL,
    tokens,
    authority: () => standing.authority,
    secretKey: parts.secretKey,
    now: clock.wall,
    joined(joining, from) {
      parts.audit('join', joining, from, 'done');
      parts.log(`Node ${joining} has joined from ${from}: it has a certificate of the cluster now.`);
    },
    refused: (from, why) => parts.log(`A node that came from ${from} to join was refused: ${why}.`),
  });

  async function issue(asked: string, by: Asker): Promise<Result<GivenReply<'addJoinToken'>, PeerRefusal>> {
    const { authority } = standing;
    const address = ownAddress;
    if (!authority || address === undefined) return err(notTheAuthority(node));
    if (asked === node) return err(refusalOfToken({ code: 'token_for_this_node', node }));
    const { secret, expiresAt } = tokens.issue(asked);
    parts.log(`${by.name} has made a token by which node ${asked} can join.`);
    const fingerprint = fingerprintOf(authority.certificate);
    const token = writeJoinToken({ cluster, node: asked, at: { node, address }, authority: fingerprint, secret });
    // The token ends by a clock that does not jump; what people read is the wall clock.
    return ok({ token, expiresAt: new Date(clock.wall() + expiresAt - reading()).toISOString() });
  }

  const useCases: PeerUseCases = {
    ...throughPeers({ node, local: parts.local, peers, others }),

    async addJoinToken({ parameters: { node: asked } }, { principal, signal }) {
      if (!tls) return err(refusalOfToken({ code: 'nothing_to_join', own: node }));
      const asker = { name: principal.name, role: principal.role };
      const holder = standing.holder ?? (await store.peerAuthority())?.node;
      if (holder === undefined) return err(notTheAuthority(node));
      if (holder === node) {
        const made = await issue(asked, asker);
        return made.ok ? ok({ ...made.value, node: asked }) : err(made.error as Refusal);
      }
      const answer = await peers.ask(holder, { name: 'addJoinToken', input: { node: asked }, asker }, signal);
      return answer.ok ? ok({ ...answer.value, node: asked }) : err(peerRefusal(answer.error, 'addJoinToken'));
    },

    async joinCluster({ body: { token } }, { principal }) {
      if (!('listen' in through)) return err(refusalOfToken({ code: 'nothing_to_join', own: node }));
      if (principal.via !== 'control_socket') return err(refusalOfToken({ code: 'only_on_the_node_itself' }));
      const read = tokenFor(token, { node, cluster });
      if (!read.ok) return err(refusalOfJoin(read.error));
      const got = await requestToJoin(read.value, { protocol: PROTOCOL });
      if (!got.ok) return err(refusalOfJoin(got.error));
      try {
        writeJoined(parts.stateDirectory, got.value);
      } catch (error) {
        const { code = 'unknown' } = error as NodeJS.ErrnoException;
        return err(refusalOfJoin({ code: 'join_not_written', path: parts.stateDirectory, reason: code }));
      }
      parts.secretsReplaced();
      await stand(through.listen);
      void pass();
      return ok({ node, cluster });
    },
  };

  async function passNow(): Promise<void> {
    if ('listen' in through) await stand(through.listen);
    if (tls) await known.all();
    // Of a node that has not joined nothing has to be asked to know that it does not answer.
    const asked = tls && !standing.identity ? [] : others();
    clocks = await clockDifferences({ peers, nodes: asked, now: clock.wall, reading, signal: stopped });
    const differing = clocks.filter(isShown);
    tell('clocks_differ', differing.length === 0 ? undefined : { code: 'clocks_differ', own: node, others: differing });
    const there = clocks.map((one) => one.node);
    if (there.length === 0 || (copiedAt !== undefined && reading() - copiedAt < COPY_EVERY_MS)) return;
    const { journal, log } = parts;
    const copied = await copyMissedRuns({ journal, peers, nodes: there, signal: stopped, log });
    copiedAt = reading();
    if (copied > 0) log(`${copied} runs that this node had missed were copied from other nodes.`);
  }

  let passing: Promise<void> | undefined;
  const pass = (): Promise<void> => {
    passing ??= passNow()
      .catch((error: unknown) => {
        // Of a store that is out of reach the membership tells.
        if (!stopped.aborted && !storeFaultOf(error)) parts.failed(error);
      })
      .finally(() => {
        passing = undefined;
      });
    return passing;
  };
  await pass();
  const passes = setInterval(() => void pass(), PASS_MS);

  return {
    peers,
    useCases,
    outputOfRun: (here) => outputOfNodes({ node, here, peers, now: clock.wall }),
    inspectors: () => othersSeen().map((member) => peerInspector(member, peers)),
    layDownDraft: (hash) => layDownOn(othersSeen(), hash, peers),
    clockDifferenceMs: (other) => clocks.find((one) => one.node === other)?.differenceMs,
    async certificateFindings() {
      if (!tls) return [];
      const nodes = (await known.all()).flatMap(({ node: of, until }) => (until === undefined ? [] : [{ node: of, until }]));
      const { identity } = standing;
      const authority = identity && { authority: new Date(endOf(identity.authority)).toISOString() };
      return checkCertificates({ nodes, ...authority }, clock.wall());
    },
    pass,
    async close() {
      clearInterval(passes);
      leave?.();
      tls?.close();
      await passing;
      await listener?.close();
    },
  };
}

const refusalOfToken = (fault: JoinTokenFault): Refusal => ({
  code: fault.code,
  status: fault.code === 'only_on_the_node_itself' ? 403 : 409,
  sentence: joinTokenSentence(fault),
});

const notTheAuthority = (own: string): Refusal => refusalOfToken({ code: 'authority_not_here', own });

const refusalOfJoin = (fault: JoinFault): Refusal => ({
  code: fault.code,
  status: fault.code === 'join_not_answered' || fault.code === 'join_not_written' ? 503 : 409,
  sentence: joinSentence(fault),
});
