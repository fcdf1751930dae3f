import { statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { err, ok, type Result } from '@fallover/events';
import { filesOfLog } from '@fallover/hacmp-out';
import { isAllowed, type Principal } from '../access/principal.ts';
import { refusal } from '../http/refusals.ts';
import type { Refusal, UseCases } from '../http/use-cases.ts';
import { download } from '../output/download.ts';
import type { OutputLines, Place } from '../output/output-lines.ts';

export interface LogParts {
  node: string;
  /** The newest file of hacmp.out. */
  hacmpOut: string;
  lines: OutputLines;
}

/** In the directory of hacmp.out. It tells of incidents and of who failed to sign in, which is not for everybody. */
const DAEMON_LOG = 'daemon.log';
const READS_DAEMON_LOG = 'admin';

type LogUseCases = Pick<UseCases, 'listLogs' | 'getLogLines' | 'searchLog' | 'downloadLog'>;

/** The log files of this node, as far as somebody may read them. Only a name of the closed list ever becomes a path. */
export interface NodeLogs {
  /** Newest first; hacmp.out comes with the first event. */
  filesFor(principal: Principal): string[];
  fileNamed(name: string, principal: Principal): Result<string, Refusal>;
}

export function nodeLogs({ hacmpOut }: Pick<LogParts, 'hacmpOut'>): NodeLogs {
  const daemonLog = join(dirname(hacmpOut), DAEMON_LOG);

  const filesFor = (principal: Principal): string[] => [
    ...filesOfLog(hacmpOut).reverse(),
    ...(isAllowed(principal, READS_DAEMON_LOG) ? [daemonLog] : []),
  ];

  return {
    filesFor,
    fileNamed(name, principal) {
      if (name === DAEMON_LOG && !isAllowed(principal, READS_DAEMON_LOG))
        return err(refusal({ code: 'not_permitted', name: principal.name, role: principal.role, needed: READS_DAEMON_LOG }));
      const files = filesFor(principal);
      const found = [...files, hacmpOut].find((file) => basename(file) === name);
      if (found !== undefined) return ok(found);
      const there = files.map((file) => basename(file)).join(', ');
      const those = there === '' ? 'There is none yet.' : `There are: ${there}.`;
      const sentence = `"${name}" is not a log of this node, or it was rotated away meanwhile. ${those}`;
      return err({ code: 'log_file_not_found', status: 404, sentence });
    },
  };
}

/** Log Viewing: the log files of this node. */
export function logUseCases({ node, hacmpOut, lines }: LogParts): LogUseCases {
  const { filesFor, fileNamed } = nodeLogs({ hacmpOut });

  return {
    async listLogs(_input, { principal }) {
      const logs = filesFor(principal).flatMap((file) => {
        const stats = statSync(file, { throwIfNoEntry: false });
        return stats ? [{ name: basename(file), size: stats.size, changedAt: stats.mtime.toISOString() }] : [];
      });
      return ok({ node, logs });
    },

    async getLogLines({ parameters: { log }, query: { from = 0, at, before, count } }, { principal, signal }) {
      const file = fileNamed(log, principal);
      if (!file.ok) return file;
      const place: Place = at === undefined ? { line: from } : { at, before };
      return ok(await lines.lines(file.value, place, count, signal));
    },

    async searchLog({ parameters: { log }, query: { text, from, at, direction, limit } }, { principal, signal }) {
      const file = fileNamed(log, principal);
      if (!file.ok) return file;
      const begin = { ...(from === undefined ? {} : { line: from }), ...(at === undefined ? {} : { at }) };
      const { matches, ...found } = await lines.search(file.value, { text, direction, most: limit, ...begin }, signal);
      const shown = [];
      for (const match of matches) {
        const [line] = (await lines.lines(file.value, { at: match.offset, before: 0 }, 1, signal)).lines;
        shown.push({ ...match, text: line?.text ?? '', ...(line?.cut === undefined ? {} : { cut: line.cut }) });
      }
      return ok({ ...found, matches: shown });
    },

    async downloadLog({ parameters: { log }, query: { gzip } }, { principal }) {
      const file = fileNamed(log, principal);
      return file.ok ? ok(download(file.value, `${node}-${log}`, gzip)) : file;
    },
  };
}
