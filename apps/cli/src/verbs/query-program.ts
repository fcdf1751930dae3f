import type { RecoveryProgramView } from '@fallover/contract';
import { getRecoveryProgram, listEvents } from '../addresses.ts';
import { EXIT } from '../io.ts';
import { attributes, printLines, printReply } from '../print.ts';
import { refuse, reportFault } from '../report.ts';
import type { Shell } from '../shell.ts';
import { visible, visibleLine } from '../visible.ts';
import { refuseUnknown } from './entry.ts';

export interface ProgramOptions {
  /** The program that is in force instead of the draft's. */
  active: boolean;
  /** Nothing but the text, for a file. */
  raw: boolean;
  json: boolean;
}

/** The events whose recovery program is replaced in the draft; of one, its program with the numbers of its lines. */
export async function queryProgram(event: string | undefined, options: ProgramOptions, shell: Shell): Promise<number> {
  const { io, daemon } = shell;
  if (event === undefined) {
    const answer = await daemon.ask(listEvents);
    if (!answer.ok) return reportFault(io, answer.fault);
    return printReply(io, answer, options.json, ({ events }) =>
      events.flatMap(({ name, draft }) => (draft?.fields.recoveryProgram?.cluster === undefined ? [] : [name])),
    );
  }
  const answer = await daemon.ask(getRecoveryProgram, { parameters: { event } });
  if (!answer.ok)
    return answer.fault.code === 'refused' && answer.fault.problem.code === 'unknown_event'
      ? refuseUnknown({ class: 'event', name: event }, shell)
      : reportFault(io, answer.fault);
  if (options.json) return printReply(io, answer, true, () => []);
  const program = answer.reply;
  const replaced = options.active ? program.active : program.draft;
  if (!options.raw) {
    printLines(io, programLines(program, replaced, options.active));
    return EXIT.done;
  }
  const [only, ...others] = program.predefined;
  if (replaced === undefined && others.length > 0)
    return refuse(
      io,
      `NAME: ${program.event} has a predefined program for each of its ways (${program.predefined.map(({ how }) => how).join(', ')}).`,
      `"fallover query program ${program.event}" shows them all.`,
    );
  io.out(replaced ?? only?.text ?? '');
  return EXIT.done;
}

function programLines(program: RecoveryProgramView, replaced: string | undefined, active: boolean): string[] {
  const head = attributes({
    NAME: program.event,
    PROGRAM: replaced === undefined ? 'predefined' : 'replaced',
    OF: active ? 'active' : 'draft',
    SYNCHRONISED: program.synchronised,
  });
  if (replaced !== undefined) return [...head, '', ...numbered(replaced)];
  return [
    ...head,
    ...program.predefined.flatMap(({ how, when, text }) => [
      '',
      ...(how === undefined ? [] : [visibleLine(`# ${how}: ${when ?? ''}`)]),
      ...numbered(text),
    ]),
  ];
}

/** With the number of each line, as faults name it. */
function numbered(text: string): string[] {
  const lines = visible(text.replaceAll('\r\n', '\n')).replace(/\n$/, '').split('\n');
  const width = String(lines.length).length;
  return lines.map((line, index) => `${String(index + 1).padStart(width)}  ${line}`.trimEnd());
}
