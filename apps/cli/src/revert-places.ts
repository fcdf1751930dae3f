import { attributeOf, classWord, type EntryClass } from '@fallover/events';
import { CLASS_NAMES, classWayOut, entryClassOf } from './classes.ts';
import { err, ok, type Result } from './result.ts';
import { visibleLine } from './visible.ts';

/** What is to be taken back: a value of an entry, or the whole entry. */
export interface RevertPlace {
  class: EntryClass;
  name: string;
  attribute?: string | undefined;
  node?: string | undefined;
}

/**
 * Reads `CLASS NAME [ATTR] [NODE=NAME]`, or any number of places in a word each, `CLASS/NAME[/ATTR[@NODE]]`, which are taken back
 * at once. No class and no name has a `/` in it.
 */
export function readPlaces(words: readonly string[]): Result<RevertPlace[], string> {
  if (words[0]?.includes('/')) {
    const places: RevertPlace[] = [];
    for (const word of words) {
      const [, entryClass, name, attribute, node] = /^([^/]+)\/([^/]+)(?:\/([^/@]+)(?:@([^/@]+))?)?$/.exec(word) ?? [];
      if (entryClass === undefined || name === undefined)
        return err(`"${visibleLine(word)}" does not have the form CLASS/NAME/ATTR@NODE.`);
      const place = placeOf(entryClass, name, attribute, node);
      if (!place.ok) return place;
      places.push(place.value);
    }
    return ok(places);
  }
  const [entryClass = '', name, ...more] = words;
  if (name === undefined) return err('NAME is missing.');
  const nodes = more.filter((word) => /^NODE=/i.test(word));
  const attributes = more.filter((word) => !/^NODE=/i.test(word));
  const [attribute, tooMany] = attributes;
  if (tooMany !== undefined || nodes.length > 1)
    return err(
      `"${visibleLine(tooMany ?? nodes[1] ?? '')}" is one word too many here; several values are CLASS/NAME/ATTR@NODE each.`,
    );
  const [node] = nodes.map((word) => word.slice('NODE='.length));
  if (node !== undefined && attribute === undefined)
    return err('NODE= stands behind an attribute, whose value for that node it is.');
  const place = placeOf(entryClass, name, attribute, node);
  return place.ok ? ok([place.value]) : place;
}

function placeOf(word: string, name: string, attribute?: string, node?: string): Result<RevertPlace, string> {
  const entryClass = entryClassOf(word, name);
  if (!entryClass) return err(`CLASS: there is no class "${visibleLine(word)}" here. ${classWayOut(word, CLASS_NAMES)}`);
  return ok({ class: entryClass, name, attribute, node });
}

/** The same written out, as words of a command line; of one entry only the value. */
export const placeText = (place: {
  class?: EntryClass;
  name?: string;
  field?: string | undefined;
  node?: string | undefined;
}): string =>
  visibleLine(
    [
      ...(place.class === undefined ? [] : [classWord(place.class)]),
      ...(place.name === undefined ? [] : [place.name]),
      ...(place.field === undefined ? [] : [attributeOf(place.field)]),
      ...(place.node === undefined ? [] : [`NODE=${place.node}`]),
    ].join(' '),
  );
