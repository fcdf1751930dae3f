import { reportFault } from '../report.ts';
import type { RunVerb } from '../shell.ts';
import { runSummaries } from '../summaries.ts';

/** With --file the daemon is not asked. */
export const summaries: RunVerb = (args, { io, daemon }) =>
  runSummaries(args, io, {
    async fetchText(path, query) {
      const answer = await daemon.ask({ method: 'GET', path }, { query });
      return answer.ok ? { ok: true, text: answer.raw } : { ok: false, status: reportFault(io, answer.fault) };
    },
  });
