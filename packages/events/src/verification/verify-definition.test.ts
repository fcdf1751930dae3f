import { describe, expect, it } from 'vitest';
import type { DefinitionDocument, Entry } from '../definition/types.ts';
import { commandsOn } from './command-places.ts';
import type { CommandFacts, Finding, NodeFacts, PastDurations } from './types.ts';
import { overriding, verifyDefinition } from './verify-definition.ts';

const A = 'a'.repeat(64);
const B = 'b'.repeat(64);
const script = (sha256 = A): CommandFacts => ({ form: 'script', size: 100, sha256 });

const on = (node: string, commands: Record<string, CommandFacts> = {}, lastRun: Record<string, string> = {}): NodeFacts => ({
  node,
  commands: new Map(Object.entries(commands)),
  lastRun: new Map(Object.entries(lastRun)),
});
const document = (entries: Entry[]): DefinitionDocument => ({ format: 1, cluster: 'payroll', entries });

interface Around {
  seen?: NodeFacts[];
  liveNodes?: string[];
  durations?: Record<string, PastDurations>;
}
const fenced: Entry = { class: 'cluster', name: 'payroll', fields: { fenceCommand: { cluster: ['/opt/ha/fence', '--off'] } } };
const verified = (given: Entry[], { seen = [on('nodea')], liveNodes, durations = {} }: Around = {}): Finding[] => {
  // Of several nodes a lost one can be switched off, where the test says nothing else.
  const entries = given.some((entry) => entry.class === 'cluster') ? given : [fenced, ...given];
  return verifyDefinition({
    document: document(entries),
    liveNodes: liveNodes ?? seen.map(({ node }) => node),
    seen,
    durations: new Map(Object.entries(durations)),
  });
};
/** What is found: `E ID` for an error, `W ID` for a warning. */
const told = (entries: Entry[], around?: Around): string[] =>
  verified(entries, around).map(({ severity, id }) => `${severity === 'error' ? 'E' : 'W'} ${id}`);

const notifies: Entry = { class: 'event', name: 'node_up', fields: { notifyCommand: { cluster: '/opt/ha/notify' } } };
const customEvent = (name: string, path: string): Entry => ({
  class: 'custom_event',
  name,
  fields: { script: { cluster: path } },
});

describe('a configuration in which all is in order', () => {
  it('has no findings, and neither has an empty one', () => {
    expect(told([])).toEqual([]);
    const entries: Entry[] = [
      {
        class: 'event',
        name: 'node_up',
        fields: {
          notifyCommand: { cluster: '/opt/ha/notify', nodes: { nodeb: '/opt/ha/notify-b' } },
          preEventCommand: { cluster: ['tell_users'] },
        },
      },
      customEvent('tell_users', '/opt/ha/tell'),
      { class: 'node', name: 'nodea', fields: {} },
      { class: 'site', name: 'east', fields: { siteNodes: { cluster: ['nodea'] } } },
    ];
    const commands = { '/opt/ha/notify': script(), '/opt/ha/notify-b': script(B), '/opt/ha/tell': script() };
    expect(told(entries, { seen: [on('nodea', commands), on('nodeb', commands)] })).toEqual([]);
  });
});

describe('the commands that are looked at on a node', () => {
  it("are those that hold there, each once: the cluster's, or the node's own", () => {
    const entries: Entry[] = [
      {
        class: 'event',
        name: 'node_up',
        fields: {
          eventCommand: { cluster: '/opt/ha/up' },
          notifyCommand: { cluster: '/opt/ha/notify', nodes: { nodeb: '/opt/ha/notify-b' } },
          recoveryCommand: { nodes: { nodea: '/opt/ha/recover' } },
          recoveryProgram: { cluster: 'all "/opt/ha/route" 0 NULL\nbarrier\nevent "node_up" 0 NULL\nall "/opt/ha/route" 0 NULL' },
          notificationLocation: { cluster: '/opt/ha/text' },
        },
      },
      customEvent('tell', '/opt/ha/notify'),
    ];
    expect(commandsOn(entries, 'nodea')).toEqual(['/opt/ha/up', '/opt/ha/notify', '/opt/ha/recover', '/opt/ha/route']);
    expect(commandsOn(entries, 'nodeb')).toEqual(['/opt/ha/up', '/opt/ha/notify-b', '/opt/ha/route', '/opt/ha/notify']);
  });
});

