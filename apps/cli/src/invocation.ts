import { nearest } from './nearest.ts';
import { err, ok, type Result } from './result.ts';
import type { Verb } from './verb.ts';
import { HELP_WORDS, VERBS, VERSION_WORDS } from './verbs.ts';
import { visibleLine } from './visible.ts';

/** What the whole command line asks for. */
export type Invocation =
  | { kind: 'help'; verb?: Verb }
  | { kind: 'version' }
  | { kind: 'verb'; verb: Verb; args: string[]; state?: string };

export type InvocationFault =
  | { code: 'no_verb' }
  | { code: 'unknown_verb'; word: string }
  | { code: 'unknown_option'; option: string }
  | { code: 'state_needs_value'; verb?: Verb };

/** Takes --state and --help out, wherever they are not an event's argument, and finds the verb. */
export function readInvocation(given: readonly string[]): Result<Invocation, InvocationFault> {
  const before = takeState(given, 'first_word');
  if (!before) return err({ code: 'state_needs_value' });
  const [word, ...args] = before.left;
  if (word === undefined) return err({ code: 'no_verb' });
  if (VERSION_WORDS.includes(word)) return ok({ kind: 'version' });
  if (HELP_WORDS.includes(word)) {
    if (args[0] === undefined) return ok({ kind: 'help' });
    const verb = verbNamed(args[0]);
    return verb ? ok({ kind: 'help', verb }) : err({ code: 'unknown_verb', word: args[0] });
  }
  if (word.startsWith('-')) return err({ code: 'unknown_option', option: word });
  const verb = verbNamed(word);
  if (!verb) return err({ code: 'unknown_verb', word });
  const ofVerb = takeState(args, verb.eventArguments ? 'first_word' : 'all');
  if (!ofVerb) return err({ code: 'state_needs_value', verb });
  const asked = verb.eventArguments ? ofVerb.left.slice(0, 1) : beforeDashes(ofVerb.left);
  if (asked.includes('--help') || asked[0] === '-h') return ok({ kind: 'help', verb });
  const state = ofVerb.state ?? before.state;
  return ok({ kind: 'verb', verb, args: ofVerb.left, ...(state === undefined ? {} : { state }) });
}

const verbNamed = (word: string): Verb | undefined => VERBS.find((verb) => verb.name === word);

const beforeDashes = (words: readonly string[]): readonly string[] =>
  words.includes('--') ? words.slice(0, words.indexOf('--')) : words;

/** `first_word`: as far as the first word that is no option. Undefined when --state has no value. */
function takeState(words: readonly string[], until: 'first_word' | 'all'): { left: string[]; state?: string } | undefined {
  let state: string | undefined;
  const left: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word === '--' || (until === 'first_word' && !word.startsWith('-'))) {
      left.push(...words.slice(at));
      break;
    }
    if (word !== '--state' && !word.startsWith('--state=')) {
      left.push(word);
      continue;
    }
    const value = word === '--state' ? words[++at] : word.slice('--state='.length);
    if (value === undefined || value === '') return undefined;
    state = value;
  }
  return state === undefined ? { left } : { left, state };
}

export function invocationSentence(fault: InvocationFault): string {
  switch (fault.code) {
    case 'no_verb':
      return 'A verb is missing; "fallover help" lists them.';
    case 'unknown_verb': {
      const meant = nearest(
        fault.word,
        VERBS.map((verb) => verb.name),
      );
      const way = meant === undefined ? '"fallover help" lists the verbs.' : `Did you mean ${meant}?`;
      return `There is no verb "${visibleLine(fault.word)}". ${way}`;
    }
    case 'unknown_option':
      return `There is no option ${visibleLine(fault.option)} before the verb; only --state, --help and --version may stand there.`;
    case 'state_needs_value':
      return '--state needs the path of a directory behind it.';
  }
}
