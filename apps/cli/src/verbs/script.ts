import { getScript, listScripts } from '../addresses.ts';
import { EXIT } from '../io.ts';
import { attributes, printLines, printReply } from '../print.ts';
import { refuse, reportFault } from '../report.ts';
import type { Shell } from '../shell.ts';
import { visible } from '../visible.ts';
import { refuseUnknown } from './entry.ts';

/** What is asked of `query script NAME` beside its attributes. */
export interface ScriptOptions {
  /** The text of the active revision instead of the draft's. */
  active: boolean;
  /** Nothing but the bytes. */
  raw: boolean;
  json: boolean;
}

export async function queryScript(name: string | undefined, { active, raw, json }: ScriptOptions, shell: Shell): Promise<number> {
  const { io, daemon } = shell;
  if (name === undefined) {
    const answer = await daemon.ask(listScripts);
    if (!answer.ok) return reportFault(io, answer.fault);
    if (!answer.reply.enabled) io.err('The script library is off: the cluster manager was started without --script-library.\n');
    return printReply(io, answer, json, ({ scripts }) => scripts.flatMap((script) => (script.draft ? [script.name] : [])));
  }
  const answer = await daemon.ask(getScript, { parameters: { name } });
  if (!answer.ok)
    return answer.fault.code === 'refused' && answer.fault.problem.code === 'not_found'
      ? refuseUnknown({ class: 'script', name }, shell)
      : reportFault(io, answer.fault);
  if (json) return printReply(io, answer, true, () => []);
  const script = answer.reply;
  const text = active ? script.activeText : script.draftText;
  if (text === undefined && (active || raw))
    return refuse(
      io,
      `NAME: library script ${script.name} has no text in the ${active ? 'active revision' : 'draft'}. ${active ? '"fallover sync" makes the draft active.' : 'With --active the one of the active revision is shown.'}`,
    );
  if (raw) {
    io.out(text ?? '');
    return EXIT.done;
  }
  const remark = active ? script.active?.remark : script.draft?.fields.remark;
  printLines(io, [
    ...attributes({
      NAME: script.name,
      PATH: script.path,
      DESCRIPTION: String(remark?.cluster ?? ''),
      LAIDDOWN: script.laidDown,
      USEDBY: script.usedBy.map((entry) => entry.name).join(' '),
      SYNCHRONISED: script.synchronised,
      DELETED: script.draft ? undefined : true,
    }),
    ...(text === undefined ? [] : ['', ...visible(text).replace(/\n$/, '').split('\n')]),
  ]);
  return EXIT.done;
}
