import { readFileSync } from 'node:fs';
import { writeDurably } from '../executor/launcher/write-durably.ts';

/** The components of this node whose life has begun and whose shutdown is not over: it is owed, whatever becomes of the daemon. */
export interface StartedComponents {
  has(component: string): boolean;
  all(): string[];
  /** On disk when it returns. */
  add(component: string): void;
  remove(component: string): void;
}

interface StartedFile {
  format: 1;
  components: string[];
}

export function startedComponents(file: string): StartedComponents {
  const started = new Set(read(file));
  const save = (): void => {
    const kept: StartedFile = { format: 1, components: [...started] };
    writeDurably(file, `${JSON.stringify(kept)}\n`);
  };
  return {
    has: (component) => started.has(component),
    all: () => [...started],
    add(component) {
      if (started.has(component)) return;
      started.add(component);
      try {
        save();
      } catch (error) {
        started.delete(component);
        throw error;
      }
    },
    remove(component) {
      if (started.delete(component)) save();
    },
  };
}

function read(file: string): string[] {
  try {
    const { format, components } = JSON.parse(readFileSync(file, 'utf8')) as Partial<StartedFile>;
    return format === 1 && Array.isArray(components) ? components.filter((name) => typeof name === 'string') : [];
  } catch {
    return []; // There is none yet.
  }
}
