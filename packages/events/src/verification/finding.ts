import { CLASS_FIELDS, type FieldName } from '../definition/fields.ts';
import { ENTRY_CLASSES, type Entry } from '../definition/types.ts';
import { byCodeUnits } from '../sort-keys.ts';
import { severityOf, type VerificationIssue, verificationSentence } from '../wording/verification.ts';
import type { Finding } from './types.ts';

export type Place = Pick<Finding, 'class' | 'name' | 'field' | 'node'>;

/** A finding of the rules of verification themselves; every error of theirs can be overridden. */
export function finding(place: Place, issue: VerificationIssue): Finding {
  const severity = severityOf(issue.code);
  const sentence = verificationSentence(issue, place);
  return asFinding({ ...place, severity, code: issue.code, sentence, overridable: severity === 'error' });
}

export const at = (entry: Entry, field?: FieldName, node?: string): Place => ({
  class: entry.class,
  name: entry.name,
  ...(field === undefined ? {} : { field }),
  ...(node === undefined ? {} : { node }),
});

/** With its id. */
export function asFinding(found: Omit<Finding, 'id'>): Finding {
  const { code, class: entryClass, name, field, node } = found;
  const where = [entryClass, name, field].filter((part) => part !== undefined).join('/');
  return { id: `${code}${where && `:${where}`}${node === undefined ? '' : `@${node}`}`, ...found };
}

/** Errors first, then by their places in the order of the panels. Of several with one id all but the first get a number. */
export function inOrder(findings: readonly Finding[]): Finding[] {
  const sorted = findings.map((each) => ({ each, rank: rankOf(each) })).sort((a, b) => byRank(a.rank, b.rank));
  const seen = new Map<string, number>();
  return sorted.map(({ each }) => {
    const count = (seen.get(each.id) ?? 0) + 1;
    seen.set(each.id, count);
    return count === 1 ? each : { ...each, id: `${each.id}#${count}` };
  });
}

type Rank = (number | string)[];

function rankOf({ severity, class: entryClass, name = '', field = '', node = '', code, sentence }: Finding): Rank {
  const fields: readonly string[] = entryClass === undefined ? [] : CLASS_FIELDS[entryClass];
  return [
    severity === 'error' ? 0 : 1,
    entryClass === undefined ? -1 : ENTRY_CLASSES.indexOf(entryClass),
    name,
    fields.indexOf(field),
    node,
    code,
    sentence,
  ];
}

function byRank(a: Rank, b: Rank): number {
  for (const [index, one] of a.entries()) {
    const other = b[index];
    const order = typeof one === 'number' ? one - (other as number) : byCodeUnits(one, other as string);
    if (order !== 0) return order;
  }
  return 0;
}
