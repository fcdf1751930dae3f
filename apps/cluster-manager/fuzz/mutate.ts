import type { Chance } from '../crash/chance.ts';
import { CORPUS, LARGE, TOKENS } from './corpus.ts';

const MIB = 1024 * 1024;

/** A file of the corpus, changed in up to three places; one in forty is then repeated, or is one of many entries, up to 1 MiB. */
export function mutated(chance: Chance): string {
  const large = chance.whole(40) === 0;
  let text = large && chance.whole(2) === 0 ? chance.pick(LARGE) : chance.pick(CORPUS);
  for (let changes = chance.whole(4); changes > 0; changes -= 1) text = changed(text, chance);
  return large && text !== '' ? text.repeat(Math.ceil(MIB / text.length)).slice(0, MIB) : text;
}

function changed(text: string, chance: Chance): string {
  const at = chance.whole(text.length + 1);
  const to = Math.min(text.length, at + chance.whole(1 + chance.pick([3, 40, 2000])));
  const [before, within, after] = [text.slice(0, at), text.slice(at, to), text.slice(to)];
  switch (chance.whole(12)) {
    case 0:
      return before + after;
    case 1:
      return before + within + within + after;
    case 2:
      return before + chance.pick(TOKENS) + within + after;
    case 3:
      return before + chance.pick(TOKENS) + after;
    case 4:
      return before + String.fromCharCode(chance.whole(chance.pick([128, 0x1_0000]))) + after.slice(1);
    case 5:
      return before;
    case 6: {
      const other = chance.pick(CORPUS);
      return before + other.slice(chance.whole(other.length));
    }
    case 7:
      return chance.pick([
        () => text.replaceAll('\n', '\r\n'),
        () => text.replaceAll(',', ';'),
        () => text.toUpperCase(),
        () => `\ufeff${text}`,
        () => text.replaceAll('"', ''),
      ])();
    default:
      // One letter or digit for another: mostly still a file, that says something else.
      return text.slice(0, at) + text.slice(at).replace(/[a-z0-9]/, chance.pick([...'abcdefgh0123']));
  }
}
