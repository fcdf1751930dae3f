/**
 * When the output of a step came. Beside the log stands a file of records, each of so many bytes: from this byte of the log on
 * it came at this time or within the interval after it. The log itself stays just what the command wrote. A record is worth
 * something only together with those before it, so whoever reads them takes a damaged one for "not known".
 */
export interface OutputTime {
  from: number;
  /** Milliseconds of the wall clock. */
  at: number;
}

export const TIME_BYTES = 12;
const HALF = 6;

/** What comes sooner after a record is taken to have come with it. */
const INTERVAL_MS = 100;
/** After so many records the interval doubles, so that a step that writes for a month leaves some megabytes of them. */
const RECORDS_OF_AN_INTERVAL = 65_536;

/** Whether what comes now needs a record of its own. A clock that was put back makes one too. */
export const isWorthNoting = (last: OutputTime | undefined, now: number, records: number): boolean =>
  last === undefined || Math.abs(now - last.at) >= INTERVAL_MS * 2 ** Math.floor(records / RECORDS_OF_AN_INTERVAL);

export function timeToBytes({ from, at }: OutputTime): Buffer {
  const bytes = Buffer.alloc(TIME_BYTES);
  bytes.writeUIntBE(from, 0, HALF);
  bytes.writeUIntBE(at, HALF, HALF);
  return bytes;
}

export const timeFromBytes = (bytes: Buffer, record: number): OutputTime => ({
  from: bytes.readUIntBE(record * TIME_BYTES, HALF),
  at: bytes.readUIntBE(record * TIME_BYTES + HALF, HALF),
});
