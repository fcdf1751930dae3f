import { err, ok, type Result } from './result.ts';
import { visibleLine } from './visible.ts';

export type IdFault =
  | { code: 'id_too_short'; text: string }
  | { code: 'no_such_id'; text: string }
  | { code: 'several_ids'; text: string; ids: string[] };

/** How what has the id is called in a sentence. */
export interface IdWords {
  /** The word of the usage, such as `RUN`. */
  place: string;
  one: string;
  several: string;
  /** The command that lists them. */
  list: string;
}

const WHOLE = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const SHORTEST = 6;

/** A whole id is left to the daemon to know. */
export const isWholeId = (text: string): boolean => WHOLE.test(text);
export const isTooShort = (text: string): boolean => text.length < SHORTEST;

/** The one id that begins or ends so. */
export function matchId(text: string, ids: readonly string[]): Result<string, IdFault> {
  if (isTooShort(text)) return err({ code: 'id_too_short', text });
  const wanted = text.toLowerCase();
  const found = ids.filter((id) => id.toLowerCase().startsWith(wanted) || id.toLowerCase().endsWith(wanted));
  const [only] = found;
  if (only === undefined) return err({ code: 'no_such_id', text });
  return found.length === 1 ? ok(only) : err({ code: 'several_ids', text, ids: found });
}

export function idSentence(fault: IdFault, { place, one, several, list }: IdWords): string {
  const text = visibleLine(fault.text);
  switch (fault.code) {
    case 'id_too_short':
      return `${place}: "${text}" is too short for the id of a ${one}; give at least ${SHORTEST} characters of its beginning or its end.`;
    case 'no_such_id':
      return `${place}: no ${one}'s id is, begins or ends with "${text}". "${list}" lists the ${several}.`;
    case 'several_ids':
      return `${place}: "${text}" stands for ${fault.ids.length} ${several}, such as ${fault.ids.slice(0, 3).join(', ')}; give more of the id.`;
  }
}
