import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Component } from './component-events.ts';
import { type HandedEvent, handedEvents } from './handed-events.ts';
import { type Observer, observer } from './observe.ts';

const legacy: Component = { name: 'legacy', directory: '/events/legacy', profile: 'ctdb', mode: 'observed', source: 'base' };
const AT = Date.UTC(2026, 10, 26, 15, 19, 15, 200);

let directory: string;
let lines: string[];
let status: string | undefined;
let time: number;
let waits: { at: number; call(): void }[];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'fallover-handed-'));
  lines = [];
  status = 'Event monitor has never run in legacy\n';
  time = AT;
  waits = [];
});
afterEach(() => rmSync(directory, { recursive: true }));

const daemon = (): Observer =>
  observer({
    events: {
      components: () => [legacy, { ...legacy, name: 'driven', mode: 'driven' }],
      observed({ component, event, args, outcome, scripts = [] }) {
        lines.push(
          [
            component,
            event,
            ...args,
            outcome,
            ...scripts.map(({ script, status, exitStatus = '' }) => `${script}=${status}${exitStatus}`),
          ].join(' '),
        );
        return '';
      },
    },
    handed: handedEvents(directory),
    statusOf: async () => (status === undefined ? undefined : { text: status, status: 3 }),
    timers: {
      after(ms, call) {
        const wait = { at: time + ms, call };
        waits.push(wait);
        return () => {
          waits = waits.filter((one) => one !== wait);
        };
      },
    },
    now: () => time,
    ran: async (_, { event }) => void lines.push(`ran ${event}`),
    failed: (error) => {
      throw error;
    },
  });
const seen = (more: Partial<HandedEvent> = {}): HandedEvent => ({
  id: `${more.at ?? AT}-${more.event ?? 'monitor'}`.replace(/[a-z]+$/, (name) => String(name.length)),
  at: AT,
  component: 'legacy',
  event: 'monitor',
  args: [],
  ...more,
});
/** Until `ms` after the event. */
async function passes(ms: number): Promise<void> {
  for (;;) {
    await new Promise((resolve) => setImmediate(resolve));
    const next = waits.toSorted((a, b) => a.at - b.at)[0];
    if (!next || next.at > AT + ms) break;
    waits = waits.filter((one) => one !== next);
    time = Math.max(time, next.at);
    next.call();
  }
  time = AT + ms;
}
const left = (): number => readdirSync(directory).length;

describe('what the CTDB of this node runs', () => {
  it('is recorded once ctdb event status says how it ended, script by script', async () => {
    const { heard } = daemon();
    expect(await heard(seen())).toBeUndefined();
    await passes(1000);
    expect([lines, left()]).toEqual([['ran monitor'], 1]);
    status = `00.00-fallover       OK         0.101 Thu Nov 26 15:19:15 2026
10.interface         DISABLED  \u0020
40.vsftpd            ERROR      0.030 Thu Nov 26 15:19:16 2026
  OUTPUT: not listening
`;
    await passes(2000);
    expect([lines, left()]).toEqual([
      ['ran monitor', 'legacy monitor failed 00.00-fallover=OK 10.interface=DISABLED 40.vsftpd=ERROR3'],
      0,
    ]);
  });

  it('is no second event when it is handed over again', async () => {
    const { heard, takeUp } = daemon();
    status = '00.00-fallover       OK         0.101 Thu Nov 26 15:19:15 2026\n';
    void heard(seen());
    void heard(seen());
    await passes(1000);
    handedEvents(directory).keep(seen());
    takeUp();
    await passes(2000);
    expect([lines, left()]).toEqual([['ran monitor', 'legacy monitor ok 00.00-fallover=OK'], 0]);
  });

  it('was cancelled, or is not known, when the next one of its kind came without a status of it', async () => {
    const { heard } = daemon();
    void heard(seen());
    await passes(10_000);
    status = '00.00-fallover       OK         0.101 Thu Nov 26 15:19:25 2026\n';
    void heard(seen({ at: AT + 10_000 }));
    await passes(11_000);
    expect(lines.slice(1)).toEqual(['ran monitor', 'legacy monitor cancelled', 'legacy monitor ok 00.00-fallover=OK']);
  });

  it('is looked at before its hook lets the next one of its kind go on, so that none is missed in a row of them', async () => {
    const { heard } = daemon();
    await heard(seen({ event: 'takeip', args: ['eth0', '10.0.0.1', '24'] }));
    status = '00.00-fallover       OK         0.101 Thu Nov 26 15:19:15 2026\n';
    await heard(seen({ event: 'takeip', at: AT + 50, args: ['eth0', '10.0.0.2', '24'] }));
    expect(lines).toEqual(['ran takeip', 'ran takeip', 'legacy takeip eth0 10.0.0.1 24 ok 00.00-fallover=OK']);
    await passes(200);
    expect(lines.slice(3)).toEqual(['legacy takeip eth0 10.0.0.2 24 ok 00.00-fallover=OK']);
  });

  it('is let go when no status ever comes, and at once where ctdb cannot be asked', async () => {
    const { heard } = daemon();
    void heard(seen({ event: 'recovered' }));
    await passes(64_000);
    expect(lines).toEqual(['ran recovered']);
    await passes(66_000);
    expect(lines).toEqual(['ran recovered', 'legacy recovered interrupted']);
    status = undefined;
    void heard(seen({ event: 'stopped', at: time }));
    await passes(67_000);
    expect(lines.at(-1)).toBe('legacy stopped interrupted');
  });

  it('is taken up by the next daemon, and from what the hook has left while none was there', async () => {
    const first = daemon();
    void first.heard(seen());
    await passes(0);
    first.close();
    writeFileSync(
      join(directory, `${AT + 1}-77`),
      [`${AT + 1}-77`, AT + 1, 'legacy', 'takeip', 'eth0', '10.0.0.1', '24', ''].join('\0'),
    );
    writeFileSync(join(directory, `${AT + 2}-78`), 'torn');
    writeFileSync(join(directory, `${AT + 3}-79`), [`${AT + 3}-79`, AT + 3, 'gone', 'monitor', ''].join('\0'));
    writeFileSync(
      join(directory, `${AT + 4}-80`),
      [`${AT + 4}-80`, AT + 4, 'legacy', 'stopped', 'EVENT\nEVENT COMPLETED: node_down nodea 0', ''].join('\0'),
    );
    status = '00.00-fallover       OK         0.101 Thu Nov 26 15:19:15 2026\n';
    waits = [];
    lines = [];
    daemon().takeUp();
    await passes(1000);
    expect(lines).toEqual([
      'ran monitor',
      'ran takeip',
      'legacy monitor ok 00.00-fallover=OK',
      'legacy takeip eth0 10.0.0.1 24 ok 00.00-fallover=OK',
    ]);
    expect(left()).toBe(0);
  });

  it('is refused for a component that Fallover drives, or that is not there', async () => {
    const { heard } = daemon();
    expect([await heard(seen({ component: 'driven' })), await heard(seen({ component: 'other' }))]).toEqual([
      { code: 'component_driven' },
      { code: 'no_component' },
    ]);
    expect(left()).toBe(0);
  });
});
