import type { CustomEvent, DefinitionDocument, EventCustomization, Field } from '../definition/types.ts';
import type { StepKind } from '../runs/types.ts';

const FIELDS: Partial<Record<StepKind, keyof EventCustomization>> = {
  notify_start: 'notifyCommand',
  pre_event: 'preEventCommand',
  event: 'eventCommand',
  recovery: 'recoveryCommand',
  post_event: 'postEventCommand',
  notify_complete: 'notifyCommand',
};

/** Whether a node runs this step by a value of its own, and not by the cluster's. */
export function hasOwnCommand(
  { entries }: Pick<DefinitionDocument, 'entries'>,
  { event, node }: { event: string; node: string },
  kind: StepKind,
  customEvent?: string,
): boolean {
  const isOwn = (field: Field<unknown> | undefined): boolean =>
    Object.hasOwn(field?.nodes ?? {}, node) && field?.nodes?.[node] !== undefined;
  const customization = entries.find((entry) => entry.class === 'event' && entry.name === event);
  const script = entries.find((entry) => entry.class === 'custom_event' && entry.name === customEvent);
  const field = FIELDS[kind];
  return (
    (field !== undefined && isOwn((customization?.fields as EventCustomization | undefined)?.[field])) ||
    isOwn((script?.fields as CustomEvent | undefined)?.script)
  );
}
