import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inputSentence, inputWarningSentence } from '../wording/input.ts';
import { PREDEFINED_EVENTS } from './catalogue.ts';
import { checkArguments } from './check-arguments.ts';

const KNOWN = { nodes: ['nodea', 'nodeb'] };

/** An event with its arguments as typed; the sentences of what is refused, then of what is warned about. */
function check(event: string, ...args: string[]): string[] {
  const { faults, warnings } = checkArguments(event, args, KNOWN);
  return [
    ...faults.map((fault) => inputSentence(fault)),
    ...warnings.map((warning) => `warning: ${inputWarningSentence(warning)}`),
  ];
}

describe('the arguments of an event', () => {
  it('are accepted as the manual writes them', () => {
    expect(check('node_up', 'nodea')).toEqual([]);
    expect(check('node_down', 'nodea')).toEqual([]);
    for (const how of ['graceful', 'takeover', 'forced']) expect(check('node_down', 'nodea', how)).toEqual([]);
    expect(check('config_too_long', '360', 'node_up')).toEqual([]);
    expect(check('event_error', '1', 'network_down', '-1', 'net1')).toEqual([]);
    expect(check('process_resources')).toEqual([]);
    expect(check('start_server')).toEqual([]);
  });

  it('may be -1 only where the event can be global', () => {
    expect(checkArguments('network_down', ['-1', 'net1'], KNOWN).faults).toEqual([]);
    expect(check('node_up', '-1')).toEqual([
      'NODE: "-1" is not a name. A name has 1 to 64 letters, digits, dots, underscores and hyphens, and begins with a letter or a digit.',
    ]);
  });

  it('are refused when one is missing or one too many', () => {
    expect(check('network_down', 'nodea')).toEqual([
      'NETWORK is missing. Give the arguments as in: network_down NODE|-1 NETWORK',
    ]);
    expect(check('node_up')).toEqual(['NODE is missing. Give the arguments as in: node_up NODE']);
    expect(check('node_up', 'nodea', 'nodeb', 'nodec')).toEqual([
      '"nodeb" is one argument too many. Give the arguments as in: node_up NODE',
    ]);
    expect(check('process_resources', 'x')).toEqual([
      '"x" is one argument too many. Give the arguments as in: process_resources',
    ]);
  });

  it('are refused when they do not have the form of their kind', () => {
    expect(check('node_down', 'nodea', 'softly')).toEqual(['HOW: "softly" is not one of graceful, takeover, forced.']);
    expect(check('config_too_long', '1.5', 'node_up')).toEqual(['SECONDS: "1.5" is not a whole number.']);
    expect(check('event_error', '256', 'node_up')).toEqual(['STATUS: 256 is out of range. Give a whole number from 0 to 255.']);
    expect(check('cluster_notify', 'a\u0000b')).toEqual([
      'MESSAGE: "a\\u0000b" has a control character in it, or half of a character. Leave it out.',
    ]);
    expect(check('cluster_notify', 'half \ud83d')).toEqual([
      'MESSAGE: "half \ufffd" has a control character in it, or half of a character. Leave it out.',
    ]);
    expect(check('cluster_notify', 'x'.repeat(1025))).toEqual(['MESSAGE: the text has 1025 characters. Give 1024 at most.']);
    expect(check('cluster_notify', 'x'.repeat(1024))).toEqual([]);
    expect(checkArguments('fail_standby', ['nodea', '192.168.1.10'], KNOWN).faults).toEqual([]);
    expect(checkArguments('fail_standby', ['nodea', 'fe80::1%eth0'], KNOWN).faults).toEqual([]);
    expect(check('fail_standby', 'nodea', '-h')).toEqual(['LABEL: "-h" is neither an IP label nor an IP address.']);
  });

  it('that name something not defined are warned about, not refused', () => {
    expect(check('node_up', 'nodex')).toEqual([
      'warning: NODE: no node "nodex" is defined in this cluster. Only its form was checked.',
    ]);
    expect(check('network_down', 'nodea', 'net1')).toEqual([
      'warning: NETWORK: no network "net1" is defined in this cluster. Only its form was checked.',
    ]);
    expect(check('event_error', '1', 'nod_up')).toEqual([
      'warning: EVENT: no cluster event "nod_up" is defined in this cluster. Only its form was checked.',
    ]);
    expect(check('start_server', 'app1', 'app 2')).toEqual([
      'SERVER: "app 2" is not a name. A name has 1 to 64 letters, digits, dots, underscores and hyphens, and begins with a letter or a digit.',
      'warning: SERVER: no application server "app1" is defined in this cluster. Only its form was checked.',
    ]);
    expect(checkArguments('network_down', ['nodea', 'net1'], { ...KNOWN, networks: ['net1'] }).warnings).toEqual([]);
  });

  it('of an event that does not exist are refused with the event that was probably meant', () => {
    expect(check('node_dwon', 'nodea')).toEqual(['"node_dwon" is not a cluster event. Did you mean node_down?']);
    expect(check('Node-Down-Complete')).toEqual([
      '"Node-Down-Complete" is not a cluster event. Did you mean node_down_complete?',
    ]);
    expect(check('reboot')).toEqual(['"reboot" is not a cluster event. fallover query event lists them all.']);
    expect(check('')).toEqual(['"" is not a cluster event. fallover query event lists them all.']);
    expect(check('constructor')).toEqual(['"constructor" is not a cluster event. fallover query event lists them all.']);
  });

  it('that are accepted never begin with a hyphen but for -1, in every event without free text', () => {
    const events = PREDEFINED_EVENTS.filter((event) => event.arguments.every(({ kind }) => kind !== 'text'));
    fc.assert(
      fc.property(fc.constantFrom(...events), fc.array(fc.string(), { maxLength: 5 }), ({ name }, args) => {
        if (checkArguments(name, args, KNOWN).faults.length > 0) return;
        expect(args.filter((text) => text !== '-1' && !/^[A-Za-z0-9:][\x21-\x7e]*$/.test(text))).toEqual([]);
      }),
    );
  });
});
