import { err, ok, type Result } from './result.ts';

/** The options of a verb: a `flag` stands alone, a `value` has one, `values` may be given several times. */
export type OptionKinds = Readonly<Record<string, 'flag' | 'value' | 'values'>>;

export type OptionValues<Kinds extends OptionKinds> = {
  -readonly [Name in keyof Kinds]?: Kinds[Name] extends 'flag' ? true : Kinds[Name] extends 'value' ? string : string[];
};

export interface Words<Kinds extends OptionKinds> {
  options: OptionValues<Kinds>;
  words: string[];
}

export type UsageFault =
  | { code: 'unknown_option'; option: string; known: string[] }
  | { code: 'option_needs_value'; option: string }
  | { code: 'option_takes_no_value'; option: string }
  | { code: 'option_twice'; option: string };

export interface Reading {
  /**
   * What a word that looks like an unknown option is, once so many other words have been read: an argument. An event's
   * arguments are read so, since `-1` is one.
   */
  argumentsAfter?: number;
}

/** Tells options from words. `--` ends the options. */
export function readOptions<Kinds extends OptionKinds>(
  given: readonly string[],
  kinds: Kinds,
  { argumentsAfter = Number.POSITIVE_INFINITY }: Reading = {},
): Result<Words<Kinds>, UsageFault> {
  const options: Record<string, true | string | string[]> = {};
  const words: string[] = [];
  const left = [...given];
  for (let word = left.shift(); word !== undefined; word = left.shift()) {
    if (word === '--') return ok({ options: options as OptionValues<Kinds>, words: [...words, ...left] });
    const equals = word.indexOf('=');
    const name = word.startsWith('--') ? word.slice(2, equals === -1 ? undefined : equals) : '';
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
    if (kind === undefined) {
      const option = word.startsWith('-') && word !== '-' && words.length < argumentsAfter;
      if (option) return err({ code: 'unknown_option', option: word, known: Object.keys(kinds) });
      words.push(word);
      continue;
    }
    if (kind === 'flag') {
      if (equals !== -1) return err({ code: 'option_takes_no_value', option: name });
      options[name] = true;
      continue;
    }
    const value = equals === -1 ? left.shift() : word.slice(equals + 1);
    if (value === undefined || (equals === -1 && value === '--')) return err({ code: 'option_needs_value', option: name });
    const before = options[name];
    if (kind === 'value' && before !== undefined) return err({ code: 'option_twice', option: name });
    options[name] = kind === 'value' ? value : [...((before as string[] | undefined) ?? []), value];
  }
  return ok({ options: options as OptionValues<Kinds>, words });
}
