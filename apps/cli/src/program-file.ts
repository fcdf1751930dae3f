import { LONGEST_PROGRAM } from '@fallover/events';
import type { Io } from './io.ts';
import { refuse } from './report.ts';
import { err, ok, type Result } from './result.ts';
import { readText, textSentence } from './text-file.ts';

/** Attributes as they are given, with what a file says in place of its name; of a library script the text beside them. */
export interface AttributesRead {
  attributes: string[];
  text?: string;
}

const NAME = 'RECOVERY_PROGRAM';

/** With RECOVERY_PROGRAM=@FILE read: in its stead the attribute with the text of the file; @- is the standard input. */
export async function readProgramFile(attributes: readonly string[], io: Io): Promise<Result<AttributesRead, number>> {
  const at = attributes.findIndex((attribute) => attribute.toUpperCase().startsWith(`${NAME}=@`));
  if (at < 0) return ok({ attributes: [...attributes] });
  const path = (attributes[at] ?? '').slice(`${NAME}=@`.length);
  if (path === '')
    return err(refuse(io, `${NAME}: the name of a file is missing behind @. Give @FILE, or @- for the standard input.`));
  const text = await readText(path, io, LONGEST_PROGRAM);
  if (!text.ok) return err(refuse(io, textSentence(text.error, NAME)));
  if (text.value.trim() === '')
    return err(refuse(io, `${NAME}: it is empty. To have the predefined program again, give ${NAME}= with nothing behind.`));
  return ok({ attributes: attributes.with(at, `${NAME}=${text.value}`) });
}
