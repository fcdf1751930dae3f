import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Base, type Daemon, makeBase, shell } from './components.test-support.ts';

let base: Base;
let daemon: Daemon;
beforeEach(async () => {
  base = makeBase();
  daemon = await base.start();
});
afterEach(() => base.remove());

const person = { kind: 'person', name: 'anna' } as const;
const until = async (file: string): Promise<void> => {
  for (let tries = 0; !existsSync(file) && tries < 500; tries++) await wait(10);
};

describe('an event', () => {
  it('runs one script after another, by the bytes of their names, and each finds CTDB_BASE and its arguments', async () => {
    base.write('c/01.first.script', shell('echo "$1 $2 $3 $4"; echo "$CTDB_BASE" >&2; pwd; exit 3'));
    base.write('c/00.zero.script', shell('exit 0'));
    base.write('c/00.Zero.script', shell('exit 64'));
    base.write('c/02.never.script', shell('exit 0'));
    expect(await daemon.run(5, 'c', 'takeip', 'eth0', '10.0.0.1', '24')).toBe('Event takeip in c failed\n8');
    expect(daemon.status('c', 'takeip')).toBe(
      `00.Zero              OK         SECONDS DATE
00.zero              OK         SECONDS DATE
01.first             ERROR      SECONDS DATE
  OUTPUT: takeip eth0 10.0.0.1 24
${base.base}
/

3`,
    );
  });

  it.each([
    ['exit 0', '', 'OK         SECONDS DATE\n0'],
    ['exit 1', 'Event e in c failed\n', 'ERROR      SECONDS DATE\n  OUTPUT: out\n\n1'],
    ['exit 63', 'Event e in c failed\n', 'ERROR      SECONDS DATE\n  OUTPUT: out\n\n63'],
    ['exit 64', '', 'OK         SECONDS DATE\n0'],
    ['exit 65', 'Event e in c failed\n', 'CANNOT RUN (Operation not permitted)\n  OUTPUT: out\n\n1'],
    ['exit 72', '', 'DISABLED  \n0'],
    ['exit 77', '', 'DISABLED  \n0'],
    ['exit 100', 'Event e in c failed\n', 'CANNOT RUN (File name too long)\n  OUTPUT: out\n\n36'],
    ['exit 174', 'Event e in c timed out\n', 'TIMEDOUT   DATE\n  OUTPUT: out\n\n110'],
    ['exit 254', 'Event e in c failed\n', 'CANNOT RUN (Unknown error 190)\n  OUTPUT: out\n\n190'],
    ['exit 255', 'Event e in c failed\n', 'ERROR      SECONDS DATE\n  OUTPUT: out\n\n255'],
    ['kill -9 $$', 'Event e in c failed\n', 'CANNOT RUN (Interrupted system call)\n  OUTPUT: out\n\n4'],
  ])('with a script that says %s', async (end, printed, status) => {
    base.write('c/50.x.script', shell('echo out', end));
    expect(await daemon.run(5, 'c', 'e')).toMatch(new RegExp(`^${printed}[0-9]+$`));
    expect(daemon.status('c', 'e').replace(/^50\.x {17}/, '')).toBe(status);
  });

  it('passes over what is disabled, empty or without an interpreter line, and fails where the interpreter is missing', async () => {
    base.write('c/01.off.script', shell('exit 1'), 0o644);
    base.write('c/02.empty.script', '');
    base.write('c/03.text.script', 'echo hi\n');
    mkdirSync(base.path('c/04.directory.script'));
    base.write('c/05.group.script', shell('exit 1'), 0o655);
    base.write('c/06.ok.script', shell('exit 0'));
    base.write('c/07.missing.script', '#!/nonexistent/interpreter\n');
    expect(await daemon.run(5, 'c', 'e')).toBe('Event e in c failed\n8');
    expect(daemon.status('c', 'e')).toBe(`01.off               DISABLED  
02.empty             DISABLED  
03.text              DISABLED  
04.directory         DISABLED  
05.group             DISABLED  
06.ok                OK         SECONDS DATE
07.missing           CANNOT RUN (No such file or directory)
  OUTPUT: 
2`);
  });

  it('fails at a link that leads to nothing', async () => {
    base.write('c/06.ok.script', shell('exit 0'));
    symlinkSync('/nonexistent/05', base.path('c/05.gone.script'));
    expect(await daemon.run(5, 'c', 'e')).toBe('Event e in c failed\n8');
    expect(daemon.status('c', 'e')).toBe('05.gone              CANNOT RUN (No such file or directory)\n  OUTPUT: \n2');
  });

  it('starts no script that others can write to, and fails', async () => {
    base.write('c/05.open.script', shell('echo started'), 0o777);
    expect(await daemon.run(5, 'c', 'e')).toBe('Event e in c failed\n8');
    expect(daemon.status('c', 'e')).toBe('05.open              CANNOT RUN (Operation not permitted)\n  OUTPUT: \n1');
  });

  it('is done when there are no scripts, and not run when there is no directory', async () => {
    mkdirSync(base.path('c'));
    expect(await daemon.run(5, 'c', 'monitor')).toBe('0');
    expect(daemon.status('c', 'monitor')).toBe('0');
    expect(daemon.status('c', 'startup')).toBe('Event startup has never run in c\n22');
    expect(await daemon.run(5, 'nope', 'monitor')).toBe('Event dir for nope does not exist\n2');
    expect(daemon.status('nope', 'monitor')).toBe('Event dir for nope does not exist\n2');
  });

  it('is over with its script, whatever that has left running', async () => {
    base.write('c/50.service.script', shell('sleep 20 & echo $!'));
    const before = performance.now();
    expect(await daemon.run(30, 'c', 'startup')).toBe('0');
    expect(performance.now() - before).toBeLessThan(2000);
    process.kill(Number(daemon.results.status('c', 'startup')?.scripts[0]?.output));
  });

  it('ends by its one deadline: the debug script is told pid and event, then the group gets TERM, then KILL', async () => {
    base.write('c/10.quick.script', shell('sleep 0.2'));
    base.write('c/50.hangs.script', shell("trap '' TERM", 'echo begun', 'while :; do sleep 0.1; done'));
    base.write('debug', shell('echo "debug $2"; kill -0 "$1" && echo alive'));
    daemon.list.change('c', { debugScript: base.path('debug') });
    expect(await daemon.run(1, 'c', 'startup')).toBe('Event startup in c timed out\n110');
    expect(daemon.status('c', 'startup')).toBe(
      '10.quick             OK         0.2SECONDS DATE\n50.hangs             TIMEDOUT   DATE\n  OUTPUT: begun\n\n110'.replace(
        '0.2SECONDS',
        'SECONDS',
      ),
    );
    const kept = daemon.results.status('c', 'startup')?.scripts[1];
    expect(kept?.debugOutput).toBe('debug startup\nalive\n');
    expect(kept?.signal).toBe('SIGKILL');
  });

  it('with no time at all is over before it has begun', async () => {
    base.write('c/50.x.script', shell('exit 0'));
    expect(await daemon.run(0, 'c', 'e')).toBe('Event e in c timed out\n110');
    expect(daemon.status('c', 'e')).toBe('50.x                 TIMEDOUT   DATE\n  OUTPUT: \n110');
  });
});

