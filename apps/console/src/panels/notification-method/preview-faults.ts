import { previewNotification } from '@fallover/contract';
import { effectiveMethod, type RemoteNotificationMethod } from '@fallover/events';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Reply } from '../../api.ts';
import { useForbidden } from '../../live/permission.ts';
import type { Fields } from '../../smit/definition/values.ts';
import { useSettled } from '../../smit/use-settled.ts';
import { type About, previewQuery } from './queries.ts';

const PAUSE_MS = 400;

/** What would be sent with the values as typed, once typing pauses. Only who may save them may see it: it reads files. */
export function useMethodPreview(name: string, fields: Fields, about: About) {
  const forbidden = useForbidden(previewNotification);
  const text = useSettled(JSON.stringify({ name, fields }), PAUSE_MS);
  const typed = useMemo(() => JSON.parse(text) as { name: string; fields: Fields }, [text]);
  const { events } = effectiveMethod(typed.name, typed.fields as RemoteNotificationMethod);
  const event = eventOf(about, events);
  const asked = { ...about, event: event === '' ? undefined : event };
  return useQuery({ ...previewQuery(typed.name, typed.fields, asked), enabled: forbidden === undefined });
}

/** What the daemon says is wrong with a field. Of one that is still empty, only once somebody tried to save. */
export const faultsOfPreview = (
  preview: Reply<typeof previewNotification> | undefined,
  field: string,
  told: boolean,
): string[] => (told ? (preview?.faults ?? []).filter((fault) => fault.field === field).map(({ sentence }) => sentence) : []);

/** The event that is shown: the one that was chosen while the method has it, else its first. */
export const eventOf = ({ event }: About, events: readonly string[]): string =>
  event !== undefined && events.includes(event) ? event : (events[0] ?? '');
