import type { RunSummary } from '@fallover/contract';
import { listRuns } from './addresses.ts';
import type { Answer, Daemon } from './control-socket.ts';
import { ok, type Result } from './result.ts';
import { type IdFault, idSentence, isTooShort, isWholeId, matchId } from './short-id.ts';

const PAGES_LOOKED_THROUGH = 40;

export const runIdSentence = (fault: IdFault): string =>
  idSentence(fault, { place: 'RUN', one: 'run', several: 'runs', list: 'fallover query run' });

/** A run's whole id from what a person typed; a whole id is left to the daemon to know. */
export async function findRun(daemon: Daemon, text: string): Promise<Answer<Result<string, IdFault>>> {
  if (isWholeId(text)) return { ok: true, reply: ok(text), raw: '' };
  if (isTooShort(text)) return { ok: true, reply: matchId(text, []), raw: '' };
  const runs: RunSummary[] = [];
  for (let page = 0; page < PAGES_LOOKED_THROUGH; page += 1) {
    const answer = await daemon.ask(listRuns, { query: { limit: 500, before: runs.at(-1)?.id } });
    if (!answer.ok) return answer;
    runs.push(...answer.reply.runs);
    if (!answer.reply.more || answer.reply.runs.length === 0) break;
  }
  return { ok: true, reply: matchId(text, [...new Set(runs.map((run) => run.id))]), raw: '' };
}