describe('two events of a component', () => {
  const slow = (): void => base.write('c/50.slow.script', shell('echo "$1" >> "$CTDB_BASE/told"; sleep 0.4; exit 0'));
  const told = (): string[] => readFileSync(`${base.base}/told`, 'utf8').trim().split('\n');

  it('run one after the other, and the deadline of the second counts from its request', async () => {
    slow();
    const [first, second, third] = await Promise.all([
      daemon.run(5, 'c', 'startup'),
      daemon.run(5, 'c', 'recovered'),
      daemon.run(0, 'c', 'stopped'),
    ]);
    expect([first, second, third]).toEqual(['0', '0', 'Event stopped in c timed out\n110']);
    expect(told()).toEqual(['startup', 'recovered']);
  });

  it('a monitor is cancelled by any other, without a status', async () => {
    slow();
    const monitor = daemon.run(5, 'c', 'monitor');
    await until(`${base.base}/told`);
    expect(await daemon.run(5, 'c', 'startup')).toBe('0');
    expect(await monitor).toBe('Event monitor in c got cancelled\n125');
    expect(daemon.status('c', 'monitor')).toBe('Event monitor has never run in c\n22');
  });

  it('a monitor is cancelled at once while another runs', async () => {
    slow();
    const startup = daemon.run(5, 'c', 'startup');
    expect(await daemon.run(5, 'c', 'monitor')).toBe('Event monitor in c got cancelled\n125');
    expect(await startup).toBe('0');
    expect(told()).toEqual(['startup']);
  });

  it('of two components do not wait for each other', async () => {
    slow();
    base.write('d/50.x.script', shell('exit 0'));
    const startup = daemon.run(5, 'c', 'startup');
    expect(await Promise.race([startup.then(() => 'c'), daemon.run(5, 'd', 'startup').then(() => 'd')])).toBe('d');
    await startup;
  });

  it('a caller that goes away ends its script, or is taken out of those that wait', async () => {
    base.write('c/50.long.script', shell('echo x > "$CTDB_BASE/told"; sleep 30'));
    const gone = new AbortController();
    const running = daemon.components.run('c', 'startup', [], { origin: person, signal: gone.signal });
    const waiting = daemon.components.run('c', 'recovered', [], { origin: person, signal: gone.signal });
    await until(`${base.base}/told`);
    gone.abort();
    expect([(await running).outcome, (await waiting).outcome]).toEqual(['cancelled', 'cancelled']);
    expect((await running).scripts[0]).toMatchObject({ script: '50.long', signal: 'SIGKILL' });
  });
});

