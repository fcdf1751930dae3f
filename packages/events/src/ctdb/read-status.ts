import { SCRIPT_STATUSES, type ScriptStatus } from './words.ts';

/** A script in what `ctdb event status COMPONENT EVENT` prints. */
export interface ReportedScript {
  script: string;
  status: ScriptStatus;
  durationMs?: number;
  /** Milliseconds since 1970, by the second. */
  startedAt?: number;
  /** CTDB prints it for what has failed or timed out. */
  output?: string;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const DATE = `\\w{3} (?<month>${MONTHS.join('|')}) +(?<day>\\d+) (?<hour>\\d\\d):(?<minute>\\d\\d):(?<second>\\d\\d) (?<year>\\d{4})`;
const SCRIPT = new RegExp(
  `^(?<script>[0-9]{2}\\.\\S*) +(?<status>${SCRIPT_STATUSES.join('|')}) *(?:(?<seconds>\\d+\\.\\d{3}) )?(?:${DATE})?$`,
);
const OUTPUT = '  OUTPUT: ';

/**
 * Reads it back; the dates as UTC, so run the command with TZ=UTC. A line of output that looks like a script is taken for one:
 * the format has nothing to tell them apart by.
 */
export function readStatus(text: string): ReportedScript[] {
  const scripts: ReportedScript[] = [];
  for (const line of text.split('\n')) {
    const groups = SCRIPT.exec(line)?.groups;
    const last = scripts.at(-1);
    if (groups) scripts.push(reported(groups));
    else if (last?.output !== undefined) last.output += `\n${line}`;
    else if (last && line.startsWith(OUTPUT)) last.output = line.slice(OUTPUT.length);
  }
  for (const script of scripts) {
    if (script.output !== undefined) script.output = script.output.replace(/\n+$/, '\n').replace(/^\n$/, '');
  }
  return scripts;
}

function reported({ script = '', status, seconds, ...date }: Record<string, string | undefined>): ReportedScript {
  const startedAt = timeOf(date);
  return {
    script,
    status: SCRIPT_STATUSES.find((known) => known === status) ?? 'CANNOT RUN',
    ...(seconds === undefined ? {} : { durationMs: Math.round(Number(seconds) * 1000) }),
    ...(startedAt === undefined ? {} : { startedAt }),
  };
}

function timeOf({ year, month, day, hour, minute, second }: Record<string, string | undefined>): number | undefined {
  const index = MONTHS.findIndex((name) => name === month);
  if (index === -1) return undefined;
  return Date.UTC(Number(year), index, Number(day), Number(hour), Number(minute), Number(second));
}