describe('a command', () => {
  it('that could not be started is an error with its place and node, which can be overridden', () => {
    const fault = { code: 'not_executable', path: '/opt/ha/notify', reason: 'EACCES' } as const;
    expect(verified([notifies], { seen: [on('nodea', { '/opt/ha/notify': { fault } })] })).toEqual([
      {
        id: 'not_executable:event/node_up/notifyCommand@nodea',
        severity: 'error',
        code: 'not_executable',
        class: 'event',
        name: 'node_up',
        field: 'notifyCommand',
        node: 'nodea',
        sentence: 'Notify Command on node nodea: "/opt/ha/notify" is not executable (EACCES). Make it so with chmod u+x.',
        overridable: true,
      },
    ]);
  });

  it('that is not the same on every node is an error once, and a warning when it is a program', () => {
    const seen = [on('nodea', { '/opt/ha/notify': script(A) }), on('nodeb', { '/opt/ha/notify': script(B) })];
    expect(told([notifies], { seen })).toEqual(['E command_differs:event/node_up/notifyCommand']);
    const program = (sha256: string): CommandFacts => ({ form: 'program', size: 100, sha256 });
    const programs = [on('nodea', { '/opt/ha/notify': program(A) }), on('nodeb', { '/opt/ha/notify': program(B) })];
    expect(told([notifies], { seen: programs })).toEqual(['W program_differs:event/node_up/notifyCommand']);
  });

  it('that does not have the same mode on every node is a warning once', () => {
    const seen = (...modes: (number | undefined)[]) =>
      modes.map((mode, index) => on(`node${'ab'[index]}`, { '/opt/ha/notify': { ...script(A), mode } }));
    expect(verified([notifies], { seen: seen(0o755, 0o700) })).toMatchObject([
      {
        id: 'mode_differs:event/node_up/notifyCommand',
        severity: 'warning',
        sentence:
          'Notify Command: "/opt/ha/notify" does not have the same mode on every node (nodea 755, nodeb 700). Give it the same one with chmod, unless that is meant.',
      },
    ]);
    expect(told([notifies], { seen: seen(0o755, 0o755) })).toEqual([]);
    expect(told([notifies], { seen: seen(0o755, undefined) })).toEqual([]);
  });

  it('of its own on a node is not compared with that of another node', () => {
    const entry: Entry = {
      class: 'event',
      name: 'node_up',
      fields: { notifyCommand: { cluster: '/opt/ha/a', nodes: { nodeb: '/opt/ha/b' } } },
    };
    const commands = { '/opt/ha/a': script(A), '/opt/ha/b': script(B) };
    expect(told([entry], { seen: [on('nodea', commands), on('nodeb', commands)] })).toEqual([]);
  });

  it('that has changed since it last ran on a node is a warning there', () => {
    const seen = [on('nodea', { '/opt/ha/notify': script(B) }, { '/opt/ha/notify': A })];
    expect(told([notifies], { seen })).toEqual(['W changed_since_it_ran:event/node_up/notifyCommand@nodea']);
    expect(told([notifies], { seen: [on('nodea', { '/opt/ha/notify': script(A) }, { '/opt/ha/notify': A })] })).toEqual([]);
  });

  it('whose bytes were not read is a warning', () => {
    const facts: CommandFacts = { form: 'program', size: 2 ** 30, notHashed: 'too_large' };
    expect(told([notifies], { seen: [on('nodea', { '/opt/ha/notify': facts })] })).toEqual([
      'W command_not_compared:event/node_up/notifyCommand@nodea',
    ]);
  });

  it.each([
    ['/opt/ha/node', 1],
    ['/opt/ha/launcher', 1],
    ['/opt/ha/my-fallover-notify', 1],
    ['/opt/ha/fallover', 1],
    ['/opt/fallover/notify', 0],
    ['/opt/ha/node_down.sh', 0],
    ['/opt/ha/no', 0],
  ])('called %s could be taken for a process of Fallover: %i', (path, count) => {
    const entry: Entry = { class: 'event', name: 'node_up', fields: { notifyCommand: { cluster: path } } };
    const seen = [on('nodea'), on('nodeb')];
    expect(told([entry], { seen })).toEqual(count ? ['W name_of_a_process:event/node_up/notifyCommand'] : []);
  });
});

