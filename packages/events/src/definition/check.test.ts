import { describe, expect, it } from 'vitest';
import { inputSentence, inputWarningSentence } from '../wording/input.ts';
import { checkCustomEvent, checkEventCustomization } from './check.ts';
import { attributeOf } from './fields.ts';
import type { CustomEvent, EventCustomization } from './types.ts';

const CONTEXT = { nodes: ['nodea', 'nodeb'], customEvents: ['tell_users', 'mail_me'] };

const refused = (fields: EventCustomization, event = 'node_down'): string[] =>
  checkEventCustomization(event, fields, CONTEXT).faults.map((fault) => inputSentence(fault));
const warned = (fields: EventCustomization, event = 'node_down'): string[] =>
  checkEventCustomization(event, fields, CONTEXT).warnings.map((warning) => inputWarningSentence(warning));
const refusedCustomEvent = (name: string, fields: CustomEvent): string[] =>
  checkCustomEvent(name, fields, CONTEXT).faults.map((fault) => inputSentence(fault));

describe('what is configured for an event', () => {
  it('is accepted when all is in order, for the cluster and for a node', () => {
    const fields: EventCustomization = {
      notifyCommand: { cluster: '/opt/ha/notify', nodes: { nodeb: '/opt/ha/notify-b' } },
      preEventCommand: { cluster: ['tell_users', 'mail_me'] },
      postEventCommand: { nodes: { nodea: ['mail_me'] } },
      recoveryCommand: { cluster: '/opt/ha/recover' },
      recoveryCounter: { cluster: 100 },
      failOnPrePost: { cluster: true },
      timeUntilWarning: { cluster: 86_400 },
    };
    expect(checkEventCustomization('node_down', fields, CONTEXT)).toEqual({ faults: [], warnings: [] });
  });

  it('is accepted when fields are given but empty', () => {
    const empty = { notifyCommand: { cluster: '' }, preEventCommand: { cluster: [], nodes: { nodea: [] } }, recoveryCounter: {} };
    expect(checkEventCustomization('node_down', empty, CONTEXT)).toEqual({ faults: [], warnings: [] });
  });

  it('is accepted with a recovery program of its own, and the warning says what that means', () => {
    const program = '# others first\nother "network_down" 0 NULL\r\nbarrier\nevent "/opt/ha/route" 3 NULL\n';
    expect(checkEventCustomization('network_down', { recoveryProgram: { cluster: program } }, CONTEXT).faults).toEqual([]);
    expect(warned({ recoveryProgram: { cluster: program } }, 'network_down')).toEqual([
      'Recovery Program: it replaces the predefined program of network_down. What runs where when network_down happens is what these lines say and nothing else. Empty it to have the predefined one again.',
    ]);
    expect(warned({ recoveryProgram: { cluster: 'all "/opt/ha/route" 0 NULL' } })).toEqual([
      'Recovery Program: it replaces the predefined programs of node_down, of all its ways (failure, graceful, takeover, forced). What runs where when node_down happens is what these lines say and nothing else. Empty it to have the predefined one again.',
      'Recovery Program: no line runs "node_down". Then nothing of what node_down does by itself is done, nor what is customised on it.',
    ]);
    expect(warned({ recoveryProgram: { cluster: program } }, 'event_error')).toEqual([
      'Recovery Program: event_error runs beside another event, on its nodes at once and by no program. These lines are never run.',
    ]);
    expect(warned({ recoveryProgram: { cluster: '' } })).toEqual([]);
  });

  it('is refused with every line of a recovery program that is wrong, and with one for a single node', () => {
    expect(refused({ recoveryProgram: { cluster: 'al "node_down" 0 NULL\nbarrier\nall "/opt/x -v" 0 NULL' } })).toEqual([
      'Recovery Program, line 1: "al" is no node set. Did you mean all? A line begins with all, event, other or barrier.',
      'Recovery Program, line 3: The command "/opt/x -v" has a blank in it: a command has no arguments. Put it with its arguments into a script, and name the script.',
    ]);
    expect(refused({ recoveryProgram: { nodes: { nodea: 'all "node_down" 0 NULL' } } })).toEqual([
      'Recovery Program: it is the same on every node, so it has no value of its own for node "nodea". Give it for the cluster.',
    ]);
    expect(refused({ recoveryProgram: { cluster: '#'.repeat(65_537) } })).toEqual([
      'Recovery Program: the text has 65537 characters. Give 65536 at most.',
    ]);
  });

  it('is refused for an event that does not exist', () => {
    expect(refused({}, 'node_don')).toEqual(['"node_don" is not a cluster event. Did you mean node_down?']);
  });

  it('is refused when a command is not a full pathname', () => {
    expect(refused({ notifyCommand: { cluster: 'bin/notify' } })).toEqual([
      'Notify Command: "bin/notify" is not a full pathname. Give the whole path of the file, from / on, without ., .. or // in it.',
    ]);
    expect(refused({ recoveryCommand: { cluster: '/opt/../bin/sh' } })).toEqual([
      'Event Recovery Command: "/opt/../bin/sh" is not a full pathname. Give the whole path of the file, from / on, without ., .. or // in it.',
    ]);
    expect(refused({ eventCommand: { nodes: { nodeb: '/bin/echo hello' } } })).toEqual([
      'Event Command on node nodeb: "/bin/echo hello" has a blank in it. A command is a full pathname without arguments; write a script that passes them.',
    ]);
    expect(refused({ notifyCommand: { cluster: `/${'x'.repeat(1024)}` } })).toEqual([
      'Notify Command: the pathname has 1025 characters. Give one of 1024 at most.',
    ]);
  });

  it('is refused when a % in the message text stands for nothing, and the place is named', () => {
    expect(refused({ notificationText: { cluster: '%d %e on %n: %o, 100%%' } })).toEqual([]);
    expect(refused({ notificationText: { cluster: '100%' } })).toEqual([
      'Remote Notification Message Text: "%" at character 4 stands for nothing. Give %d (date and time), %n (node), %e (event), %o (object of the event) or %% (a per cent sign).',
    ]);
    expect(refused({ notificationText: { nodes: { nodeb: '%%n %s' } } })).toEqual([
      'Remote Notification Message Text on node nodeb: "%s" at character 5 stands for nothing. Give %d (date and time), %n (node), %e (event), %o (object of the event) or %% (a per cent sign).',
    ]);
    expect(refused({ notificationText: { cluster: 'a\nb' } })).toEqual([
      'Remote Notification Message Text: "a\\u000ab" has a control character in it, or half of a character. Leave it out.',
    ]);
  });

  it('is refused when the file of the message text is not a full pathname; a blank in it is allowed', () => {
    expect(refused({ notificationLocation: { cluster: '/etc/ha/node down.msg' } })).toEqual([]);
    expect(refused({ notificationLocation: { cluster: 'node_down.msg' } })).toEqual([
      'Remote Notification Message Location: "node_down.msg" is not a full pathname. Give the whole path of the file, from / on, without ., .. or // in it.',
    ]);
  });

  it('is refused when a pre- or post-event is not defined or listed twice', () => {
    expect(refused({ preEventCommand: { cluster: ['tell_user'] }, postEventCommand: { cluster: ['page'] } })).toEqual([
      'Pre-Event Command: there is no custom event "tell_user". Did you mean tell_users?',
      'Post-Event Command: there is no custom event "page". Add it first.',
    ]);
    expect(refused({ preEventCommand: { nodes: { nodea: ['mail_me', 'tell_users', 'mail_me'] } } })).toEqual([
      'Pre-Event Command on node nodea: "mail_me" is listed twice. List it once, where it is to run.',
    ]);
  });

  it('is refused when a number is out of bounds', () => {
    expect(refused({ recoveryCounter: { cluster: 101 }, timeUntilWarning: { cluster: 0 } })).toEqual([
      'Recovery Command Retry: 101 is out of range. Give a whole number from 0 to 100.',
      'Time Until Warning: 0 is out of range. Give a whole number from 1 to 86400.',
    ]);
    expect(refused({ recoveryCounter: { cluster: 1.5 }, timeUntilWarning: { cluster: Number.POSITIVE_INFINITY } })).toEqual([
      'Recovery Command Retry: "1.5" is not a whole number.',
      'Time Until Warning: "Infinity" is not a whole number.',
    ]);
  });

  it('is refused for a node that the cluster does not have', () => {
    expect(refused({ timeUntilWarning: { nodes: { nodex: 10 } } })).toEqual([
      'Time Until Warning: "nodex" is not a node of this cluster. Its nodes are: nodea, nodeb.',
    ]);
  });

  it('is called by its attribute in the shell', () => {
    const { faults } = checkEventCustomization('node_down', { recoveryCounter: { cluster: 101 } }, CONTEXT);
    expect(faults.map((fault) => inputSentence(fault, attributeOf))).toEqual([
      'RECOVERYCOUNTER: 101 is out of range. Give a whole number from 0 to 100.',
    ]);
  });
});

