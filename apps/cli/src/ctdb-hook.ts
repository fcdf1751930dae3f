import { createHash } from 'node:crypto';

/** What the hook in a component has to know. */
export interface HookSettings {
  component: string;
  /** The full pathname of Node, and of the program that it hands events over with. */
  node: string;
  program: string;
  /** The state directory of the cluster manager. */
  state: string;
}

/** First in its directory, also before 00.ctdb.script: of an event that fails in an earlier script nothing would be heard. */
export const hookFile = (number: string): string => `${number}.00-fallover.script`;

const SHELL = '#!/bin/sh\n';
const MARK = '# Laid down by "fallover ctdb install-hook"; sha256 of what is below: ';

/** The script, with a line by which it can be told whether somebody has edited it since. */
export function hookText(settings: HookSettings): string {
  const body = hookBody(settings);
  return `${SHELL}${MARK}${digestOf(body)}\n${body}`;
}

/** A hook as `hookText` wrote it, of whatever release and with whatever settings. */
export function isHook(text: string): boolean {
  const start = `${SHELL}${MARK}`;
  const end = text.indexOf('\n', start.length);
  return text.startsWith(start) && text.slice(start.length, end) === digestOf(text.slice(end + 1));
}

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A word for the shell, whatever is in it. */
const word = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

const hookBody = ({ component, node, program, state }: HookSettings): string => `#
# Hands each event that CTDB runs in component ${component} to the cluster manager of Fallover on this node. It takes less
# than a second, also where that is stopped or hangs, and it never fails the event. What could not be handed over is left in
# the state directory, and is taken up later. "fallover ctdb uninstall-hook ${component}" takes it away.
PATH=/usr/sbin:/usr/bin:/sbin:/bin
export PATH
state=${word(state)}
component=${word(component)}
at=$(date +%s%3N)
id=$at-$$
NODE_COMPILE_CACHE=$state/components/cache
export NODE_COMPILE_CACHE
timeout -s KILL 0.8 ${word(node)} ${word(program)} \\
  "$state/control.sock" "$id" "$at" "$component" "$@" </dev/null >/dev/null 2>&1 && exit 0
left=$state/components/handed
[ -d "$left" ] && [ "$(ls "$left" 2>/dev/null | wc -l)" -lt 1000 ] || exit 0
umask 077
printf '%s\\0' "$id" "$at" "$component" "$@" 2>/dev/null >"$left/.$id" && mv "$left/.$id" "$left/$id" 2>/dev/null
exit 0
`;
