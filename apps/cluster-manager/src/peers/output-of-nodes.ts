import { setTimeout as sleep } from 'node:timers/promises';
import type { StepView, UnansweredNode } from '@fallover/contract';
import { type PeerFault, parseStepId, peerSentence } from '@fallover/events';
import type { OutputOfRun } from '../runs/run-output.ts';
import { MOST_FILE_BYTES, MOST_STEPS, PEER_CALLS } from './calls.ts';
import type { Peers } from './peers.ts';

/** Whoever watches a run here may look; the gate has seen to that. */
const WATCHER = { name: 'those who watch a run', role: 'monitor' } as const;
/** Of one piece of output. A node that takes longer holds up no other one's. */
const READ_MS = 3_000;
/** Between two questions, whatever a node answers; and before one is asked again that did not. */
const PACE_MS = 100;
const AGAIN_MS = 1_000;

interface Size {
  step: string;
  size: number;
}

/** What is known of a node on which steps of the run are. */
interface Followed {
  running: StepView[];
  sizes: Map<string, number>;
  /** The size that a step's output really has, where it is less than the record says: a disk was full. */
  ends: Map<string, number>;
  unanswered?: UnansweredNode;
  isAsking: boolean;
  /** Ends the question that is under way, when there is more to ask for. */
  interrupt?: () => void;
}

/**
 * The output of a run's steps, those of other nodes through their cluster managers. Each of those is asked one question at a
 * time, which it holds until something was written. One that does not answer is named, with what its steps write left out,
 * and asked again until it answers or nobody watches any more.
 */
export function outputOfNodes(parts: {
  node: string;
  /** Of the steps of this node. */
  here: OutputOfRun;
  peers: Peers;
  now(): number;
}): OutputOfRun {
  return (run, wake) => {
    const here = parts.here(run, wake);
    const closed = new AbortController();
    const nodes = new Map<string, Followed>();
    /** Steps that were over before anybody watched: who wants their output reads it. */
    let before: ReadonlySet<string> | undefined;
    let unanswered: readonly UnansweredNode[] = [];

    const followed = (node: string): Followed => {
      const known = nodes.get(node) ?? { running: [], sizes: new Map(), ends: new Map(), isAsking: false };
      nodes.set(node, known);
      return known;
    };

    function answers(one: Followed): void {
      if (!one.unanswered) return;
      delete one.unanswered;
      told();
    }

    function doesNotAnswer(node: string, fault: PeerFault): void {
      const one = followed(node);
      const sentence = peerSentence(fault, PEER_CALLS.watchOutput.lies);
      if (one.unanswered?.sentence !== sentence) {
        const since = one.unanswered?.since ?? parts.peers.unansweredSince(node) ?? new Date(parts.now()).toISOString();
        one.unanswered = { node, sentence, since };
        told();
      }
      void ask(node, one);
    }

    function told(): void {
      unanswered = [...nodes.values()].flatMap((one) => one.unanswered ?? []);
      wake();
    }

    async function ask(node: string, one: Followed): Promise<void> {
      if (one.isAsking) return;
      one.isAsking = true;
      while (!closed.signal.aborted && (one.running.length > 0 || one.unanswered)) {
        if (one.unanswered) await pause(AGAIN_MS);
        const interrupted = new AbortController();
        one.interrupt = () => interrupted.abort();
        const signal = AbortSignal.any([closed.signal, interrupted.signal]);
        const seen = one.running.slice(0, MOST_STEPS).map(({ id }) => ({ step: id, size: one.sizes.get(id) ?? 0 }));
        const answer = await parts.peers.ask(node, { name: 'watchOutput', input: { run, seen }, asker: WATCHER }, signal);
        if (signal.aborted) continue;
        if (!answer.ok) doesNotAnswer(node, answer.error);
        else {
          answers(one);
          take(one, answer.value.sizes, seen);
        }
        await pause(PACE_MS);
      }
      one.isAsking = false;
    }

    /** What was not asked for is not believed. */
    function take(one: Followed, sizes: readonly Size[], seen: readonly Size[]): void {
      const news = sizes.filter(({ step, size }) => seen.some((asked) => asked.step === step && asked.size !== size));
      for (const { step, size } of news) one.sizes.set(step, size);
      if (news.length > 0) wake();
    }

    const pause = (ms: number): Promise<void> => sleep(ms, undefined, { signal: closed.signal }).catch(() => {});

    return {
      follows({ steps }) {
        here.follows({ steps });
        const others = steps.filter(({ node }) => node !== parts.node);
        before ??= new Set(others.filter(({ state }) => state !== 'running').map(({ id }) => id));
        for (const node of new Set([...nodes.keys(), ...others.map((step) => step.node)])) {
          const one = followed(node);
          const known = new Set(one.running.map(({ id }) => id));
          one.running = others.filter((step) => step.node === node && step.state === 'running');
          if (one.running.some(({ id }) => !known.has(id))) one.interrupt?.();
          if (one.running.length > 0) void ask(node, one);
        }
      },
      size(step) {
        if (step.node === parts.node) return here.size(step);
        const one = followed(step.node);
        if (one.unanswered || before?.has(step.id)) return 0;
        const recorded = step.state === 'running' ? 0 : (step.outputBytes ?? 0);
        return Math.min(Math.max(one.sizes.get(step.id) ?? 0, recorded), one.ends.get(step.id) ?? Number.POSITIVE_INFINITY);
      },
      async read(step, from, length) {
        const node = parseStepId(step)?.node;
        if (node === undefined || node === parts.node) return here.read(step, from, length);
        const late = AbortSignal.timeout(READ_MS);
        const answer = await parts.peers.ask(
          node,
          {
            name: 'readFile',
            input: { file: { run, step }, at: from, most: Math.min(length, MOST_FILE_BYTES) },
            asker: WATCHER,
          },
          AbortSignal.any([late, closed.signal]),
        );
        if (!answer.ok) {
          if (answer.error.code === 'peer_refused') followed(node).ends.set(step, from);
          else if (!closed.signal.aborted)
            doesNotAnswer(node, late.aborted ? { code: 'peer_too_slow', node, seconds: READ_MS / 1000 } : answer.error);
          return Buffer.alloc(0);
        }
        const bytes = Buffer.from(answer.value.base64, 'base64').subarray(0, length);
        if (bytes.length === 0) followed(node).ends.set(step, from);
        return bytes;
      },
      unanswered: () => unanswered,
      close() {
        closed.abort();
        here.close();
      },
    };
  };
}
