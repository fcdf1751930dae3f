/**
 * The JavaScript that a browser has to have before home can be used, gzipped, against the budget; beside React alone, which is
 * the least that a page of this kind has. Over the budget, it fails.
 *
 *     node apps/console/bench/initial-javascript.bench.ts
 */
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';

const BUDGET_KB = 250;
const root = join(import.meta.dirname, '..');
type Chunk = Rolldown.OutputChunk;

const chunks = await built();
const entry = chunks.find(({ isEntry }) => isEntry);
const home = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith('panels/home/Panel.tsx'));
if (!entry || !home) throw new Error('The build has no entry, or no chunk of the home panel.');
const before = withImports([entry]);
const initial = withImports([entry, home]);
const all = kilobytes(chunks);
const used = kilobytes(initial);
const react = gzipSync((await built('react-alone'))[0]?.code ?? '').length / 1000;
console.log(`initial JavaScript, gzip: ${used.toFixed(1)} kB in ${initial.length} files; budget ${BUDGET_KB} kB`);
console.log(`  before the first panel   ${kilobytes(before).toFixed(1)} kB in ${before.length} files`);
console.log(`  all panels together      ${all.toFixed(1)} kB in ${chunks.length} files`);
console.log(`  React alone              ${react.toFixed(1)} kB; ratio ${(used / react).toFixed(1)}`);
const largest = initial.map((chunk) => ({ chunk, size: kilobytes([chunk]) })).sort((a, b) => b.size - a.size);
for (const { chunk, size } of largest.slice(0, 5)) console.log(`    ${size.toFixed(1)} kB  ${chunk.fileName}`);
if (used > BUDGET_KB) {
  console.error(`The initial JavaScript is ${(used - BUDGET_KB).toFixed(1)} kB over its budget of ${BUDGET_KB} kB.`);
  process.exitCode = 1;
}

/** The console as `vite build` makes it, in memory; or a page that has nothing but React. */
async function built(only?: 'react-alone'): Promise<Chunk[]> {
  const alone = {
    name: 'react-alone',
    resolveId: (id: string) => (id === 'react-alone' ? '\0react-alone' : undefined),
    load: (id: string) =>
      id === '\0react-alone'
        ? `import { createElement } from '${join(root, '../../node_modules/react/index.js')}';
           import { createRoot } from '${join(root, '../../node_modules/react-dom/client.js')}';
           createRoot(document.body).render(createElement('button', undefined, 'Do'));`
        : undefined,
  };
  const made = await build({
    root,
    logLevel: 'error',
    ...(only ? { plugins: [alone] } : {}),
    build: { write: false, ...(only ? { rolldownOptions: { input: only } } : {}) },
  });
  const outputs = (Array.isArray(made) ? made : [made]) as Rolldown.RolldownOutput[];
  return outputs.flatMap(({ output }) => output).filter((file): file is Chunk => file.type === 'chunk');
}

/** These chunks and all that they import without being asked. */
function withImports(roots: readonly Chunk[]): Chunk[] {
  const found = new Set(roots);
  for (const { imports } of found) for (const chunk of chunks) if (imports.includes(chunk.fileName)) found.add(chunk);
  return [...found];
}

function kilobytes(some: readonly Chunk[]): number {
  return some.reduce((sum, { code }) => sum + gzipSync(code).length, 0) / 1000;
}