describe('what the rules for each entry say', () => {
  it('is found too: faults cannot be overridden, warnings need not be', () => {
    const entries: Entry[] = [
      {
        class: 'event',
        name: 'start_server',
        fields: {
          eventCommand: { cluster: 'bin/start' },
          preEventCommand: { cluster: ['tell_user', 'mail_me'] },
          recoveryCounter: { cluster: 3 },
        },
      },
      customEvent('tell_users', '/opt/ha/tell'),
    ];
    const found = verified(entries);
    expect(found.map(({ severity, id, overridable }) => `${severity} ${id} ${overridable}`)).toEqual([
      'error not_a_full_pathname:event/start_server/eventCommand false',
      'error custom_event_not_defined:event/start_server/preEventCommand false',
      'error custom_event_not_defined:event/start_server/preEventCommand#2 false',
      'warning event_command_replaced:event/start_server/eventCommand false',
      'warning recovery_counter_without_command:event/start_server/recoveryCounter false',
      'warning custom_event_not_used:custom_event/tell_users false',
    ]);
    expect(found[1]?.sentence).toBe('Pre-Event Command: there is no custom event "mail_me". Add it first.');
  });

  it('includes pre- and post-events of events that do not occur in parallel, and which do', () => {
    const entry: Entry = { class: 'event', name: 'node_up_local', fields: { postEventCommand: { cluster: ['tell'] } } };
    const [found] = verified([entry, customEvent('tell', '/opt/ha/tell')]);
    expect(found?.id).toBe('does_not_occur_in_parallel:event/node_up_local/postEventCommand');
    expect(found?.sentence).toContain('Events that do: node_up, node_down, acquire_svc_addr');
  });

  it('includes names of nodes, networks and sites that nothing has', () => {
    const entry: Entry = {
      class: 'interface',
      name: 'nodea_boot',
      fields: { onNode: { cluster: 'nodea' }, onNetwork: { cluster: 'net2' } },
    };
    expect(told([entry, { class: 'network', name: 'net1', fields: {} }])).toEqual([
      'W not_defined_yet:interface/nodea_boot/onNetwork',
    ]);
  });
});

describe('custom events', () => {
  it('that no event uses are warned about', () => {
    const used: Entry = { class: 'event', name: 'node_up', fields: { postEventCommand: { nodes: { nodea: ['two'] } } } };
    expect(told([customEvent('one', '/opt/ha/1'), customEvent('two', '/opt/ha/2'), used])).toEqual([
      'W custom_event_not_used:custom_event/one',
    ]);
  });

  it('with the script of another are warned about, everywhere or on the node where it is so', () => {
    const used: Entry = {
      class: 'event',
      name: 'node_up',
      fields: { preEventCommand: { cluster: ['one', 'three', 'two'] } },
    };
    const three: Entry = {
      class: 'custom_event',
      name: 'three',
      fields: { script: { cluster: '/opt/ha/3', nodes: { nodeb: '/opt/ha/1' } } },
    };
    const entries = [used, customEvent('one', '/opt/ha/1'), three, customEvent('two', '/opt/ha/1')];
    expect(told(entries, { seen: [on('nodea'), on('nodeb')] })).toEqual([
      'W script_of_another:custom_event/three/script@nodeb',
      'W script_of_another:custom_event/two/script',
    ]);
  });
});

