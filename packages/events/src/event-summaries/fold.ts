import { addToBlock, type Block, nameOf, openBlock, type ReadBlock, readBlock } from './block.ts';
import { visible } from './format.ts';
import { isSummaryTitle, type Marker, readMarker } from './lines.ts';
import { endedEvent, type MarkedEvent, startedEvent, summaryOfMarkers } from './marked-event.ts';
import type { EventSummary, Place } from './types.ts';

/**
 * What was read of a log and is not yet told. A summary block is what is compiled; the markers before it give its outcome.
 * An event with markers and no block is told at the end, by `rest`.
 */
export interface FoldState {
  /** Started and not ended, the latest last. */
  open: readonly MarkedEvent[];
  /** Ended, and waiting for a summary block. */
  ended: readonly MarkedEvent[];
  /** The marker of the line before, which a machine line (or the other way round) may repeat. */
  last?: Marker;
  block?: Block;
  /** How many markers were read. */
  markers: number;
}

export const startOfLog: FoldState = { open: [], ended: [], markers: 0 };

/** No log may fill the memory: of more events than this the oldest is told without its block. */
const MOST_EVENTS = 256;

export interface Folded {
  state: FoldState;
  completed: EventSummary[];
}

/** The log with one more line. `fileTime` (ISO 8601 without an offset) gives the year to lines that have none. */
export function foldLine(state: FoldState, raw: string, at: Place, fileTime?: string): Folded {
  const line = visible(raw.replace(/[\r\n]+$/, ''));
  const marker = readMarker(line, fileTime);
  const title = isSummaryTitle(line);
  if (!state.block) {
    if (title) return { state: { ...state, block: openBlock(line, at) }, completed: [] };
    return marker ? foldMarker(state, marker, line, at) : { state, completed: [] };
  }
  if (title || marker) {
    // The block was cut short: another process wrote between, or the disk was full.
    const ended = foldBlock(state, state.block);
    const next = foldLine(ended.state, raw, at, fileTime);
    return { state: next.state, completed: [...ended.completed, ...next.completed] };
  }
  const block = addToBlock(state.block, line);
  return block.part === 'ended' ? foldBlock(state, block) : { state: { ...state, block }, completed: [] };
}

/** At the end of the log: what has no summary block, or no end. */
export function rest(state: FoldState): EventSummary[] {
  const { state: last, completed } = state.block ? foldBlock(state, state.block) : { state, completed: [] };
  const told = [...last.ended.filter(({ depth }) => depth === 0), ...last.open.filter((_, index) => index === 0)];
  return [...completed, ...told.sort((a, b) => a.order - b.order).map(summaryOfMarkers)];
}

function foldMarker(state: FoldState, marker: Marker, line: string, at: Place): Folded {
  const { last, ...before } = state;
  if (last && repeats(last, marker)) return { state: withRepeated(before, marker), completed: [] };
  const next = { ...before, last: marker, markers: state.markers + 1 };
  if (marker.kind === 'start') {
    const open = [...state.open, startedEvent(marker, line, at, state.markers, state.open.length)];
    return limited({ ...next, open });
  }
  const index = indexOfStart(state.open, marker);
  const started = state.open[index];
  if (!started) return limited({ ...next, ended: [...state.ended, endWithoutStart(state, marker, line, at)] });
  const ended = endedEvent(started, marker, line);
  // What ended since it started, and deeper, are its sub-events, which are not told by themselves.
  const others = state.ended.filter(({ order, depth }) => order < ended.order || depth <= ended.depth);
  return limited({ ...next, open: state.open.filter((_, at) => at !== index), ended: [...others, ended] });
}

/** A machine line and the marker beside it say the same; they are a second apart at most. */
const repeats = (last: Marker, marker: Marker): boolean =>
  last.machine !== marker.machine &&
  last.kind === marker.kind &&
  (last.text === marker.text || last.text === `${marker.status}: ${marker.text}`) &&
  (last.time === undefined || marker.time === undefined || apart(last.time, marker.time) <= 2000);

/** Whatever the year, which may only have been guessed for one of them. */
const apart = (a: string, b: string): number => Math.abs(Date.parse(`2000${a.slice(4)}Z`) - Date.parse(`2000${b.slice(4)}Z`));

