import type { CustomEvent, EventCustomization } from './types.ts';

/** In the order of the Cluster Event Worksheet. */
export const EVENT_FIELDS = [
  'eventCommand',
  'notifyCommand',
  'notificationText',
  'notificationLocation',
  'preEventCommand',
  'postEventCommand',
  'recoveryCommand',
  'recoveryCounter',
  'failOnPrePost',
  'timeUntilWarning',
] as const satisfies readonly (keyof EventCustomization)[];
export type EventField = (typeof EVENT_FIELDS)[number];

export const CUSTOM_EVENT_FIELDS = ['description', 'script'] as const satisfies readonly (keyof CustomEvent)[];
export type CustomEventField = (typeof CUSTOM_EVENT_FIELDS)[number];

/** The thirteen fields of the Cluster Event Worksheet, in its order. */
const WORKSHEET_FIELDS = [
  'cluster',
  'description',
  'script',
  'event',
  'eventCommand',
  'notifyCommand',
  'notificationText',
  'notificationLocation',
  'preEventCommand',
  'postEventCommand',
  'recoveryCommand',
  'recoveryCounter',
  'timeUntilWarning',
] as const;
type WorksheetField = (typeof WORKSHEET_FIELDS)[number];

/** A field's number on the Cluster Event Worksheet; one that is not on it has none. */
export function worksheetNumber(field: WorksheetField): number;
export function worksheetNumber(field: string): number | undefined;
export function worksheetNumber(field: string): number | undefined {
  const index = WORKSHEET_FIELDS.indexOf(field as WorksheetField);
  return index < 0 ? undefined : index + 1;
}

/** Each field as the worksheet and the SMIT panels call it. */
export const FIELD_LABELS: Record<EventField | CustomEventField | 'cluster' | 'event' | 'name', string> = {
  cluster: 'Cluster Name',
  event: 'Cluster Event Name',
  eventCommand: 'Event Command',
  notifyCommand: 'Notify Command',
  notificationText: 'Remote Notification Message Text',
  notificationLocation: 'Remote Notification Message Location',
  preEventCommand: 'Pre-Event Command',
  postEventCommand: 'Post-Event Command',
  recoveryCommand: 'Event Recovery Command',
  recoveryCounter: 'Recovery Command Retry',
  failOnPrePost: 'Fail event if pre or post event fails',
  timeUntilWarning: 'Time Until Warning',
  name: 'Cluster Event Name',
  description: 'Cluster Event Description',
  script: 'Cluster Event Method',
};

/** The same fields as attributes of clmgr. */
export const CLMGR_ATTRIBUTES: Record<EventField | CustomEventField, string> = {
  eventCommand: 'COMMAND',
  notifyCommand: 'NOTIFYCOMMAND',
  notificationText: 'NOTIFICATIONTEXT',
  notificationLocation: 'NOTIFICATIONLOCATION',
  preEventCommand: 'PREEVENTCOMMAND',
  postEventCommand: 'POSTEVENTCOMMAND',
  recoveryCommand: 'RECOVERYCOMMAND',
  recoveryCounter: 'RECOVERYCOUNTER',
  failOnPrePost: 'FAILONPREPOST',
  timeUntilWarning: 'TIMEUNTILWARNING',
  description: 'DESCRIPTION',
  script: 'FILE',
};

/** The label of a field; an argument of an event, or an attribute, is its own label. */
export const labelOf = (field: string): string =>
  Object.hasOwn(FIELD_LABELS, field) ? FIELD_LABELS[field as keyof typeof FIELD_LABELS] : field;

/** The same in the words of clmgr, for the shell. */
export const attributeOf = (field: string): string =>
  Object.hasOwn(CLMGR_ATTRIBUTES, field) ? CLMGR_ATTRIBUTES[field as keyof typeof CLMGR_ATTRIBUTES] : field;
