import type { Emulation } from '@fallover/contract';
import { type DefinitionDocument, type EffectiveMethod, methodsOf } from '@fallover/events';

type Told = Emulation['notifications'][number] & { mayBeSentBy: readonly string[] };

/** The methods that the events are bound to; `event_error` and `config_too_long` come only when something goes wrong. */
export const wouldBeTold = (
  document: DefinitionDocument,
  events: ReadonlySet<string>,
  members: readonly string[],
  recipients: (method: EffectiveMethod) => string[],
): Told[] =>
  methodsOf(document).flatMap((method) => {
    const bound = method.events.filter((event) => events.has(event));
    if (bound.length === 0) return [];
    const mayBeSentBy = method.nodes.length === 0 ? members : method.nodes;
    return [
      {
        method: method.name,
        events: bound,
        moments: [...method.when],
        recipients: recipients(method).filter((to) => to !== ''),
        senders: mayBeSentBy.filter((node) => members.includes(node)),
        mayBeSentBy,
        escalatesTo: method.escalation.map((step) => step.method),
      },
    ];
  });