/** The event that the repeated marker was about, with the serial number that a machine line has. */
function withRepeated(state: Omit<FoldState, 'last'>, { serialNumber, time, kind, machine }: Marker): FoldState {
  if (!machine || serialNumber === undefined) return state;
  const list = kind === 'start' ? state.open : state.ended;
  const about = list.at(-1);
  if (!about) return state;
  // A machine line has the year.
  const exact = time === undefined ? {} : kind === 'start' ? { startTime: time } : { endTime: time };
  const changed = [...list.slice(0, -1), { ...about, ...exact, serialNumber: about.serialNumber ?? serialNumber }];
  return kind === 'start' ? { ...state, open: changed } : { ...state, ended: changed };
}

/** The latest start of this event: with the status behind it, else as it stands. */
function indexOfStart(open: readonly MarkedEvent[], { text }: Marker): number {
  const withoutStatus = text.replace(/ -?\d{1,10}$/, '');
  const index = open.findLastIndex(({ event }) => event === withoutStatus);
  return index >= 0 ? index : open.findLastIndex(({ event }) => event === text);
}

/** The log begins after the start of this event. */
function endWithoutStart(state: FoldState, marker: Marker, line: string, at: Place): MarkedEvent {
  const event = marker.text.replace(/(\S.*) -?\d{1,10}$/, '$1');
  const { startTime: _, ...started } = startedEvent({ ...marker, text: event }, line, at, state.markers, state.open.length);
  return endedEvent(started, marker, line);
}

function foldBlock(state: FoldState, block: Block): Folded {
  const { block: _, last: __, ...before } = state;
  const read = readBlock(block);
  if (!read) return { state: before, completed: [] };
  const match = isEventId(read.name) ? eventOfId(before.ended, read) : before.ended.findLast(isEvent(read));
  if (!match) return { state: before, completed: [withOutcome(read, undefined)] };
  // What ended since the event started belongs to its run and is not told by itself; nor is an attempt before a retry.
  const ended = before.ended.filter((marked) => marked.order < match.order && !isAttempt(read, marked));
  const open = before.open.filter((marked) => !isAttempt(read, marked));
  return { state: { ...before, ended, open }, completed: [withOutcome(read, match)] };
}

const withOutcome = (block: ReadBlock, match: MarkedEvent | undefined): EventSummary => {
  const { actions, text, ...facts } = block;
  const { outcome = 'unknown', status, startTime, endTime, serialNumber } = match ?? {};
  return {
    ...(startTime === undefined ? {} : { startTime }),
    ...(endTime === undefined ? {} : { endTime }),
    ...(serialNumber === undefined ? {} : { serialNumber }),
    ...facts,
    outcome,
    ...(status === undefined ? {} : { status }),
    actions,
    text,
  };
};

/** The block names the event with its arguments, or without them. */
const isEvent =
  (block: ReadBlock) =>
  ({ event }: MarkedEvent): boolean =>
    event === block.event || nameOf(event) === block.event;

/** A start or an end of the same event within the time of the block. */
const isAttempt = (block: ReadBlock, marked: MarkedEvent): boolean =>
  isEvent(block)(marked) && block.startTime !== undefined && (marked.startTime ?? '') >= block.startTime;

const isEventId = (name: string): boolean => /^TE_[A-Z0-9_]+$/.test(name);

/** An id such as TE_RG_MOVE_ACQUIRE stands for the events of its serial number, else for all since the block before; failed when one failed. */
function eventOfId(ended: readonly MarkedEvent[], { serialNumber }: ReadBlock): MarkedEvent | undefined {
  const numbered = ended.filter((marked) => serialNumber !== undefined && marked.serialNumber === serialNumber);
  const own = numbered.length > 0 ? numbered : ended;
  const outermost = own.filter(({ depth }) => depth === Math.min(...own.map((marked) => marked.depth)));
  const told = outermost.find(({ outcome }) => outcome === 'failed') ?? outermost.at(-1);
  return told && { ...told, order: Math.min(...own.map(({ order }) => order)) };
}

function limited(state: FoldState): Folded {
  const [ended, tooMany] = newest(state.ended);
  const [open, lost] = newest(state.open);
  const told = [...tooMany, ...lost].filter(({ depth }) => depth === 0);
  return { state: { ...state, ended, open }, completed: told.map(summaryOfMarkers) };
}

const newest = (events: readonly MarkedEvent[]): [readonly MarkedEvent[], readonly MarkedEvent[]] =>
  events.length <= MOST_EVENTS ? [events, []] : [events.slice(1), events.slice(0, 1)];
