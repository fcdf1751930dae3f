import type { RunSummary } from '@fallover/contract';
import { listRuns } from './addresses.ts';
import type { Answer, Daemon } from './control-socket.ts';
import { err, ok, type Result } from './result.ts';
import { visibleLine } from './visible.ts';

export type RunIdFault =
  | { code: 'run_id_too_short'; text: string }
  | { code: 'no_such_run'; text: string }
  | { code: 'several_runs'; text: string; runs: string[] };

const WHOLE = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const SHORTEST = 6;
const PAGES_LOOKED_THROUGH = 40;

/** The one run whose id begins or ends so. */
export function matchRun(text: string, ids: readonly string[]): Result<string, RunIdFault> {
  const wanted = text.toLowerCase();
  if (wanted.length < SHORTEST) return err({ code: 'run_id_too_short', text });
  const found = ids.filter((id) => id.startsWith(wanted) || id.endsWith(wanted));
  const [only] = found;
  if (only === undefined) return err({ code: 'no_such_run', text });
  return found.length === 1 ? ok(only) : err({ code: 'several_runs', text, runs: found });
}

export function runIdSentence(fault: RunIdFault): string {
  const text = visibleLine(fault.text);
  switch (fault.code) {
    case 'run_id_too_short':
      return `RUN: "${text}" is too short for the id of a run; give at least ${SHORTEST} characters of its beginning or its end.`;
    case 'no_such_run':
      return `RUN: no run's id is, begins or ends with "${text}". "fallover query run" lists the runs.`;
    case 'several_runs':
      return `RUN: "${text}" stands for ${fault.runs.length} runs, such as ${fault.runs.slice(0, 3).join(', ')}; give more of the id.`;
  }
}

/** A run's whole id from what a person typed; a whole id is left to the daemon to know. */
export async function findRun(daemon: Daemon, text: string): Promise<Answer<Result<string, RunIdFault>>> {
  if (WHOLE.test(text)) return { ok: true, reply: ok(text), raw: '' };
  if (text.length < SHORTEST) return { ok: true, reply: matchRun(text, []), raw: '' };
  const runs: RunSummary[] = [];
  for (let page = 0; page < PAGES_LOOKED_THROUGH; page += 1) {
    const answer = await daemon.ask(listRuns, { query: { limit: 500, before: runs.at(-1)?.id } });
    if (!answer.ok) return answer;
    runs.push(...answer.reply.runs);
    if (!answer.reply.more || answer.reply.runs.length === 0) break;
  }
  return { ok: true, reply: matchRun(text, [...new Set(runs.map((run) => run.id))]), raw: '' };
}
