import {
  listNotificationMethods,
  listNotifications,
  listNotificationTransports,
  listRunNotifications,
  listSilences,
} from '@fallover/contract';
import type { NotificationState } from '@fallover/events';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { ask } from '../../api.ts';

/** Topic of everything that changes when something is sent, acknowledged or silenced. */
const TOPIC = 'notifications';

export const transportsQuery = queryOptions({
  queryKey: ['notification-transports'],
  queryFn: async ({ signal }) => (await ask(listNotificationTransports, {}, { signal })).transports,
  // They are part of the daemon.
  staleTime: Number.POSITIVE_INFINITY,
});

/** As they are configured, and when each was last proven: what either changes. */
export const methodsQuery = queryOptions({
  queryKey: ['configuration', 'notification-methods'],
  meta: { alsoOf: TOPIC },
  queryFn: async ({ signal }) => (await ask(listNotificationMethods, {}, { signal })).methods,
});

export const silencesQuery = queryOptions({
  queryKey: [TOPIC, 'silences'],
  queryFn: async ({ signal }) => (await ask(listSilences, {}, { signal })).silences,
});

const PAGE = 50;

export interface NotificationFilter {
  method?: string | undefined;
  event?: string | undefined;
  state?: NotificationState | undefined;
  run?: string | undefined;
  text?: string | undefined;
  /** The page that begins behind this one. */
  before?: string | undefined;
}

export const notificationsQuery = (filter: NotificationFilter) => {
  const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined && value !== ''));
  return queryOptions({
    queryKey: [TOPIC, 'list', given],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => ask(listNotifications, { query: { limit: PAGE, ...given } }, { signal }),
  });
};

export const runNotificationsQuery = (run: string) =>
  queryOptions({
    queryKey: [TOPIC, 'run', run],
    queryFn: ({ signal }) => ask(listRunNotifications, { parameters: { run } }, { signal }),
  });