describe('the profile readme', () => {
  beforeEach(() => {
    base.write('r/10.interfaces', shell('exit 0'));
    base.write('r/60.nfs.script', shell('exit 0'));
    base.write('r/60.old~', shell('exit 1'));
    base.write('r/70.x.rpmsave', shell('exit 1'));
    daemon.list.change('r', { profile: 'readme' });
  });

  it('runs names without a suffix too, and no backup', async () => {
    expect(await daemon.run(5, 'r', 'startup')).toBe('0');
    expect(daemon.status('r', 'startup')).toBe(
      '10.interfaces        OK         SECONDS DATE\n60.nfs               OK         SECONDS DATE\n0',
    );
  });

  it('refuses two scripts of one number, and names both', async () => {
    base.write('r/10.otherstuff', shell('exit 0'));
    const { outcome, fault } = await daemon.components.run('r', 'startup', [], { origin: person });
    expect([outcome, fault]).toEqual([
      'failed',
      {
        code: 'equal_numbers',
        component: 'r',
        directory: base.path('r'),
        equalNumbers: [{ number: '10', files: ['10.interfaces', '10.otherstuff'] }],
      },
    ]);
  });
});

describe('what is refused', () => {
  it('is a wrong number of arguments, and any event of a component that is observed', async () => {
    base.write('c/50.x.script', shell('exit 0'));
    const ask = async (event: string, ...args: string[]) =>
      (await daemon.components.run('c', event, args, { origin: person })).fault;
    expect(await ask('takeip', 'eth0')).toEqual({ code: 'argument_count', event: 'takeip', expected: 3, given: 1 });
    expect(await ask('monitor', 'x')).toEqual({ code: 'argument_count', event: 'monitor', expected: 0, given: 1 });
    expect(await ask('of_my_own', 'a b')).toEqual({ code: 'argument_refused', event: 'of_my_own', place: 1 });
    expect(await ask('of_my_own', 'a', 'b')).toBeUndefined();
    daemon.list.change('c', { mode: 'observed' });
    expect(await ask('monitor')).toEqual({ code: 'component_observed', component: 'c' });
  });
});

describe('a directory that is edited while an event runs', () => {
  it('is read again for each event; what is gone or disabled when its turn comes is said so, and not run', async () => {
    base.write(
      'c/10.edits.script',
      shell('cd "$CTDB_BASE/events/c"; rm 20.gone.script; chmod a-x 30.off.script; cp 10.edits.script 15.new.script'),
    );
    base.write('c/20.gone.script', shell('exit 1'));
    base.write('c/30.off.script', shell('exit 1'));
    expect(await daemon.run(5, 'c', 'e')).toBe('0');
    const kept = daemon.results.status('c', 'e')?.scripts.map(({ script, status, reason }) => [script, status, reason]);
    expect(kept).toEqual([
      ['10.edits', 'OK', undefined],
      ['20.gone', 'DISABLED', 'Its file was not there any more when its turn came.'],
      ['30.off', 'DISABLED', 'It may not be executed by its owner.'],
    ]);
    rmSync(base.path('c/10.edits.script'));
    chmodSync(base.path('c/15.new.script'), 0o644);
    expect(await daemon.run(5, 'c', 'e')).toBe('0');
    expect(daemon.results.status('c', 'e')?.scripts.map(({ script }) => script)).toEqual(['15.new', '30.off']);
  });
});

describe('a daemon that goes away in the middle of an event', () => {
  const over = async (run: string | undefined) => {
    for (let tries = 0; tries < 500; tries++) {
      const kept = daemon.results.run(run ?? '');
      if (kept?.endedAt !== undefined) return kept;
      await wait(10);
    }
    throw new Error('It did not end.');
  };

  it('leaves its script to the launcher; the next one takes up how that ended, and starts nothing again', async () => {
    base.write('c/10.once.script', shell('echo once >> "$CTDB_BASE/told"; sleep 1; echo end'));
    base.write('c/20.later.script', shell('echo later >> "$CTDB_BASE/told"'));
    void daemon.run(5, 'c', 'startup');
    void daemon.run(5, 'c', 'recovered');
    await until(`${base.base}/told`);
    const [newer, older] = daemon.results.runs('c', { limit: 2 });
    await daemon.stop();
    daemon = await base.start();
    expect(await over(older?.id)).toMatchObject({
      outcome: 'interrupted',
      scripts: [{ script: '10.once', status: 'OK', output: 'end\n' }],
      planned: ['10.once', '20.later'],
    });
    expect(await over(newer?.id)).toMatchObject({ outcome: 'cancelled', scripts: [] });
    expect(readFileSync(`${base.base}/told`, 'utf8')).toBe('once\n');
    expect(await daemon.run(5, 'c', 'startup')).toBe('0');
  });

  it('with its launcher records the script as interrupted', async () => {
    base.write('c/10.once.script', shell('echo once >> "$CTDB_BASE/told"; sleep 30'));
    const running = daemon.components.run('c', 'startup', [], { origin: person });
    await until(`${base.base}/told`);
    process.kill(daemon.launcher.pid, 'SIGKILL');
    expect((await running).outcome).toBe('interrupted');
    expect(readFileSync(`${base.base}/told`, 'utf8')).toBe('once\n');
  });
});
