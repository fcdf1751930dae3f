import { listRuns } from '@fallover/contract';
import { CLASS_WORDS } from '@fallover/events';
import { keepPreviousData, queryOptions, useQueries, useQuery } from '@tanstack/react-query';
import { ask } from '../../api.ts';
import { customEventsQuery, entriesQuery, eventsQuery, revisionsQuery, scriptsQuery } from '../../live/queries.ts';
import { MENU } from '../../menu.ts';
import { CLASS_PANELS, type TopologyClass } from '../../smit/definition/class-panels.ts';
import { entryPath } from '../../smit/definition/entry-path.ts';
import { originWords, runTitle } from '../../smit/RunTable.tsx';
import { switchSingleKeys, useSingleKeys } from '../../smit/single-keys.ts';
import { clockTime } from '../../smit/times.ts';
import { keepTheme, THEMES } from '../theme.ts';
import type { Findable } from './find.ts';

const RUN_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const newestRunsQuery = (event: string | undefined) =>
  queryOptions({
    queryKey: ['runs', 'fast-path', event ?? ''],
    queryFn: async ({ signal }) => (await ask(listRuns, { query: { limit: 50, ...(event ? { event } : {}) } }, { signal })).runs,
    placeholderData: keepPreviousData,
  });

const PANELS: Findable[] = MENU.flatMap(({ title: branch, items }) =>
  items.map(({ title, fastPath, path, aliases = [], later }) => ({
    id: `panel ${path}`,
    group: 'Panels' as const,
    title,
    hint: later ? 'comes later' : (fastPath ?? branch),
    words: [...(fastPath ? [fastPath] : []), ...aliases],
    path,
  })),
);

/** All that the fast path finds, as the cluster manager has it now. */
export function useFindables(typed: string): Findable[] {
  const events = useQuery(eventsQuery).data ?? [];
  const customEvents = useQuery(customEventsQuery).data ?? [];
  const text = typed.trim().toLowerCase();
  const runs = useQuery(newestRunsQuery(events.find(({ name }) => name === text)?.name)).data ?? [];
  return [
    ...PANELS,
    ...events.flatMap(({ name, meaning }): Findable[] => [
      { id: `event ${name}`, group: 'Events', title: name, hint: meaning, path: `/smit/cm_event/${encodeURIComponent(name)}` },
      {
        id: `run ${name}`,
        group: 'Events',
        title: `Run ${name}`,
        hint: 'Run an Event',
        path: `/smit/cm_run_event?event=${encodeURIComponent(name)}`,
      },
    ]),
    ...customEvents.map(
      ({ name, draft, active }): Findable => ({
        id: `custom event ${name}`,
        group: 'Custom events',
        title: name,
        hint: (draft?.fields ?? active)?.description?.cluster ?? '',
        path: `/smit/cm_custom_event/${encodeURIComponent(name)}`,
      }),
    ),
    ...useConfigured(),
    ...runs.map(
      (run): Findable => ({
        id: `run ${run.id}`,
        group: 'Runs',
        title: runTitle(run),
        hint: `${run.outcome ?? run.state}, ${clockTime(run.acceptedAt)}, asked for by ${originWords(run)}`,
        words: [run.id],
        path: `/runs/${run.id}`,
      }),
    ),
    ...(RUN_ID.test(text) && !runs.some(({ id }) => id === text)
      ? [{ id: `run ${text}`, group: 'Runs' as const, title: text, hint: 'the run with this id', path: `/runs/${text}` }]
      : []),
    ...useRevisions(text),
    ...useSettings(),
  ];
}

/** The newest revisions, the snapshots, and a revision whose number is typed. */
function useRevisions(text: string): Findable[] {
  const { revisions = [], snapshots = [] } = useQuery(revisionsQuery()).data ?? {};
  const typed = /^revision (\d{1,9})$/.exec(text)?.[1];
  const findable = (number: number, hint: string, words: readonly string[] = []): Findable => ({
    id: `revision ${number} ${hint}`,
    group: 'Revisions',
    title: `Revision ${number}`,
    hint,
    words,
    path: `/smit/cm_config_history/${number}`,
  });
  return [
    ...revisions.map(({ number, comment, by, at, active }) =>
      findable(number, [active ? 'active' : '', comment ?? `by ${by}`, clockTime(at)].filter((part) => part !== '').join(', ')),
    ),
    ...snapshots.map(({ name, revision, remark }) => ({
      ...findable(revision, [`revision ${revision}`, remark ?? ''].filter((part) => part !== '').join(', '), ['snapshot']),
      id: `snapshot ${name}`,
      title: name,
    })),
    ...(typed !== undefined && !revisions.some(({ number }) => number === Number(typed))
      ? [findable(Number(typed), 'the revision with this number')]
      : []),
  ];
}

const TOPOLOGY = Object.keys(CLASS_PANELS) as TopologyClass[];

/** What the cluster is made of, who is told of its events, and the scripts that its configuration keeps. */
function useConfigured(): Findable[] {
  const lists = useQueries({ queries: TOPOLOGY.map(entriesQuery) });
  const scripts = useQuery(scriptsQuery).data?.scripts ?? [];
  const methods = useQuery(entriesQuery('notification_method')).data ?? [];
  const found = (
    entry: (typeof scripts)[number] | NonNullable<(typeof lists)[number]['data']>[number],
    group: Findable['group'],
  ): Findable => {
    const remark = (entry.draft?.fields ?? entry.active)?.remark?.cluster;
    return {
      id: `${entry.class} ${entry.name}`,
      group,
      title: entry.name,
      hint: `${CLASS_WORDS[entry.class].one}${typeof remark === 'string' ? `, ${remark}` : ''}`,
      path: entryPath(entry),
    };
  };
  return [
    ...lists.flatMap(({ data = [] }) => data).map((entry) => found(entry, 'Nodes and networks')),
    ...methods.map((method) => found(method, 'Notification methods')),
    ...scripts.map((script) => found(script, 'Library scripts')),
  ];
}

const COLOURS = { system: 'as the system', light: 'light', dark: 'dark' };

function useSettings(): Findable[] {
  const singleKeys = useSingleKeys();
  return [
    ...THEMES.map(
      (theme): Findable => ({
        id: `theme ${theme}`,
        group: 'Settings',
        title: `Colours: ${COLOURS[theme]}`,
        hint: 'kept in this browser',
        words: ['theme', 'colors'],
        act: () => keepTheme(theme),
      }),
    ),
    {
      id: 'single keys',
      group: 'Settings',
      title: `Keys of a single letter: switch ${singleKeys ? 'off' : 'on'}`,
      hint: 'kept in this browser',
      words: ['shortcuts'],
      act: () => switchSingleKeys(!singleKeys),
    },
  ];
}
