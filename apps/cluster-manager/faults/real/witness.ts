import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseStepId } from '@fallover/events';
import type { Witnessed } from '../../src/membership/cluster.test-support.ts';

/** A step as its command saw it, in milliseconds since the machine was started. */
export interface Seen extends Witnessed {
  run: string;
  attempt: number;
  /** Whether it acquires or releases resource groups, as the event whose command it is. */
  slow: boolean;
  /** When it was last seen to live: at its end, or shortly before it was killed. */
  lastSeenAt: number;
}

/**
 * Each command writes when it has started, every tenth of a second that it lives, and when it ends, each by one write at the
 * file's end. The clock is that of /proc/uptime: it counts suspend and is never set.
 */
const prelude = (file: string, slow: boolean): string => `#!/bin/sh
tell() { read -r up idle </proc/uptime; echo "$1 $FALLOVER_STEP $LOCALNODENAME $FALLOVER_TOKEN $up ${slow ? 'slow' : 'fast'}" >>'${file}'; }
live() { left=$1; while [ "$left" -gt 0 ]; do sleep 0.1; tell lives; left=$((left - 1)); done; }
finish() { tell end; exit "$1"; }
tell start
`;

/** How long a command takes follows from its token, so that it differs from attempt to attempt; `slow` outlives a lease on about one node of three. */
const SCRIPTS = {
  quick: { slow: false, lines: 'finish 0' },
  work: { slow: false, lines: 'live $((FALLOVER_TOKEN * 7 % 6))\n[ $((FALLOVER_TOKEN % 19)) = 7 ] && finish 1\nfinish 0' },
  slow: {
    slow: true,
    lines: '[ $((FALLOVER_TOKEN % 3)) = 0 ] && live $((90 + FALLOVER_TOKEN % 30))\nlive $((FALLOVER_TOKEN % 9))\nfinish 0',
  },
  down: { slow: true, lines: 'live $((FALLOVER_TOKEN * 7 % 9))\nfinish 0' },
} as const;

/** Writes the commands and answers with the configuration that names them, as JSON. */
export function writeCommands(directory: string, file: string): string {
  mkdirSync(directory, { mode: 0o755 });
  writeFileSync(file, '');
  const path = (name: keyof typeof SCRIPTS): string => join(directory, name);
  for (const [name, { slow, lines }] of Object.entries(SCRIPTS)) {
    const script = path(name as keyof typeof SCRIPTS);
    writeFileSync(script, `${prelude(file, slow)}${lines}\n`);
    chmodSync(script, 0o755);
  }
  const event = (name: string, script: keyof typeof SCRIPTS, more: object = {}) => ({
    class: 'event',
    name,
    fields: { eventCommand: { cluster: path(script) }, ...more },
  });
  const around = { preEventCommand: { cluster: ['tell', 'look'] }, postEventCommand: { cluster: ['tell'] } };
  return JSON.stringify({
    format: 1,
    entries: [
      { class: 'custom_event', name: 'tell', fields: { script: { cluster: path('quick') } } },
      { class: 'custom_event', name: 'look', fields: { script: { cluster: path('quick') } } },
      event('network_up', 'work', around),
      event('network_up_complete', 'work'),
      event('network_down', 'work', around),
      event('network_down_complete', 'quick'),
      event('reconfig_resource_release', 'slow'),
      event('reconfig_resource_acquire', 'down'),
      event('reconfig_resource_complete', 'down'),
      event('node_up', 'down'),
      event('node_up_complete', 'quick'),
      event('node_down', 'down'),
      event('node_down_complete', 'quick'),
    ],
  });
}

/** `aheadMs`: by how much the clock of a node is ahead of the machine's, since it is in a time namespace of its own. */
export function readWitness(text: string, aheadMs: (node: string) => number): Seen[] {
  const open = new Map<string, Seen>();
  const seen: Seen[] = [];
  for (const line of text.split('\n').filter((one) => one !== '')) {
    const [kind, step = '', node = '', token, up, speed] = line.split(' ');
    const at = Number(up) * 1000 - aheadMs(node);
    const path = parseStepId(step);
    if (!path || !Number.isFinite(at)) throw new Error(`Not a line of a witness: ${line}`);
    if (kind === 'start') {
      const attempt = path.steps.at(-1)?.attempt ?? 0;
      const started = { run: path.run, step, node, attempt, token: Number(token), slow: speed === 'slow' };
      const one: Seen = { ...started, startedAt: at, lastSeenAt: at };
      seen.push(one);
      open.set(step, one);
      continue;
    }
    const one = open.get(step);
    if (!one) throw new Error(`A witness has the end of a step and not its start: ${line}`);
    one.lastSeenAt = at;
    if (kind === 'end') one.endedAt = at;
  }
  return seen;
}
