import { addSnapshot as addSnapshotAddress, deleteSnapshot as deleteSnapshotAddress, listRevisions } from '../addresses.ts';
import { EXIT } from '../io.ts';
import { nearest } from '../nearest.ts';
import { attributes, printLines, printReply, table } from '../print.ts';
import { refuse, reportFault } from '../report.ts';
import { shellTime } from '../shell-time.ts';
import type { Shell } from '../shell.ts';
import { visibleLine } from '../visible.ts';

/** What a snapshot is given beside its name. */
const ATTRIBUTES = ['REVISION', 'DESCRIPTION'] as const;
type Attribute = (typeof ATTRIBUTES)[number];

export async function addSnapshot(
  name: string,
  words: readonly string[],
  json: true | undefined,
  { io, daemon, usage }: Shell,
): Promise<number> {
  const given: Partial<Record<Attribute, string>> = {};
  for (const word of words) {
    const equals = word.indexOf('=');
    const attribute = ATTRIBUTES.find((known) => known === word.slice(0, Math.max(equals, 0)).toUpperCase());
    if (equals < 1) return refuse(io, `"${visibleLine(word)}" does not have the form ATTRIBUTE=VALUE.`, `Usage: ${usage}`);
    if (!attribute)
      return refuse(
        io,
        `"${visibleLine(word.slice(0, equals))}" is not an attribute of a snapshot. They are: ${ATTRIBUTES.join(' ')}`,
      );
    if (given[attribute] !== undefined) return refuse(io, `${attribute} is given twice. Give it once.`);
    given[attribute] = word.slice(equals + 1);
  }
  const { REVISION = '', DESCRIPTION = '' } = given;
  if (REVISION !== '' && !/^[1-9][0-9]{0,14}$/.test(REVISION))
    return refuse(
      io,
      `REVISION: "${visibleLine(REVISION)}" is not the number of a revision. "fallover history" lists them; without REVISION it is the active one.`,
    );
  const body = {
    ...(REVISION === '' ? {} : { revision: Number(REVISION) }),
    ...(DESCRIPTION === '' ? {} : { remark: DESCRIPTION }),
  };
  const answer = await daemon.ask(addSnapshotAddress, { parameters: { name }, body });
  if (!answer.ok) return reportFault(io, answer.fault);
  return printReply(io, answer, json, (snapshot) => [
    `Revision ${snapshot.revision} has the name ${visibleLine(snapshot.name)} now`,
  ]);
}

export async function deleteSnapshot(name: string, { io, daemon }: Shell): Promise<number> {
  const answer = await daemon.ask(deleteSnapshotAddress, { parameters: { name } });
  if (!answer.ok) return reportFault(io, answer.fault);
  printLines(io, [`The name ${visibleLine(name)} is gone; its revision stays`]);
  return EXIT.done;
}

export async function querySnapshot(name: string | undefined, json: boolean, { io, daemon }: Shell): Promise<number> {
  const answer = await daemon.ask(listRevisions, { query: { limit: 1 } });
  if (!answer.ok) return reportFault(io, answer.fault);
  const { snapshots } = answer.reply;
  const found = name === undefined ? undefined : snapshots.find((snapshot) => snapshot.name === name);
  if (name !== undefined && !found) {
    const meant = nearest(
      name,
      snapshots.map((snapshot) => snapshot.name),
    );
    const way = meant === undefined ? '"fallover query snapshot" lists them all.' : `Did you mean ${meant}?`;
    return refuse(io, `NAME: there is no snapshot "${visibleLine(name)}". ${way}`);
  }
  // The contract has no reply for these alone: of its list of revisions, the part that was asked for as it stands there.
  if (json) io.out(`${JSON.stringify(found ?? { snapshots })}\n`);
  else if (found)
    printLines(
      io,
      attributes({ NAME: found.name, REVISION: found.revision, AT: found.at, BY: found.by, DESCRIPTION: found.remark ?? '' }),
    );
  else if (snapshots.length === 0) printLines(io, ['No revision has a name.']);
  else
    printLines(
      io,
      table(
        ['NAME', 'REVISION', 'AT', 'BY', 'DESCRIPTION'],
        snapshots.map((one) => [one.name, String(one.revision), shellTime(one.at), one.by, one.remark ?? '']),
      ),
    );
  return EXIT.done;
}
