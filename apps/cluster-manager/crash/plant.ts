import { registerHooks } from 'node:module';
import { FAULT_PLANTS } from '../faults/plants.ts';
import { REAL_PLANTS } from '../faults/real/plants.ts';
import { NOTIFICATION_PLANTS } from './notifications/plants.ts';
import { PLANTS, type Plant } from './plants.ts';

/** Loaded before a daemon (`--import`): replaces what FALLOVER_PLANT names, and fails loudly where the text is not found. */
const name = process.env.FALLOVER_PLANT ?? '';
const known: Record<string, { changes: Plant['changes'] | readonly Plant['changes'][number][] }> = {
  ...PLANTS,
  ...NOTIFICATION_PLANTS,
  ...FAULT_PLANTS,
  ...REAL_PLANTS,
};
if (!Object.hasOwn(known, name)) throw new Error(`FALLOVER_PLANT names no bug: "${name}".`);
const { changes } = known[name] as { changes: readonly Plant['changes'][number][] };

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    const here = changes.filter(({ module }) => url.endsWith(`/${module}`));
    if (here.length === 0) return loaded;
    let source = String(loaded.source);
    for (const { module, text, by } of here) {
      if (source.split(text).length !== 2)
        throw new Error(`The bug "${name}" cannot be planted: ${module} does not have once: ${text}`);
      source = source.replace(text, () => by);
    }
    return { ...loaded, source };
  },
});