describe('a notify command', () => {
  it('that is a pre- or post-event of the same event too is warned about', () => {
    const entry: Entry = {
      class: 'event',
      name: 'node_up',
      fields: { notifyCommand: { cluster: '/opt/ha/notify' }, postEventCommand: { cluster: ['tell'] } },
    };
    expect(told([entry, customEvent('tell', '/opt/ha/notify')])).toEqual([
      'W notified_by_a_custom_event:event/node_up/notifyCommand',
    ]);
    expect(told([entry, customEvent('tell', '/opt/ha/other')])).toEqual([]);
  });

  it('of event_error that is told of failed events already is warned about', () => {
    const error = (path: string): Entry => ({
      class: 'event',
      name: 'event_error',
      fields: { notifyCommand: { cluster: path } },
    });
    expect(told([notifies, error('/opt/ha/notify')])).toEqual([
      'W notified_of_the_failure_already:event/event_error/notifyCommand',
    ]);
    expect(told([notifies, error('/opt/ha/other')])).toEqual([]);
    expect(told([error('/opt/ha/notify')])).toEqual([]);
  });

  it('beside a remote notification is warned about, on the node where it is so', () => {
    const entry: Entry = {
      class: 'event',
      name: 'node_up',
      fields: { notifyCommand: { cluster: '/opt/ha/notify' }, notificationText: { nodes: { nodeb: '%e on %n' } } },
    };
    expect(told([entry], { seen: [on('nodea'), on('nodeb')] })).toEqual([
      'W notified_remotely_too:event/node_up/notifyCommand@nodeb',
    ]);
  });
});

describe('time until warning', () => {
  const past = {
    node_up: { timed: 3, medianMs: 4_000, longestMs: 20_000 },
    event_error: { timed: 1, medianMs: 1e6, longestMs: 1e6 },
  };
  const warnedAt = (name: string, seconds: number): Entry => ({
    class: 'event',
    name,
    fields: { timeUntilWarning: { cluster: seconds } },
  });

  it('below what the event took in the past is warned about', () => {
    expect(told([warnedAt('node_up', 19)], { durations: past })).toEqual([
      'W shorter_than_it_took:event/node_up/timeUntilWarning',
    ]);
    expect(told([warnedAt('node_up', 20)], { durations: past })).toEqual([]);
    expect(told([warnedAt('node_up', 1)])).toEqual([]);
    expect(told([warnedAt('node_up', 1)], { durations: { node_up: { timed: 0 } } })).toEqual([]);
  });

  it('by default too', () => {
    const durations = { node_up: { timed: 1, medianMs: 361_000, longestMs: 361_000 } };
    expect(verified([notifies], { durations }).map(({ sentence }) => sentence)).toEqual([
      'Time Until Warning: 360 seconds, the default, are less than node_up took before: 361 s at the longest of 1 run. Raise it above 361, or config_too_long warns of what is usual.',
    ]);
  });

  it('is not counted for event_error, which has none', () => {
    const entry: Entry = { class: 'event', name: 'event_error', fields: { notifyCommand: { cluster: '/opt/ha/n' } } };
    expect(told([entry], { durations: past })).toEqual([]);
  });
});

