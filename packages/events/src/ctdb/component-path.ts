import { LONGEST_PATHNAME } from '../names.ts';

/** Whether it is the full pathname of a directory or a debug script of a component: from / on, without `.`, `..` or `//`; blanks may be in it. */
export function isComponentPath(text: string): boolean {
  if (!text.startsWith('/') || text.length > LONGEST_PATHNAME || /[\0\n]/.test(text)) return false;
  if (text === '/') return true;
  return text
    .replace(/\/$/, '')
    .slice(1)
    .split('/')
    .every((part) => part !== '' && part !== '.' && part !== '..');
}
