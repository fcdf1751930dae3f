import { NAME } from '../names.ts';

/** What a text cannot be that is to become a script. */
export type ScriptTextFault = { code: 'nul_in_script'; line: number } | { code: 'half_character_in_script'; line: number };

/** What would keep a script from being started as it is meant. */
export type ScriptTextWarning =
  | { code: 'no_interpreter_line' }
  | { code: 'interpreter_not_a_pathname'; interpreter: string }
  | { code: 'carriage_returns'; lines: number; first: number };

export interface ScriptTextCheck {
  faults: ScriptTextFault[];
  warnings: ScriptTextWarning[];
}

export function checkScriptText(text: string): ScriptTextCheck {
  const faults: ScriptTextFault[] = [];
  const warnings: ScriptTextWarning[] = [];
  const nul = text.indexOf('\0');
  if (nul >= 0) faults.push({ code: 'nul_in_script', line: lineAt(text, nul) });
  // Half of a surrogate pair has no bytes, so there would be none to lay down.
  if (!text.isWellFormed()) faults.push({ code: 'half_character_in_script', line: lineAt(text, firstDifference(text)) });

  const interpreter = interpreterOf(text);
  if (interpreter === undefined) warnings.push({ code: 'no_interpreter_line' });
  else if (!interpreter.path.startsWith('/'))
    warnings.push({ code: 'interpreter_not_a_pathname', interpreter: interpreter.path });
  const first = text.indexOf('\r\n');
  if (first >= 0) warnings.push({ code: 'carriage_returns', lines: text.split('\r\n').length - 1, first: lineAt(text, first) });
  return { faults, warnings };
}

/** What the first line of a script names: the interpreter, and the one word that the kernel passes on. */
export function interpreterOf(text: string): { path: string; argument?: string } | undefined {
  const [, path, argument] = /^#![ \t]*([^ \t\n\0]+)(?:[ \t]+([^\n\0]*))?/.exec(text) ?? [];
  if (path === undefined) return undefined;
  const rest = argument?.trim();
  return { path, ...(rest ? { argument: rest } : {}) };
}

/** The shells that read a script without running it (`-n`). Others, such as perl -c, run parts of what they look at. */
export const CHECKED_SHELLS = ['sh', 'dash', 'bash', 'ksh', 'ksh93', 'mksh'] as const;
export type CheckedShell = (typeof CHECKED_SHELLS)[number];

/** The shell that a script is for, also by `env`; undefined for another language. */
export function shellOf(text: string): CheckedShell | undefined {
  const interpreter = interpreterOf(text);
  if (!interpreter) return undefined;
  const words = [interpreter.path, ...(interpreter.argument ?? '').split(/[ \t]+/)];
  const program =
    nameOf(words[0]) === 'env' ? words.slice(1).find((word) => NAME.test(nameOf(word)) && !word.includes('=')) : words[0];
  return CHECKED_SHELLS.find((shell) => shell === nameOf(program));
}

const nameOf = (path = ''): string => path.trim().slice(path.lastIndexOf('/') + 1);

const lineAt = (text: string, at: number): number => text.slice(0, at).split('\n').length;

function firstDifference(text: string): number {
  const whole = text.toWellFormed();
  let at = 0;
  while (at < text.length && text[at] === whole[at]) at += 1;
  return at;
}
