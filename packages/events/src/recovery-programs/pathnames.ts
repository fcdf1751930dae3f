import { parseProgram } from './parse-program.ts';
import { isPathname } from './types.ts';

/** The full pathnames that a program names, each once; none of a text that cannot be read. */
export function pathnamesOf(text: string): string[] {
  const read = parseProgram(text);
  return read.ok ? [...new Set(read.value.flat().flatMap(({ command }) => (isPathname(command) ? [command] : [])))] : [];
}
