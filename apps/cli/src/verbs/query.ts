import { getAuditTrail, getConfiguration, getLogLines, getRun, listLogs, listRunNotifications, listRuns } from '../addresses.ts';
import { classWayOut } from '../classes.ts';
import { configurationLines } from '../configuration-lines.ts';
import { EXIT } from '../io.ts';
import { leftRunning, leftRunningLines } from '../left-running.ts';
import { runNotificationLines } from '../notification-lines.ts';
import { printLines, printReply } from '../print.ts';
import { auditLines, logLines, logsLines, runLines, runsLines } from '../query-lines.ts';
import { refuse, reportFault, wordsOf } from '../report.ts';
import type { RunVerb, Shell } from '../shell.ts';
import { visibleLine } from '../visible.ts';
import { queryComponent } from './component.ts';
import { queryRevision } from './history.ts';
import { queryNotification } from './notification.ts';
import { queryClass, queryCluster, queryCustomEvent, queryEvent, queryNode } from './query-entry.ts';
import { queryMethod } from './query-method.ts';
import { queryProgram } from './query-program.ts';
import { queryTransport } from './query-transport.ts';
import { runNamed } from './runs.ts';
import { queryScript } from './script.ts';
import { queryServices } from './services.ts';
import { querySilence } from './silence.ts';
import { querySnapshot } from './snapshot.ts';
import { queryVerification } from './verify.ts';

const CLASSES: Record<string, (name: string | undefined, json: boolean, shell: Shell) => Promise<number>> = {
  event: queryEvent,
  custom: queryCustomEvent,
  run: queryRun,
  cluster: queryCluster,
  node: queryNode,
  services: queryServices,
  component: queryComponent,
  site: queryClass('site'),
  network: queryClass('network'),
  interface: queryClass('interface'),
  service_label: queryClass('service_label'),
  service_ip: queryClass('service_label'),
  script: (name, json, shell) => queryScript(name, { json, active: false, raw: false }, shell),
  program: (name, json, shell) => queryProgram(name, { json, active: false, raw: false }, shell),
  method: queryMethod,
  transport: queryTransport,
  notification: (name, json, shell) => queryNotification(name, json, {}, shell),
  silence: querySilence,
  revision: queryRevision,
  snapshot: querySnapshot,
  verification: queryVerification,
  configuration: queryConfiguration,
  log: queryLog,
  audit: queryAudit,
};
/** Of a log, so many lines of its end are printed. */
const LOG_LINES = 500;
/** What takes no name behind it. */
const SINGLE = new Set(['cluster', 'configuration', 'verification', 'audit', 'silence']);

const OF_SCRIPT = { raw: 'flag', active: 'flag' } as const;
const OF_NOTIFICATION = {
  method: 'value',
  event: 'value',
  run: 'value',
  status: 'value',
  text: 'value',
  before: 'value',
  limit: 'value',
} as const;

export const query: RunVerb = async (args, shell) => {
  const { io, usage } = shell;
  const read = wordsOf(io, args, { json: 'flag', node: 'value', ...OF_SCRIPT, ...OF_NOTIFICATION } as const, {
    usage,
    least: 1,
    most: 2,
  });
  if (!read) return EXIT.refused;
  const [entryClass = '', name] = read.words;
  const { json = false, raw = false, active = false, node, ...filter } = read.options;
  const ask = Object.hasOwn(CLASSES, entryClass) ? CLASSES[entryClass] : undefined;
  if (!ask)
    return refuse(
      io,
      `CLASS: there is no class "${visibleLine(entryClass)}" to query. ${classWayOut(entryClass, Object.keys(CLASSES))}`,
      `Usage: ${usage}`,
    );
  if (name !== undefined && SINGLE.has(entryClass))
    return refuse(io, `"${visibleLine(name)}" is one word too many here.`, `Usage: fallover query ${entryClass} [--json]`);
  if (node !== undefined && entryClass === 'log') return queryLog(name, json, shell, node);
  if (node !== undefined) return refuse(io, '--node is of a log.', 'Usage: fallover query log [NAME] [--node NODE] [--json]');
  const [filtered] = Object.keys(filter);
  if (entryClass === 'notification' && !raw && !active) return queryNotification(name, json, filter, shell);
  if (filtered !== undefined)
    return refuse(
      io,
      `--${filtered} is of the delivery log.`,
      'Usage: fallover query notification [--method M] [--event E] [--run R] [--status S] [--text T] [--limit N] [--before B] [--json]',
    );
  if (!raw && !active) return ask(name, json, shell);
  if (entryClass === 'program' && name !== undefined) return queryProgram(name, { json, raw, active }, shell);
  if (entryClass !== 'script' || name === undefined)
    return refuse(
      io,
      `${raw ? '--raw' : '--active'} is of the text of one script or program.`,
      'Usage: fallover query script|program NAME [--active] [--raw] [--json]',
    );
  return queryScript(name, { json, raw, active }, shell);
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
  if (!answer.ok) return reportFault(io, answer.fault);
  printReply(io, answer, json, runLines);
  if (json) return EXIT.done;
  printLines(io, leftRunningLines(await leftRunning(answer.reply, daemon)));
  const told = await daemon.ask(listRunNotifications, { parameters: { run: run.value } });
  if (!told.ok) return reportFault(io, told.fault);
  printLines(io, runNotificationLines(told.reply));
  return EXIT.done;
}

async function queryConfiguration(_name: string | undefined, json: boolean, { io, daemon }: Shell): Promise<number> {
  const answer = await daemon.ask(getConfiguration);
  return answer.ok ? printReply(io, answer, json, configurationLines) : reportFault(io, answer.fault);
}

async function queryLog(name: string | undefined, json: boolean, { io, daemon }: Shell, node?: string): Promise<number> {
  if (name === undefined) {
    const answer = await daemon.ask(listLogs, { query: { node } });
    return answer.ok ? printReply(io, answer, json, logsLines) : reportFault(io, answer.fault);
  }
  const answer = await daemon.ask(getLogLines, {
    parameters: { log: name },
    query: { node, from: -LOG_LINES, count: LOG_LINES },
  });
  return answer.ok ? printReply(io, answer, json, logLines) : reportFault(io, answer.fault);
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
