import type { Endpoint } from '@fallover/contract';
import { err, ok, type Result } from '@fallover/events';
import type { z } from 'zod';
import type { Refusal } from './use-cases.ts';

type InputFault = NonNullable<Refusal['faults']>[number];
export interface Parts {
  parameters: unknown;
  query: unknown;
  body: unknown;
}

/** Reads all parts of a request with the endpoint's schemas; every fault of every part is told at once. */
export function readInput(endpoint: Endpoint, parts: Parts): Result<Parts, Refusal> {
  const read: Parts = { parameters: undefined, query: undefined, body: undefined };
  const faults: InputFault[] = [];
  for (const part of ['parameters', 'query', 'body'] as const) {
    const schema = endpoint[part];
    if (!schema) continue;
    const parsed = schema.safeParse(parts[part], { reportInput: true });
    if (parsed.success) read[part] = parsed.data;
    else faults.push(...parsed.error.issues.flatMap(faultsOf));
  }
  const [first, ...others] = faults;
  if (!first) return ok(read);
  const sentence =
    others.length === 0
      ? first.sentence
      : `${faults.length} things are wrong: ${faults.map((fault) => fault.sentence).join(' ')}`;
  return err({ code: 'input_not_accepted', status: 400, sentence, faults });
}

function faultsOf(issue: z.core.$ZodIssue): InputFault[] {
  const field = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => {
      const unknown = field === '' ? key : `${field}.${key}`;
      return { code: 'unknown_field', field: unknown, sentence: `${unknown} is not known here.` };
    });
  const { code, sentence } = faultOf(issue, field === '' ? 'The body' : field);
  return [field === '' ? { code, sentence } : { code, field, sentence }];
}

function faultOf(issue: z.core.$ZodIssue, name: string): { code: string; sentence: string } {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? { code: 'missing', sentence: `${name} is missing.` }
        : { code: 'wrong_type', sentence: `${name} has to be ${TYPES[issue.expected] ?? issue.expected}.` };
    case 'too_small':
      return { code: 'too_small', sentence: `${name} has to ${bound(issue.origin, 'at least', Number(issue.minimum))}.` };
    case 'too_big':
      return { code: 'too_big', sentence: `${name} can ${bound(issue.origin, 'at most', Number(issue.maximum))}.` };
    case 'invalid_value':
      return { code: 'not_one_of', sentence: `${name} has to be one of ${issue.values.map(String).join(', ')}.` };
    case 'custom': {
      // A rule of the domain: its fault comes as the parameters of the issue.
      const { code = 'not_accepted', sentence = issue.message } = (issue.params ?? {}) as { code?: string; sentence?: string };
      return { code, sentence: `${name}: ${sentence}` };
    }
    case 'invalid_format':
    case 'not_multiple_of':
    case 'invalid_union':
    case 'invalid_key':
    case 'invalid_element':
    case 'unrecognized_keys':
      return { code: 'wrong_form', sentence: `${name} does not have the right form.` };
  }
}

const TYPES: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

function bound(origin: string, which: 'at least' | 'at most', limit: number): string {
  if (origin === 'string') return `have ${which} ${limit} ${limit === 1 ? 'character' : 'characters'}`;
  if (origin === 'array' || origin === 'set') return `have ${which} ${limit} ${limit === 1 ? 'item' : 'items'}`;
  return `be ${which} ${limit}`;
}
