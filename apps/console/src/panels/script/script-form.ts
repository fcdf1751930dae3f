/** What is typed of a script, or stands in the draft. */
export interface ScriptText {
  revision: number;
  text: string;
  remark: string;
}

export interface ScriptForm {
  base: ScriptText;
  typed: ScriptText;
}

type Part = 'text' | 'remark';
const PARTS: readonly Part[] = ['text', 'remark'];

export const opened = (current: ScriptText): ScriptForm => ({ base: current, typed: current });

export const isTouched = ({ base, typed }: ScriptForm): boolean => PARTS.some((part) => base[part] !== typed[part]);

/** Nothing of what is typed would be lost: I changed nothing, or somebody saved just that (F6 in a shell does). */
export const mayFollow = (form: ScriptForm, theirs: ScriptText): boolean =>
  !isTouched(form) || PARTS.every((part) => form.typed[part] === theirs[part]);

/** Mine where I changed something, theirs where I did not: what is saved then goes on from their revision. */
export function rebased({ base, typed }: ScriptForm, theirs: ScriptText): ScriptForm {
  const mine = Object.fromEntries(PARTS.filter((part) => base[part] !== typed[part]).map((part) => [part, typed[part]]));
  return { base: theirs, typed: { ...theirs, ...mine } };
}
