import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { NAME, textFault } from '@fallover/events';

/** An event that the hook of a component has handed over. */
export interface HandedEvent {
  /** Made by the hook, once for each event: `MILLISECONDS-PID`. */
  id: string;
  /** Milliseconds since 1970, by the hook's clock. */
  at: number;
  component: string;
  event: string;
  args: string[];
}

const HANDED_ID = /^\d{13}-\d{1,10}$/;

/** What the hook has left because nobody answered, and what was handed over and is not recorded yet: a file each, by its id. */
export interface HandedEvents {
  keep(event: HandedEvent): void;
  /** In the order of time; what is no event is removed. */
  all(): HandedEvent[];
  forget(id: string): void;
}

export function handedEvents(directory: string): HandedEvents {
  // The hook writes only where this is.
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const forget = (id: string): void => rmSync(join(directory, id), { force: true });

  return {
    keep({ id, at, component, event, args }) {
      const fresh = join(directory, `.${id}.new`);
      writeFileSync(fresh, [id, String(at), component, event, ...args, ''].join('\0'), { mode: 0o600 });
      renameSync(fresh, join(directory, id));
    },
    all() {
      const found: HandedEvent[] = [];
      for (const id of readdirSync(directory).toSorted()) {
        if (!HANDED_ID.test(id)) continue; // being written, or nothing of ours
        const event = parsed(id, readFileSync(join(directory, id), 'utf8'));
        if (event) found.push(event);
        else forget(id);
      }
      return found;
    },
    forget,
  };
}

const MOST_ARGUMENTS = 64;

function parsed(name: string, text: string): HandedEvent | undefined {
  const [id, at, component, event, ...args] = text.split('\0');
  if (id !== name || component === undefined || event === undefined || args.pop() !== '' || !/^\d{13}$/.test(at ?? ''))
    return undefined;
  // As the contract has it: they come into logs, and into the arguments of commands.
  if (!NAME.test(event) || args.length > MOST_ARGUMENTS || args.some((arg) => textFault(arg, 'args'))) return undefined;
  return { id, at: Number(at), component, event, args };
}
