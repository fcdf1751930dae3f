import type { RevisionView } from '@fallover/contract';
import { classWord, type Entry, printEntryAttributes } from '@fallover/events';
import { getRevision, listRevisions, restoreRevision } from '../addresses.ts';
import { EXIT, type Io } from '../io.ts';
import { attributes, printReply, table } from '../print.ts';
import { refuse, reportFault, wordsOf } from '../report.ts';
import type { Result } from '../result.ts';
import { shellTime } from '../shell-time.ts';
import type { RunVerb, Shell } from '../shell.ts';
import { countWords, entryChangeLines } from '../value-text.ts';
import { visibleLine } from '../visible.ts';

export const history: RunVerb = async (args, { io, daemon, usage }) => {
  const read = wordsOf(io, args, { limit: 'value', before: 'value', json: 'flag' } as const, { usage });
  if (!read) return EXIT.refused;
  const { limit = '20', before, json } = read.options;
  if (!isNumber(limit) || Number(limit) > 500)
    return refuse(io, `--limit: "${visibleLine(limit)}" is not a number from 1 to 500.`, `Usage: ${usage}`);
  if (before !== undefined && !isNumber(before))
    return refuse(io, `--before: "${visibleLine(before)}" is not the number of a revision.`, `Usage: ${usage}`);
  const answer = await daemon.ask(listRevisions, { query: { limit, before } });
  if (!answer.ok) return reportFault(io, answer.fault);
  return printReply(io, answer, json, ({ revisions, more }) => {
    const oldest = revisions.at(-1);
    if (!oldest) return [before === undefined ? 'Nothing was synchronised yet.' : 'There are no older ones.'];
    return [...historyTable(revisions), ...(more ? [`There are older ones: fallover history --before ${oldest.number}`] : [])];
  });
};

const historyTable = (revisions: readonly RevisionView[]): string[] =>
  table(
    ['REVISION', 'AT', 'BY', 'VERIFIED', 'SNAPSHOTS', 'COMMENT'],
    revisions.map((revision) => [
      `${revision.number}${revision.active ? ' (active)' : ''}`,
      shellTime(revision.at),
      revision.by,
      verifiedWords(revision),
      revision.snapshots.join(' '),
      revision.comment ?? '',
    ]),
  );

function verifiedWords({ verification }: RevisionView): string {
  if (!verification) return '';
  const { warnings, overridden } = verification;
  const found = [
    // Every error that was found was overridden, or it would not have become active.
    ...(overridden.length === 0 ? [] : [`${countWords(overridden.length, 'error')} overridden`]),
    ...(warnings === 0 ? [] : [countWords(warnings, 'warning')]),
  ];
  return found.length === 0 ? 'no findings' : found.join(', ');
}

/** `query revision N`: what it is, then each of its entries. */
export async function queryRevision(which: string | undefined, json: boolean, shell: Shell): Promise<number> {
  const { io, daemon } = shell;
  if (which === undefined) return history(json ? ['--json'] : [], shell);
  const number = await revisionNamed(which, shell);
  if (!number.ok) return number.error;
  const answer = await daemon.ask(getRevision, { parameters: { number: String(number.value) } });
  if (!answer.ok) return reportFault(io, answer.fault);
  return printReply(io, answer, json, (revision) => [
    ...attributes({
      REVISION: revision.number,
      ACTIVE: revision.active,
      HASH: revision.hash,
      AT: revision.at,
      BY: revision.by,
      COMMENT: revision.comment,
      VERIFIED: revision.verification && verifiedWords(revision),
      OVERRIDDEN: revision.verification?.overridden.join(' ') || undefined,
      SNAPSHOTS: revision.snapshots.join(' ') || undefined,
      CLUSTERNAME: revision.cluster,
    }),
    ...(revision.entries as Entry[]).flatMap((entry) => [
      '',
      `# ${classWord(entry.class)}`,
      ...printEntryAttributes(entry.class, entry.name, entry.fields).map(visibleLine),
    ]),
  ]);
}

export const restore: RunVerb = async (args, shell) => {
  const { io, daemon, usage } = shell;
  const read = wordsOf(io, args, { discard: 'flag', json: 'flag' } as const, { usage, least: 1 });
  if (!read) return EXIT.refused;
  const [which = ''] = read.words;
  const number = await revisionNamed(which, shell);
  if (!number.ok) return number.error;
  const answer = await daemon.ask(restoreRevision, {
    parameters: { number: String(number.value) },
    body: { discardChanges: read.options.discard ?? false },
  });
  if (!answer.ok) {
    const status = reportFault(io, answer.fault);
    if (answer.fault.code === 'refused' && answer.fault.problem.code === 'draft_has_changes')
      io.err(`  "fallover changes" shows them; with --discard they are lost: fallover restore ${visibleLine(which)} --discard\n`);
    return status;
  }
  return printReply(io, answer, read.options.json, ({ changes, count, number: restored }) => [
    changes.length === 0
      ? `The draft says what revision ${restored} says already`
      : `The draft says what revision ${restored} says`,
    ...entryChangeLines(changes),
    count === 0
      ? 'That is what is active; there is nothing to synchronise'
      : `${countWords(count, 'change')} against the active revision; "fallover sync" makes the draft active`,
  ]);
};

/** The number of a revision that is given by number, by the name of a snapshot, or as `active`; else the exit status. */
async function revisionNamed(which: string, { io, daemon }: Pick<Shell, 'io' | 'daemon'>): Promise<Result<number, number>> {
  if (isNumber(which)) return { ok: true, value: Number(which) };
  const answer = await daemon.ask(listRevisions, { query: { limit: 1 } });
  if (!answer.ok) return { ok: false, error: reportFault(io, answer.fault) };
  const { snapshots, revisions } = answer.reply;
  const number =
    which === 'active' ? revisions.find(({ active }) => active)?.number : snapshots.find(({ name }) => name === which)?.revision;
  return number === undefined ? { ok: false, error: refuseRevision(io, which) } : { ok: true, value: number };
}

const refuseRevision = (io: Io, which: string): number =>
  refuse(
    io,
    `REVISION: there is no revision or snapshot "${visibleLine(which)}".`,
    '"fallover history" lists the revisions, "fallover query snapshot" the snapshots.',
  );

const isNumber = (text: string): boolean => /^[1-9][0-9]{0,14}$/.test(text);
