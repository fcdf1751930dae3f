import { line } from './command-words.ts';
import type { addComponent, changeComponent, runComponentEvent } from './components.ts';
import type { BodyOf } from './endpoint.ts';

type OfComponent = { parameters: { component: string } };
type OfScript = { parameters: { component: string; script: string } };
/** EventScriptTimeout. */
const SECONDS = 30;

/** For each write about a component the line of `fallover` that does the same. */
export const COMPONENT_LINES = {
  addComponent: ({ parameters: { component }, body }: OfComponent & { body: BodyOf<typeof addComponent> }) => [
    line('add', 'component', component, ...attributesOf(body)),
  ],
  changeComponent: ({ parameters: { component }, body }: OfComponent & { body: BodyOf<typeof changeComponent> }) => [
    line('modify', 'component', component, ...attributesOf(body)),
  ],
  deleteComponent: ({ parameters: { component } }: OfComponent) => [line('delete', 'component', component)],
  enableComponentScript: ({ parameters: { component, script } }: OfScript) => [
    line('ctdb', 'event', 'script', 'enable', component, script),
  ],
  disableComponentScript: ({ parameters: { component, script } }: OfScript) => [
    line('ctdb', 'event', 'script', 'disable', component, script),
  ],
  // The shell waits for the end.
  runComponentEvent: ({
    parameters: { component },
    body: { event, args = [], timeoutSeconds = SECONDS },
  }: OfComponent & { body: BodyOf<typeof runComponentEvent> }) => [
    line('ctdb', 'event', 'run', String(timeoutSeconds), component, event, ...args),
  ],
  cancelComponentRun: ({ parameters: { component, run } }: { parameters: { component: string; run: string } }) => [
    line('ctdb', 'cancel', component, run),
  ],
} as const;

const attributesOf = (body: object): string[] =>
  Object.entries(body).flatMap(([name, value]) => (value === undefined ? [] : [`${name.toLowerCase()}=${value}`]));
