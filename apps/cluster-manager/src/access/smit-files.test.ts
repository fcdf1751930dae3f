import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { type AuditEntry, auditTrail } from './audit.ts';
import { smitLog, smitScript } from './smit-files.ts';

const trail = () => auditTrail(new DatabaseSync(':memory:'), { now: () => Date.UTC(2026, 10, 23, 14, 22, 10) });
const text = async (pieces: AsyncIterable<string>): Promise<string> => {
  let all = '';
  for await (const piece of pieces) all += piece;
  return all;
};

const asked = (requestId: string, detail: string, more: Partial<AuditEntry> = {}): AuditEntry => ({
  principal: 'anna',
  via: 'session',
  address: '192.0.2.7',
  action: 'runEvent',
  target: '/api/v1/runs',
  phase: 'intent',
  requestId,
  detail,
  ...more,
});
const came = (requestId: string, outcome: string, more: Partial<AuditEntry> = {}): AuditEntry => {
  const { detail: _, ...effect } = { ...asked(requestId, ''), phase: 'effect' as const, outcome };
  return { ...effect, ...more };
};

function filled() {
  const audit = trail();
  audit.append(asked('1', 'fallover run node_up nodea'));
  audit.append(
    asked('2', "fallover add event one FILE=/opt/one\nfallover modify event one NODE=nodeb FILE='/opt/b'", {
      principal: 'bert',
      action: 'changeCustomEvent',
    }),
  );
  audit.append(came('1', 'done'));
  audit.append(
    came('2', 'changed_meanwhile', { principal: 'bert', action: 'changeCustomEvent', detail: 'Somebody else changed it.' }),
  );
  const local = { principal: 'local administrator', via: 'control_socket', address: 'control socket', action: 'synchronise' };
  audit.append(asked('3', 'fallover sync', local));
  audit.append(came('3', 'done', local));
  audit.append({
    principal: 'not signed in',
    via: 'network',
    address: '192.0.2.9',
    action: 'signIn',
    target: '/',
    phase: 'intent',
    detail: '{"name":"an\\nna"}',
  });
  audit.append({
    principal: 'not signed in',
    via: 'network',
    address: '192.0.2.9',
    action: 'signIn',
    target: '/',
    phase: 'effect',
    outcome: 'sign_in_refused',
  });
  audit.append(asked('4', 'fallover recover', { action: 'recover' }));
  return audit;
}

describe('smit.script', () => {
  it('does again what succeeded, and nothing else', async () => {
    expect(await text(smitScript(filled(), 'cluster payroll'))).toBe(`#!/bin/sh
# smit.script: cluster payroll
# What succeeded, to be done again by sh; smit.log has all that was tried.

# 2026-11-23T14:22:10.000Z anna
fallover run node_up nodea

# 2026-11-23T14:22:10.000Z local administrator
fallover sync
`);
  });

  it('keeps the lines of a here-document, what is printed into a line, and what could not be kept', async () => {
    const audit = trail();
    const details = [
      "fallover add script one FILE=- <<'END_OF_FILE'\n#!/bin/sh\n\n# done\nEND_OF_FILE",
      'printf %s x | fallover modify script one FILE=-',
      '# fallover apply - was given a file that is not kept here.',
      '{"body":{}}',
    ];
    for (const [index, detail] of details.entries()) {
      audit.append(asked(String(index), detail));
      audit.append(came(String(index), 'done'));
    }
    const lines = (await text(smitScript(audit, 'x'))).split('\n# 2026-11-23T14:22:10.000Z anna\n').slice(1);
    expect(lines).toEqual(details.slice(0, 3).map((detail) => `${detail}\n`));
  });

  it('is of one person where that is asked for', async () => {
    expect(await text(smitScript(filled(), 'x', 'bert'))).not.toContain('fallover ');
  });

  it('has no line that a title or a name made', async () => {
    expect(await text(smitScript(trail(), 'x\nrm -rf /'))).toBe(
      '#!/bin/sh\n# smit.script: x?rm -rf /\n# What succeeded, to be done again by sh; smit.log has all that was tried.\n',
    );
  });
});

describe('smit.log', () => {
  it('shows what would move the cursor of whoever reads it', async () => {
    const audit = trail();
    audit.append(asked('1', "fallover add script x FILE=- <<'E'\n\u001b[2J\rfake\nE", { action: 'changeScript' }));
    const log = await text(smitLog(audit, 'payroll'));
    expect(log).not.toContain('\u001b');
    expect(log).not.toContain('\r');
    expect(log).toContain('fake');
  });

  it('has all that was tried, with what came of it', async () => {
    expect(await text(smitLog(filled(), 'cluster payroll'))).toBe(`smit.log: cluster payroll

2026-11-23T14:22:10.000Z anna (session from 192.0.2.7) runEvent: done
    fallover run node_up nodea

2026-11-23T14:22:10.000Z bert (session from 192.0.2.7) changeCustomEvent: changed_meanwhile
    fallover add event one FILE=/opt/one
    fallover modify event one NODE=nodeb FILE='/opt/b'
    Somebody else changed it.

2026-11-23T14:22:10.000Z local administrator (shell) synchronise: done
    fallover sync

2026-11-23T14:22:10.000Z not signed in (network from 192.0.2.9) signIn: sign_in_refused

2026-11-23T14:22:10.000Z anna (session from 192.0.2.7) recover: what came of it is not known
    fallover recover
`);
  });
});
