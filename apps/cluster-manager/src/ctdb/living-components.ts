import { type ComponentLife, type ComponentLifeParts, componentLife } from './component-life.ts';
import { componentsDirectory } from './declared-components.ts';
import { type OpenComponentsParts, type OpenedComponents, openComponents } from './open-components.ts';
import type { ComponentUseCases } from './use-cases.ts';

export type LivingComponentsParts = Omit<OpenComponentsParts, 'health' | 'enter' | 'owesShutdown' | 'declared'> &
  Omit<ComponentLifeParts, 'directory' | 'events'>;

export interface LivingComponents {
  useCases: ComponentUseCases & ComponentLife['useCases'];
  health: ComponentLife['all'];
  inspect: OpenedComponents['inspect'];
  /** Once events can be processed. */
  begin(): void;
}

/** The components of this node, and what it does in them by itself. */
export function livingComponents(parts: LivingComponentsParts, closing: AsyncDisposableStack): LivingComponents {
  const opened = openComponents({
    ...parts,
    health: (component) => life.health(component),
    enter: (component, event) => life.enter(component, event),
    owesShutdown: (component) => life.owesShutdown(component),
    declared: () => life.declared(),
  });
  closing.defer(opened.close);
  const life = componentLife({ ...parts, directory: componentsDirectory(parts.stateDirectory), events: opened.events });
  closing.defer(life.close);
  return { useCases: { ...opened.useCases, ...life.useCases }, health: life.all, inspect: opened.inspect, begin: life.begin };
}
