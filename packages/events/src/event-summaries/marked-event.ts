import { nameOf } from './block.ts';
import type { Marker } from './lines.ts';
import type { EventSummary, Place, SummaryOutcome } from './types.ts';

/** An event as its markers tell it. */
export interface MarkedEvent {
  event: string;
  /** How many other events were going on when it started: a sub-event is deeper than its caller. */
  depth: number;
  at: Place;
  /** The number of its first marker, to tell what came after what. */
  order: number;
  outcome: SummaryOutcome;
  status?: number;
  startTime?: string;
  endTime?: string;
  serialNumber?: string;
  text: string;
}

export function startedEvent(marker: Marker, line: string, at: Place, order: number, depth: number): MarkedEvent {
  return {
    event: marker.text,
    depth,
    at,
    order,
    outcome: 'unknown',
    ...(marker.time === undefined ? {} : { startTime: marker.time }),
    ...(marker.serialNumber === undefined ? {} : { serialNumber: marker.serialNumber }),
    text: line,
  };
}

/** The event with its last marker. `event` is the marker's text without the status behind it. */
export function endedEvent(started: MarkedEvent, marker: Marker, line: string): MarkedEvent {
  const trailing = marker.text.startsWith(`${started.event} `) ? marker.text.slice(started.event.length + 1) : '';
  const status = /^-?\d{1,10}$/.test(trailing) ? Number(trailing) : marker.status;
  return {
    ...started,
    outcome: marker.kind === 'completed' ? 'succeeded' : 'failed',
    ...(status === undefined ? {} : { status }),
    ...(marker.time === undefined ? {} : { endTime: marker.time }),
    ...((started.serialNumber ?? marker.serialNumber) ? { serialNumber: started.serialNumber ?? marker.serialNumber ?? '' } : {}),
    text: started.text === line ? line : `${started.text}\n${line}`,
  };
}

/** The summary of an event that has no summary block: its cluster manager died before it could write one. */
export const summaryOfMarkers = (marked: MarkedEvent): EventSummary => ({
  ...marked.at,
  event: marked.event,
  name: nameOf(marked.event),
  outcome: marked.outcome,
  ...(marked.status === undefined ? {} : { status: marked.status }),
  ...(marked.startTime === undefined ? {} : { startTime: marked.startTime }),
  ...(marked.endTime === undefined ? {} : { endTime: marked.endTime }),
  ...(marked.serialNumber === undefined ? {} : { serialNumber: marked.serialNumber }),
  actions: [],
  text: marked.text,
});
