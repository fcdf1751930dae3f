import { previewNotification } from '@fallover/contract';
import type { NotificationMoment, RemoteNotificationMethod } from '@fallover/events';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { ask, type Request } from '../../api.ts';
import type { Fields } from '../../smit/definition/values.ts';

/** What the preview is about. */
export interface About {
  event?: string | undefined;
  moment?: NotificationMoment | undefined;
}

/** A method as typed, for the daemon to look at: what cannot be a number yet is left out, its entry says so itself. */
export function typedMethod(name: string, fields: Fields): Request<typeof previewNotification>['body']['method'] {
  const numbers = ['retryCounter', 'timeout', 'holdTime', 'hourlyLimit', 'proveWithin'];
  const understood = Object.entries(fields).filter(
    ([field, value]) => !numbers.includes(field) || typeof value?.cluster === 'number',
  );
  return { name: name === '' ? 'new' : name, fields: Object.fromEntries(understood) as RemoteNotificationMethod };
}

export const previewQuery = (name: string, fields: Fields, { event, moment }: About) => {
  const method = typedMethod(name, fields);
  const body = { method, ...(event === undefined ? {} : { event }), ...(moment === undefined ? {} : { moment }) };
  return queryOptions({
    queryKey: ['notification-preview', body],
    placeholderData: keepPreviousData,
    gcTime: 10_000,
    staleTime: 30_000,
    queryFn: ({ signal }) => ask(previewNotification, { body }, { signal }),
  });
};
