import { errnoMessage } from './errno.ts';
import { byBytes } from './script-names.ts';
import type { EventOutcomeKind, ScriptStatus } from './words.ts';
import { resultOf } from './script-end.ts';

/** What `ctdb event run` prints; nothing of an event that succeeded. */
export function runLine(component: string, event: string, outcome: EventOutcomeKind): string {
  switch (outcome) {
    case 'ok':
      return '';
    case 'failed':
      return `Event ${event} in ${component} failed\n`;
    case 'timed_out':
      return `Event ${event} in ${component} timed out\n`;
    case 'cancelled':
      return `Event ${event} in ${component} got cancelled\n`;
    case 'no_directory':
      return noDirectoryLine(component);
    case 'interrupted':
      return notRunLine(component, event, resultOf(outcome));
  }
}

export const noDirectoryLine = (component: string): string => `Event dir for ${component} does not exist\n`;
export const neverRunLine = (component: string, event: string): string => `Event ${event} has never run in ${component}\n`;
export const notRunLine = (component: string, event: string, result: number): string =>
  `Failed to run event ${event} in ${component}, result=${result}\n`;

export interface StatusLine {
  script: string;
  status: ScriptStatus;
  /** Of CANNOT RUN. */
  errno?: number;
  durationMs?: number;
  /** As ctime(3) writes it, without its newline. */
  startedAt: string;
  output: string;
}

/** What `ctdb event status` prints of one script. */
export function statusLine({ script, status, errno = 0, durationMs, startedAt, output }: StatusLine): string {
  const begin = `${script.padEnd(20)} ${status.padEnd(10)}`;
  const seconds = ((durationMs ?? 0) / 1000).toFixed(3);
  switch (status) {
    case 'OK':
      return `${begin} ${seconds} ${startedAt}\n`;
    case 'ERROR':
      return `${begin} ${seconds} ${startedAt}\n${outputLine(output)}`;
    case 'TIMEDOUT':
      return `${begin} ${startedAt}\n${outputLine(output)}`;
    case 'CANNOT RUN':
      return `${begin} (${errnoMessage(errno)})\n${outputLine(output)}`;
    case 'DISABLED':
      return `${begin}\n`;
  }
}

const outputLine = (output: string): string => `  OUTPUT: ${output}\n`;

export interface ListedScript {
  name: string;
  enabled: boolean;
  /** What the link says, where it is one. */
  link?: string | undefined;
}

/**
 * What `ctdb event script list` prints: the installed scripts, those with a star that a link of the component leads to; then
 * the component's own, those with a star that can be executed.
 */
export function scriptList(installed: readonly { name: string; path: string }[], scripts: readonly ListedScript[]): string {
  const isLinked = ({ name, path }: { name: string; path: string }): boolean =>
    scripts.some((script) => script.name === name && script.link === path);
  const line = (enabled: boolean, name: string): string => `${enabled ? '*' : ' '} ${name}\n`;
  const ofCtdb = [...installed].sort((one, other) => byBytes(one.name, other.name));
  const own = scripts.filter(({ name, link }) => !ofCtdb.some((one) => one.name === name && one.path === link));
  return [
    ...ofCtdb.map((script) => line(isLinked(script), script.name)),
    ...(ofCtdb.length > 0 && own.length > 0 ? ['\n'] : []),
    ...own.map(({ enabled, name }) => line(enabled, name)),
  ].join('');
}