describe('what is warned about', () => {
  it('is a replaced event command', () => {
    expect(warned({ eventCommand: { nodes: { nodea: '/opt/ha/node_down' } } })).toEqual([
      'Event Command: replacing the command of node_down is strongly discouraged. It makes the cluster harder to maintain; a pre- or post-event often does as well.',
    ]);
  });

  it('is a recovery command that is never run, and retries without one', () => {
    expect(warned({ recoveryCommand: { cluster: '/opt/ha/recover' } })).toEqual([
      'Event Recovery Command: it is never run, because Recovery Command Retry is 0. Set that to 1 or more.',
    ]);
    expect(warned({ recoveryCounter: { cluster: 2 } })).toEqual([
      'Recovery Command Retry: nothing is retried, because there is no Event Recovery Command.',
    ]);
  });

  it('names the node where only one is concerned', () => {
    expect(warned({ recoveryCommand: { cluster: '/opt/ha/recover' }, recoveryCounter: { nodes: { nodea: 2 } } })).toEqual([
      'Event Recovery Command on node nodeb: it is never run, because Recovery Command Retry is 0. Set that to 1 or more.',
    ]);
  });

  it('is a pre- or post-event on an event that does not occur in parallel processing', () => {
    const fields = { preEventCommand: { cluster: ['mail_me'] } };
    expect(warned(fields, 'get_disk_vg_fs')).toEqual([
      'Pre-Event Command: get_disk_vg_fs does not occur while resource groups are processed in parallel, which is the default. Events that do: node_up, node_down, acquire_svc_addr, acquire_takeover_addr, release_svc_addr, release_takeover_addr, start_server, stop_server.',
    ]);
    expect(warned(fields, 'start_server')).toEqual([]);
  });

  it('is what an event never uses', () => {
    expect(warned({ timeUntilWarning: { cluster: 10 } }, 'start_server')).toEqual([
      'Time Until Warning: start_server is a sub-event. The time counts only when it is run by itself; else that of the event which called it does.',
    ]);
    const fields = { recoveryCommand: { cluster: '/opt/ha/recover' }, timeUntilWarning: { cluster: 10 } };
    expect(warned(fields, 'event_error')).toEqual([
      'Event Recovery Command: event_error runs beside another event and is never recovered or retried.',
      'Time Until Warning: event_error runs beside another event and has no time until warning of its own.',
    ]);
  });
});

