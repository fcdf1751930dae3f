import { err, ok, type Result } from './result.ts';

/** The form of every name: of a node, a custom event, a network. Nothing begins with `-`, nothing needs quoting. */
export const NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/;

export type NameFault = { code: 'not_a_name'; field: string; text: string };

export function parseName(text: string, field: string): Result<string, NameFault> {
  return NAME.test(text) ? ok(text) : err({ code: 'not_a_name', field, text });
}

export type PathnameFault =
  | { code: 'not_a_full_pathname'; field: string; text: string }
  | { code: 'pathname_with_arguments'; field: string; text: string }
  | { code: 'pathname_too_long'; field: string; text: string };

export const LONGEST_PATHNAME = 1024;

/** A command is a full pathname and nothing else: no arguments, no shell (DOMAIN.md section 1). */
export function parseFullPathname(text: string, field: string): Result<string, PathnameFault> {
  return /\s/.test(text) ? err({ code: 'pathname_with_arguments', field, text }) : parseFilePathname(text, field);
}

/** The full pathname of a file that is read: other than in a command, a blank in it is a part of its name. */
export function parseFilePathname(text: string, field: string): Result<string, PathnameFault> {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a control character is just what is refused here
  if (!/^\/[^\u0000-\u001f\u007f]*[^/\u0000-\u001f\u007f]$/.test(text) || /\/\.{0,2}(\/|$)/.test(text))
    return err({ code: 'not_a_full_pathname', field, text });
  if (text.length > LONGEST_PATHNAME) return err({ code: 'pathname_too_long', field, text });
  return ok(text);
}

/** An IPv4 address and an IP label both have the form of a name. */
const IPV6_ADDRESS = /^(?=.*:.*:)[0-9A-Fa-f:.]{2,45}(%[A-Za-z0-9_.-]{1,15})?$/;

export const isIpLabel = (text: string): boolean => NAME.test(text) || IPV6_ADDRESS.test(text);
