import { join } from 'node:path';
import type { listEventSummaries, saveEventSummaries } from '@fallover/contract';
import { isoLocal, type LogReadFault, localClock, resourceGroupTable } from '@fallover/events';
import { compileSummaries, filesOfLog, newest, summaryReport, summaryView } from '@fallover/hacmp-out';
import type { z } from 'zod';

type ListFilter = z.output<typeof listEventSummaries.query>;
type TextFilter = z.output<typeof saveEventSummaries.query>;
type ListReply = z.input<typeof listEventSummaries.reply>;

export interface EventSummariesSettings {
  /** Where hacmp.out is. */
  directory: string;
  node: string;
  /** Milliseconds; Date.now unless given. */
  now?(): number;
  timeZone?: string;
  /** A log that cannot be read is left out of the summaries. */
  onTrouble?(fault: LogReadFault): void;
}

/** View Event Summaries: compiled from hacmp.out and the files that it was rotated to, each time anew. */
export interface EventSummaries {
  list(filter: ListFilter, signal?: AbortSignal): Promise<ListReply>;
  /** In the order of the log, a piece at a time; with the resource group table. */
  text(filter: TextFilter, signal?: AbortSignal): AsyncIterable<string>;
}

const SECONDS = '2026-11-23T14:30:59'.length;

export function eventSummaries({ directory, node, now = Date.now, timeZone, onTrouble }: EventSummariesSettings): EventSummaries {
  const clock = localClock(timeZone);
  const since = (days: number): string => isoLocal(clock(now() - days * 86_400_000));

  /** The later of the two, and the end of what `until` names. */
  const timesOf = ({ days, since: from, until }: Pick<TextFilter, 'days' | 'since' | 'until'>) => ({
    since: [since(days), from ?? ''].sort().at(-1) as string,
    ...(until === undefined ? {} : { until: `${until}:59`.slice(0, SECONDS) }),
  });

  const compile = ({ days, since, until, ...filter }: TextFilter, signal: AbortSignal | undefined) =>
    compileSummaries([{ node, files: filesOfLog(join(directory, 'hacmp.out')) }], {
      ...filter,
      ...timesOf({ days, since, until }),
      ...(signal ? { signal } : {}),
      ...(timeZone === undefined ? {} : { timeZone }),
      ...(onTrouble ? { onFault: onTrouble } : {}),
    });

  return {
    async list({ limit, ...filter }, signal) {
      const { summaries, found } = await newest(compile(filter, signal), limit);
      return { summaries: summaries.map(summaryView), found, resourceGroups: resourceGroups() };
    },
    text(filter, signal) {
      const { since: from, until } = timesOf(filter);
      const times = [` since ${from}`, ...(until === undefined ? [] : [` until ${until}`])].join('').replaceAll('T', ' ');
      const title = `Event summaries of node ${node}${times}`;
      return summaryReport(`${title}\n\n${resourceGroups()}`, compile(filter, signal));
    },
  };
}

/** Resource groups cannot be configured yet, so there is none to tell of. */
const resourceGroups = (): string => resourceGroupTable([]);
