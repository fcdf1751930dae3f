import { isoOfWords } from './local-time.ts';

/** A line that says where an event starts or ends. */
export interface Marker {
  kind: 'start' | 'completed' | 'failed';
  /** What follows the colon; for a failed event without the status that stands first. */
  text: string;
  /** ISO 8601 without an offset. */
  time?: string;
  /** Of a failed event: the status that stands first. */
  status?: number;
  /** A machine line, `|2023-01-28T19:06:47|22712|EVENT START: node_up a|`, repeats the marker before it. */
  machine: boolean;
  serialNumber?: string;
}

const KINDS = { START: 'start', COMPLETED: 'completed', FAILED: 'failed' } as const;
const MARKER =
  /^([A-Z][a-z]{2}) {1,2}(\d{1,2})(?: {1,2}(\d{4}))? {1,2}(\d\d:\d\d:\d\d) EVENT (START|COMPLETED|FAILED): *(\S.*?)\s*$/;
const MACHINE_MARKER = /^\|(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\|(\d{1,20})\|EVENT (START|COMPLETED|FAILED): *([^\s|].*?)\s*\|?\s*$/;
const TITLE = /^\s{0,40}(?:HACMP|PowerHA|PowerHA SystemMirror) Event Summary\s*$/;
const NOTE = /^[A-Z][a-z]{2} [ \d]\d \d{4} \d\d:\d\d:\d\d CLUSTER MANAGER: /;
const TIME_IN_WORDS = /^(?:[^\s\d]+\s+)?([A-Z][a-z]{2})\s+(\d{1,2})\s+(\d\d:\d\d:\d\d)(?:\s+[^\s\d]\S*)?\s+(\d{4})\s*$/;

/** The year of a line that has none is that of the file's time, or the one before when the line would be later than the file. */
export function readMarker(line: string, fileTime: string | undefined): Marker | undefined {
  // Nearly all lines are neither, and this tells them faster than a pattern does.
  if (!line.includes('EVENT ')) return undefined;
  const machine = line.startsWith('|') ? MACHINE_MARKER.exec(line) : null;
  if (machine) {
    const [, time = '', serialNumber = '', kind = '', text = ''] = machine;
    return { ...whatHappened(kind, text), time, machine: true, serialNumber };
  }
  const [, month = '', day = '', year, clock = '', kind = '', text = ''] = MARKER.exec(line) ?? [];
  if (text === '') return undefined;
  const ownYear = year ?? (fileTime === undefined ? undefined : yearOf(month, day, clock, fileTime));
  const time = ownYear === undefined ? undefined : isoOfWords(month, day, clock, ownYear);
  return { ...whatHappened(kind, text), ...(time === undefined ? {} : { time }), machine: false };
}

function whatHappened(kind: string, text: string): Pick<Marker, 'kind' | 'text' | 'status'> {
  const [, status, event] = kind === 'FAILED' ? (/^(-?\d{1,10}): *(\S.*)$/.exec(text) ?? []) : [];
  return { kind: KINDS[kind as keyof typeof KINDS], text: event ?? text, ...(event ? { status: Number(status) } : {}) };
}

function yearOf(month: string, day: string, clock: string, fileTime: string): number {
  const year = Number(fileTime.slice(0, 4));
  // A file that was copied may seem a little older than its last lines; more than a day is another year.
  const [, fileMonth = 1, fileDay = 1] = fileTime.slice(0, 10).split('-').map(Number);
  const sameYear = isoOfWords(month, day, clock, year) ?? '';
  return sameYear.slice(0, 10) > dayAfter(year, fileMonth, fileDay) ? year - 1 : year;
}

const dayAfter = (year: number, month: number, day: number): string =>
  new Date(Date.UTC(year, month - 1, day + 1)).toISOString().slice(0, 10);

export const isSummaryTitle = (line: string): boolean => line.includes('Event Summary') && TITLE.test(line);

/** Lines that may stand anywhere and say nothing about a summary: output behind its prefix, notes, machine lines, ksh traces. */
export const isBesideTheBlock = (line: string): boolean => line.startsWith('|') || line.startsWith('+') || NOTE.test(line);

/** `Mon Nov 23 14:22:10 2026`, also with a zone before the year. */
export function readTimeInWords(text: string): string | undefined {
  const [, month, day, clock, year] = TIME_IN_WORDS.exec(text.trim()) ?? [];
  return month && day && clock && year ? isoOfWords(month, day, clock, year) : undefined;
}
