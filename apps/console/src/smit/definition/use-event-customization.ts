import { type CustomEventView, changeEventCustomization, type EventView } from '@fallover/contract';
import { checkEventCustomization, type EventCustomization } from '@fallover/events';
import { useState } from 'react';
import { useAction } from '../../live/use-action.ts';
import type { FieldSpec } from './specs.ts';
import { type Draft, useDefinitionForm } from './use-definition-form.ts';
import { modifyCommands } from './values.ts';

interface EventCustomizationInput {
  event: EventView;
  nodes: readonly string[];
  customEvents: readonly CustomEventView[];
  specs: readonly FieldSpec[];
  whileTyping?: boolean;
}

/** What is customised on an event, as it is being changed and saved in the draft. */
export function useEventCustomization({ event, nodes, customEvents, specs, whileTyping }: EventCustomizationInput) {
  const [warnings, setWarnings] = useState<{ sentence: string }[]>([]);
  const action = useAction(changeEventCustomization, ['configuration', 'cluster'], (reply) => {
    setWarnings(reply.warnings);
    definition.saved(draftOf(reply.event));
  });
  // Only those that the draft has: a deleted one can no longer be listed.
  const defined = customEvents.filter(({ draft }) => draft).map(({ name }) => name);
  const definition = useDefinitionForm({
    specs,
    current: draftOf(event),
    nodes,
    saving: action.isPending,
    whileTyping,
    check: (fields) => checkEventCustomization(event.name, fields as EventCustomization, { customEvents: defined, nodes }),
  });
  const touched = definition.changed.length > 0;
  return {
    definition,
    action,
    warnings,
    touched,
    commands: touched
      ? modifyCommands('modify', 'event', event.name, definition.changed)
      : [`fallover query event ${event.name}`],
    save(): void {
      const asked = definition.asked();
      if (asked)
        action.mutate({ parameters: { event: event.name }, body: asked as { revision: number; fields: EventCustomization } });
    },
    reset(): void {
      definition.reset();
      action.reset();
    },
  };
}

const draftOf = ({ draft }: EventView): Draft => (draft ?? { revision: 0, fields: {} }) as Draft;
