import { createReadStream } from 'node:fs';
import type { Io } from './io.ts';
import { err, ok, type Result } from './result.ts';
import { visibleLine } from './visible.ts';

export type TextFault =
  | { code: 'not_readable'; path: string; reason: string }
  | { code: 'text_too_long'; path: string; most: number }
  | { code: 'not_utf8'; path: string };

/** UTF-8 has at most so many bytes for what JavaScript counts as one character. */
const BYTES_OF_A_CHARACTER = 3;

/** The text of a file, or for `-` of the standard input; written out as UTF-8 it has the same bytes again. */
export async function readText(path: string, io: Io, most: number): Promise<Result<string, TextFault>> {
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const part of path === '-' ? io.input() : createReadStream(path)) {
      parts.push(part as Uint8Array);
      length += (part as Uint8Array).byteLength;
      if (length > most * BYTES_OF_A_CHARACTER) return err({ code: 'text_too_long', path, most });
    }
  } catch (error) {
    return err({ code: 'not_readable', path, reason: (error as NodeJS.ErrnoException).code ?? 'unknown' });
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.concat(parts));
    return text.length > most ? err({ code: 'text_too_long', path, most }) : ok(text);
  } catch {
    return err({ code: 'not_utf8', path });
  }
}

/** `where`: the attribute or option that names the file. */
export function textSentence(fault: TextFault, where: string): string {
  const file = fault.path === '-' ? 'the standard input' : visibleLine(fault.path);
  switch (fault.code) {
    case 'not_readable':
      return `${where}: ${file} cannot be read: ${reasonWords(fault.reason)}.`;
    case 'text_too_long':
      return `${where}: ${file} has more than ${fault.most} characters, the most that can be kept.`;
    case 'not_utf8':
      return `${where}: ${file} is not text in UTF-8. Give it in UTF-8; a program that is no text is kept outside, and configured by its full pathname.`;
  }
}

function reasonWords(reason: string): string {
  switch (reason) {
    case 'ENOENT':
    case 'ENOTDIR':
      return 'there is no such file';
    case 'EACCES':
    case 'EPERM':
      return 'this user may not read it';
    case 'EISDIR':
      return 'it is a directory';
    default:
      return reason;
  }
}
