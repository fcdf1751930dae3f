import { getAuditTrail, getCluster, getConfiguration, getRun, listRuns } from '../addresses.ts';
import { configurationLines } from '../configuration-lines.ts';
import { EXIT } from '../io.ts';
import { nearest } from '../nearest.ts';
import { printReply } from '../print.ts';
import { auditLines, clusterLines, nodeLines, runLines, runsLines } from '../query-lines.ts';
import { refuse, reportFault, wordsOf } from '../report.ts';
import type { RunVerb, Shell } from '../shell.ts';
import { visibleLine } from '../visible.ts';
import { queryCustomEvent, queryEvent } from './event.ts';
import { runNamed } from './runs.ts';

const CLASSES: Record<string, (name: string | undefined, json: boolean, shell: Shell) => Promise<number>> = {
  event: queryEvent,
  custom: queryCustomEvent,
  run: queryRun,
  cluster: queryCluster,
  node: queryNode,
  configuration: queryConfiguration,
  audit: queryAudit,
};
/** What takes no name behind it. */
const SINGLE = new Set(['cluster', 'configuration', 'audit']);

export const query: RunVerb = async (args, shell) => {
  const { io, usage } = shell;
  const read = wordsOf(io, args, { json: 'flag' } as const, { usage, least: 1, most: 2 });
  if (!read) return EXIT.refused;
  const [entryClass = '', name] = read.words;
  const ask = Object.hasOwn(CLASSES, entryClass) ? CLASSES[entryClass] : undefined;
  if (!ask) {
    const known = Object.keys(CLASSES);
    const meant = nearest(entryClass, known);
    const way = meant === undefined ? `Give one of ${known.join(', ')}.` : `Did you mean ${meant}?`;
    return refuse(io, `CLASS: there is no class "${visibleLine(entryClass)}" to query. ${way}`, `Usage: ${usage}`);
  }
  if (name !== undefined && SINGLE.has(entryClass))
    return refuse(io, `"${visibleLine(name)}" is one word too many here.`, `Usage: fallover query ${entryClass} [--json]`);
  return ask(name, read.options.json ?? false, shell);
};

async function queryRun(name: string | undefined, json: boolean, shell: Shell): Promise<number> {
  const { io, daemon } = shell;
  if (name === undefined) {
    const answer = await daemon.ask(listRuns);
    return answer.ok ? printReply(io, answer, json, (reply) => runsLines(reply)) : reportFault(io, answer.fault);
  }
  const run = await runNamed(name, shell);
  if (!run.ok) return run.error;
  const answer = await daemon.ask(getRun, { parameters: { run: run.value } });
  return answer.ok ? printReply(io, answer, json, runLines) : reportFault(io, answer.fault);
}

async function queryCluster(_name: string | undefined, json: boolean, { io, daemon }: Shell): Promise<number> {
  const answer = await daemon.ask(getCluster);
  return answer.ok ? printReply(io, answer, json, clusterLines) : reportFault(io, answer.fault);
}

async function queryNode(name: string | undefined, json: boolean, { io, daemon }: Shell): Promise<number> {
  const answer = await daemon.ask(getCluster);
  if (!answer.ok) return reportFault(io, answer.fault);
  const { nodes } = answer.reply;
  if (name !== undefined && !nodes.includes(name))
    return refuse(io, `NAME: "${visibleLine(name)}" is not a node of this cluster. Its nodes: ${nodes.join(', ')}.`);
  return printReply(io, answer, json, (reply) => (name === undefined ? reply.nodes : nodeLines(reply, name)));
}

async function queryConfiguration(_name: string | undefined, json: boolean, { io, daemon }: Shell): Promise<number> {
  const answer = await daemon.ask(getConfiguration);
  return answer.ok ? printReply(io, answer, json, configurationLines) : reportFault(io, answer.fault);
}

async function queryAudit(_name: string | undefined, json: boolean, { io, daemon }: Shell): Promise<number> {
  const answer = await daemon.ask(getAuditTrail, { query: { limit: 500 } });
  if (!answer.ok) return reportFault(io, answer.fault);
  printReply(io, answer, json, auditLines);
  const { whole, brokenAt } = answer.reply;
  if (whole) return EXIT.done;
  refuse(io, `The audit trail is not whole: an entry was edited or is missing at number ${brokenAt ?? 'unknown'}.`);
  return EXIT.failed;
}
