import type { InputFault } from '../wording/input.ts';

/** `%d` date and time, `%n` node, `%e` event, `%o` object of the event, `%%` a per cent sign; nothing else (DOMAIN.md section 7). */
const SUBSTITUTIONS = 'dneo%';

/** Each `%` of a message text that stands for nothing, with the character at which it stands, from 1. */
export function substitutionFaults(text: string, field: string): InputFault[] {
  return [...text.matchAll(/%(.?)/gu)]
    .filter(([, letter]) => letter === '' || letter === undefined || !SUBSTITUTIONS.includes(letter))
    .map(
      ({ 0: found, index }): InputFault => ({
        code: 'not_a_substitution',
        field,
        text: found,
        at: [...text.slice(0, index)].length + 1,
      }),
    );
}