describe('a custom event', () => {
  it('has a name of its own, a description and a script on every node', () => {
    expect(refusedCustomEvent('mail_me', { description: { cluster: 'Mails me' }, script: { cluster: '/opt/ha/mail' } })).toEqual(
      [],
    );
    expect(refusedCustomEvent('mail_me', { script: { nodes: { nodea: '/opt/ha/mail', nodeb: '/opt/ha/mail' } } })).toEqual([]);
  });

  it('is refused without a script', () => {
    expect(refusedCustomEvent('mail_me', {})).toEqual([
      'Cluster Event Method is missing. A custom event needs the full pathname of its script.',
    ]);
    expect(refusedCustomEvent('mail_me', { script: { cluster: '', nodes: { nodea: '/opt/ha/mail' } } })).toEqual([
      'Cluster Event Method on node nodeb is missing. A custom event needs the full pathname of its script on node nodeb too.',
    ]);
  });

  it('is refused by a wrong name, path or description', () => {
    const script = { cluster: '/opt/ha/mail' };
    expect(refusedCustomEvent('mail me', { script })).toEqual([
      'Cluster Event Name: "mail me" is not a name. A name has 1 to 64 letters, digits, dots, underscores and hyphens, and begins with a letter or a digit.',
    ]);
    expect(refusedCustomEvent('node_up', { script })).toEqual([
      'Cluster Event Name: "node_up" is a predefined event. Give the custom event another name.',
    ]);
    expect(refusedCustomEvent('mail_me', { script: { cluster: 'mail' }, description: { cluster: 'a\nb' } })).toEqual([
      'Cluster Event Description: "a\\u000ab" has a control character in it, or half of a character. Leave it out.',
      'Cluster Event Method: "mail" is not a full pathname. Give the whole path of the file, from / on, without ., .. or // in it.',
    ]);
  });
});