describe('a fence command', () => {
  const settings: Entry = { class: 'cluster', name: 'payroll', fields: { mailRelay: { cluster: 'smtp://mail:25' } } };
  const seen = [on('nodea'), on('nodeb')];

  it('is missing in a cluster of more than one node, live or defined', () => {
    expect(told([settings], { seen })).toEqual(['W not_fenced:cluster/payroll/fenceCommand']);
    const nodes: Entry[] = ['nodea', 'nodeb'].map((name) => ({ class: 'node', name, fields: {} }));
    expect(told([settings, ...nodes])).toContain('W not_fenced:cluster/payroll/fenceCommand');
    const none = { document: document([]), liveNodes: ['nodea', 'nodeb'], seen, durations: new Map() };
    expect(verifyDefinition(none).map(({ sentence }) => sentence)).toEqual([
      'Fence Command: not fenced: resources may be active twice. The cluster has more than one node and names no command that switches a lost one off; the others take over two seconds after its lease has ended, although it may still be at work. Name a fence command.',
    ]);
  });

  it('is not missing where there is nobody to take over', () => {
    expect(told([settings])).toEqual([]);
  });

  it('is looked at like every other command', () => {
    expect(commandsOn([fenced], 'nodea')).toEqual(['/opt/ha/fence']);
    const missing: CommandFacts = { fault: { code: 'command_not_found', path: '/opt/ha/fence' } };
    const facts = ['nodea', 'nodeb'].map((node) => on(node, { '/opt/ha/fence': missing }));
    expect(told([fenced], { seen: facts })).toEqual([
      'E command_not_found:cluster/payroll/fenceCommand@nodea',
      'E command_not_found:cluster/payroll/fenceCommand@nodeb',
    ]);
  });

  it.each([
    [['opt/fence'], 'not_a_full_pathname'],
    [['--off', '/opt/ha/fence'], 'not_a_full_pathname'],
    [['/opt/ha/fence', 'two words'], 'argument_with_blanks'],
    [['/opt/ha/fence', ''], 'argument_with_blanks'],
  ])('is not %j', (cluster, code) => {
    expect(told([{ class: 'cluster', name: 'payroll', fields: { fenceCommand: { cluster } } }])).toEqual([
      `E ${code}:cluster/payroll/fenceCommand`,
    ]);
  });
});

describe('what the cluster is made of', () => {
  const onNet = { onNode: { cluster: 'nodea' }, onNetwork: { cluster: 'net1' } };
  const network: Entry = { class: 'network', name: 'net1', fields: {} };

  it('has every address and every label once', () => {
    const entries: Entry[] = [
      network,
      { class: 'interface', name: 'boot1', fields: { ...onNet, ipAddress: { cluster: '10.0.0.1' } } },
      { class: 'interface', name: 'boot2', fields: { ...onNet, ipAddress: { cluster: '10.0.0.1' } } },
      { class: 'interface', name: 'web', fields: onNet },
      { class: 'service_label', name: 'web', fields: { onNetwork: { cluster: 'net1' } } },
    ];
    expect(told(entries)).toEqual(['E address_given_twice:interface/boot2/ipAddress', 'E label_given_twice:service_label/web']);
  });

  it('has every node in one site, and no two names that are nearly the same', () => {
    const entries: Entry[] = [
      { class: 'site', name: 'east', fields: { siteNodes: { cluster: ['nodea'] } } },
      { class: 'site', name: 'west', fields: { siteNodes: { cluster: ['nodea'] } } },
      network,
      { class: 'network', name: 'NET1', fields: {} },
    ];
    expect(told(entries)).toEqual(['E node_in_two_sites:site/west/siteNodes', 'W name_nearly_the_same:network/net1']);
  });

  it('has nodes that were not looked at: an error when they take part', () => {
    const entries: Entry[] = [{ class: 'node', name: 'nodec', fields: {} }];
    expect(told(entries, { liveNodes: ['nodea', 'nodeb'] })).toEqual([
      'E node_not_reached:node/nodeb@nodeb',
      'W node_not_looked_at:node/nodec@nodec',
    ]);
  });
});

describe('overriding errors by their ids', () => {
  const fault = { code: 'command_not_found', path: '/opt/ha/notify' } as const;
  const [missing] = verified([notifies], { seen: [on('nodea', { '/opt/ha/notify': { fault } })] }) as [Finding];

  it('leaves those that nobody named', () => {
    expect(overriding([missing], [])).toEqual({ blocking: [missing], overridden: [], unknown: [] });
    expect(overriding([missing], [missing.id, missing.id])).toEqual({ blocking: [], overridden: [missing.id], unknown: [] });
  });

  it('is not possible for what was typed in wrongly, for warnings, and for what was not found', () => {
    const found = verified([{ class: 'event', name: 'node_up', fields: { eventCommand: { cluster: 'x' } } }]);
    const ids = found.map(({ id }) => id);
    expect(overriding(found, [...ids, 'a:b'])).toEqual({ blocking: [found[0]], overridden: [], unknown: [...ids, 'a:b'] });
  });
});
