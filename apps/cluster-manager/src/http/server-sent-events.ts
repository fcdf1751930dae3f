import { randomBytes } from 'node:crypto';
import { type EventStream, type ServerSentEvent, serialised } from './event-stream.ts';

const KEPT = 1024;

export interface EventHub {
  /** The event to every client of the topic: serialised once, the same text for all. */
  publish(topic: string, event: Omit<ServerSentEvent, 'id'>): void;
  /**
   * Adds a client to the topics. One that reconnects first gets what it missed; when that is no longer known (too long ago,
   * or from before a restart), `whenMissed` is sent instead: what makes it read everything again.
   */
  subscribe(stream: EventStream, options: { topics: readonly string[]; whenMissed: Omit<ServerSentEvent, 'id'>[] }): void;
  subscribers(): number;
}

interface Kept {
  number: number;
  topic: string;
  text: string;
}

/** Ids are opaque and hold for one hub: a restarted daemon does not take another's number for one of its own. */
export function eventHub({ kept = KEPT, epoch = randomBytes(9).toString('base64url') } = {}): EventHub {
  const clients = new Map<EventStream, readonly string[]>();
  const ring: Kept[] = [];
  let number = 0;
  const idOf = (n: number) => `${epoch}.${n}`;

  /** What a client with this id has missed; undefined when that is not known. */
  function missedSince(id: string, topics: readonly string[]): string[] | undefined {
    const [from, text = ''] = id.split('.');
    const seen = Number(text);
    const oldest = ring[0]?.number ?? number + 1;
    if (from !== epoch || !Number.isInteger(seen) || seen < oldest - 1 || seen > number) return undefined;
    return ring.filter((item) => item.number > seen && topics.includes(item.topic)).map((item) => item.text);
  }

  return {
    publish(topic, event) {
      number += 1;
      const text = serialised({ ...event, id: idOf(number) });
      ring.push({ number, topic, text });
      if (ring.length > kept) ring.shift();
      for (const [stream, topics] of clients) if (topics.includes(topic)) stream.write(text);
    },
    subscribe(stream, { topics, whenMissed }) {
      const missed = stream.lastEventId === undefined ? [] : missedSince(stream.lastEventId, topics);
      // An id without data is remembered by the client and shown to nobody: it can resume even if nothing else ever comes.
      stream.write(`${missed?.join('') ?? whenMissed.map(serialised).join('')}id: ${idOf(number)}\n\n`);
      if (stream.signal.aborted) return;
      clients.set(stream, topics);
      stream.signal.addEventListener('abort', () => clients.delete(stream), { once: true });
    },
    subscribers: () => clients.size,
  };
}
