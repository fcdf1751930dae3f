import { setImmediate } from 'node:timers/promises';
import type { AuditRow, AuditTrail } from './audit.ts';

const READ_AT_ONCE = 500;

interface Done {
  at: string;
  principal: string;
  via: string;
  address?: string | undefined;
  action: string;
  /** `done`, or the code of what it was refused for. */
  outcome: string;
  /** The lines of `fallover`, or what else the intent says. */
  asked: string;
  /** Why it was refused. */
  sentence?: string | undefined;
}

/** The lines of `fallover` that do again what succeeded, oldest first, as a script for `sh`. */
export async function* smitScript(audit: Pick<AuditTrail, 'readOn'>, title: string, whose?: string): AsyncGenerator<string> {
  yield `#!/bin/sh\n# smit.script: ${oneLine(title)}\n# What succeeded, to be done again by sh; smit.log has all that was tried.\n`;
  for await (const { at, principal, outcome, asked } of doneBy(audit, whose)) {
    if (outcome !== 'done' || asked === '' || asked.startsWith('{')) continue;
    yield `\n# ${oneLine(`${at} ${principal}`)}\n${asked}\n`;
  }
}

/** All that was tried, oldest first. */
export async function* smitLog(audit: Pick<AuditTrail, 'readOn'>, title: string, whose?: string): AsyncGenerator<string> {
  yield `smit.log: ${oneLine(title)}\n`;
  for await (const { at, principal, via, address, action, outcome, asked, sentence } of doneBy(audit, whose)) {
    const from = address === undefined || via === 'control_socket' ? '' : ` from ${address}`;
    const by = via === 'control_socket' ? 'shell' : via;
    yield `\n${oneLine(`${at} ${principal} (${by}${from}) ${action}: ${outcome}`)}\n`;
    for (const line of [...(asked.startsWith('{') ? [] : asked.split('\n')), ...(sentence === undefined ? [] : [sentence])])
      yield `    ${oneLine(line)}\n`;
  }
}

/** Each intent with what came of it, when that is known; one without an outcome stands at the end. */
async function* doneBy(audit: Pick<AuditTrail, 'readOn'>, whose?: string): AsyncGenerator<Done> {
  const open = new Map<string, AuditRow>();
  for (let after = 0; ; ) {
    const rows = audit.readOn({ after, limit: READ_AT_ONCE });
    for (const row of rows) {
      after = row.number;
      if (whose !== undefined && row.principal !== whose) continue;
      const key = row.requestId ?? `${row.principal} ${row.action} ${row.address}`;
      if (row.phase === 'intent') open.set(key, row);
      else {
        yield doneOf(open.get(key), row);
        open.delete(key);
      }
    }
    if (rows.length < READ_AT_ONCE) break;
    await setImmediate();
  }
  for (const intent of open.values()) yield { ...doneOf(intent, intent), outcome: 'what came of it is not known' };
}

const doneOf = (intent: AuditRow | undefined, effect: AuditRow): Done => ({
  at: (intent ?? effect).at,
  principal: effect.principal,
  via: effect.via,
  address: effect.address,
  action: effect.action,
  outcome: effect.outcome ?? '',
  asked: intent?.detail ?? '',
  sentence: effect.phase === 'effect' ? effect.detail : undefined,
});

/** Nothing that was written into the trail makes a line of its own here. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are just what is taken out
const oneLine = (text: string): string => text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, '?');
