import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ClockReading } from '@fallover/events';

/** Time as the cluster manager sees it; tests bring their own. */
export interface Clock {
  /** ISO 8601, UTC: what people read. */
  now(): string;
  /** Milliseconds since 1970: what people read. */
  wall(): number;
  /** Does not jump, and goes on through a restart of the daemon: what durations and warnings are counted by. */
  reading(): ClockReading;
}

/** CLOCK_MONOTONIC is common to all processes of one boot; another boot id says that it has begun anew. */
export function systemClock(): Clock {
  const bootId = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return {
    now: () => new Date().toISOString(),
    wall: () => Date.now(),
    reading: () => ({ bootId, ms: Number(process.hrtime.bigint() / 1_000n) / 1000 }),
  };
}

/** Milliseconds from a recorded moment to now; by the wall clock only where the node was started anew in between. */
export function elapsed(clock: Clock, since: { at: string; clock: ClockReading }): number {
  const now = clock.reading();
  return now.bootId === since.clock.bootId ? now.ms - since.clock.ms : Math.max(0, clock.wall() - Date.parse(since.at));
}

/** UUIDv7 (RFC 9562): ids of one daemon sort in the order in which they were made. */
export function runIds(clock: Pick<Clock, 'wall'>): () => string {
  let last = 0;
  let sequence = 0;
  return () => {
    const wall = clock.wall();
    sequence = wall > last || sequence === 0xfff ? 0 : sequence + 1;
    if (sequence === 0) last = Math.max(wall, last + 1); // a clock that was set back does not take ids back with it
    const bytes = randomBytes(16);
    bytes.writeUIntBE(last, 0, 6);
    bytes.writeUInt16BE(0x7000 | sequence, 6);
    bytes.writeUInt8(0x80 | ((bytes[8] as number) & 0x3f), 8);
    return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  };
}

/** A UUIDv7 of a moment that is the same whoever makes it, so that what is done once in the cluster has one id. */
export function idOfMoment(at: number, what: string): string {
  const time = at.toString(16).padStart(12, '0');
  const rest = createHash('sha256').update(`${what} ${at}`).digest('hex');
  const variant = (8 + (Number.parseInt(rest.slice(3, 4), 16) & 3)).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${rest.slice(0, 3)}-${variant}${rest.slice(4, 7)}-${rest.slice(7, 19)}`;
}

/** The smallest id of a moment, in milliseconds since 1970; of one before 1970 that of 1970. */
export function firstIdAt(at: number): string {
  const hex = Math.max(0, at).toString(16).padStart(12, '0').slice(-12);
  return `${hex.slice(0, 8)}-${hex.slice(8)}`;
}
