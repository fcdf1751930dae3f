import type { FindingView } from '@fallover/contract';
import { CLASS_WORDS, labelOf } from '@fallover/events';
import { Refused } from '../../api.ts';
import { withClockTimes } from '../../smit/times.ts';

export interface FindingsFilter {
  text?: string | undefined;
  severity?: string | undefined;
}

/** Where it is, in the words of the panels: `event node_down · Notify Command on nodeb`. */
export function placeWords({ class: entryClass, name, field, node }: Omit<FindingView, 'sentence'>): string {
  const entry = entryClass === undefined ? '' : `${CLASS_WORDS[entryClass].one} ${name ?? ''}`.trim();
  const at = [entry, field === undefined ? '' : labelOf(field)].filter((part) => part !== '').join(' · ');
  return [at, node === undefined ? '' : `on ${node}`].filter((part) => part !== '').join(' ') || 'whole configuration';
}

/** Errors before warnings, else as they were found; only those that match. */
export function shownFindings(findings: readonly FindingView[], { text = '', severity }: FindingsFilter): FindingView[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const matching = findings.filter((finding) => {
    const where = `${placeWords(finding)} ${withClockTimes(finding.sentence)} ${finding.id}`.toLowerCase();
    return (!severity || finding.severity === severity) && words.every((word) => where.includes(word));
  });
  return [
    ...matching.filter((finding) => finding.severity === 'error'),
    ...matching.filter((finding) => finding.severity === 'warning'),
  ];
}

/** A refusal without the errors that stand on the panel as findings, each with its place and its checkbox. */
export function withoutFindings(error: Error | null, findings: readonly FindingView[]): Error | null {
  if (!(error instanceof Refused) || !error.problem.faults) return error;
  const faults = error.problem.faults.filter(({ id }) => !findings.some((finding) => finding.id === id));
  return new Refused({ ...error.problem, faults });
}

export interface Blocking {
  /** The errors that are not overridden: they have to be mended, or overridden where they can be. */
  open: FindingView[];
  /** The ids that are asked to be overridden; one that is no error any more is not. */
  override: string[];
}

/** What keeps the draft from becoming active, as far as the last verification knows. */
export function blockingOf(findings: readonly FindingView[], chosen: ReadonlySet<string>): Blocking {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const overridden = errors.filter(({ id, overridable }) => overridable && chosen.has(id));
  return { open: errors.filter((error) => !overridden.includes(error)), override: overridden.map(({ id }) => id) };
}
