import { describe, expect, it } from 'vitest';
import { type DefinitionFault, definitionError, definitionFaultOf, definitionSentence, refusal } from './faults.ts';

const nodeUp = { class: 'event', name: 'node_up' } as const;
const tell = { class: 'custom_event', name: 'tell' } as const;
const missing = { code: 'custom_event_not_defined', field: 'preEventCommand', text: 'telll', suggestion: 'tell' } as const;
const twice = { code: 'custom_event_listed_twice', field: 'preEventCommand', text: 'tell' } as const;
const path = '/var/lib/fallover';

const told: [DefinitionFault, number, string][] = [
  [
    { code: 'unknown_event', fault: { code: 'unknown_event', field: 'event', text: 'node_upp', suggestion: 'node_up' } },
    404,
    '"node_upp" is not a cluster event. Did you mean node_up?',
  ],
  [
    { code: 'not_found', entry: tell },
    404,
    'There is no custom event tell in the configuration. Look at the list, and check the name.',
  ],
  [{ code: 'invalid_input', faults: [missing] }, 400, 'Pre-Event Command: there is no custom event "telll". Did you mean tell?'],
  [
    { code: 'invalid_input', faults: [missing, twice] },
    400,
    '2 values cannot be accepted. Correct them and try again; nothing was changed.',
  ],
  [
    { code: 'draft_not_valid', entries: [{ entry: nodeUp, faults: [missing] }] },
    409,
    'The configuration cannot be made active, because of event node_up. Correct that and synchronise again; nothing was changed.',
  ],
  [
    { code: 'changed_meanwhile', entry: nodeUp },
    409,
    'The event node_up was changed by somebody else meanwhile. Reload it, look at what has changed, and make your change again.',
  ],
  [
    { code: 'changed_meanwhile' },
    409,
    'The configuration was changed by somebody else meanwhile. Reload it, look at what has changed, and try again.',
  ],
  [
    { code: 'in_use', name: 'tell', usedBy: ['node_down', 'node_up'] },
    409,
    'The custom event tell is a pre- or post-event of node_down, node_up. Take it out there first.',
  ],
  [{ code: 'nothing_to_synchronise' }, 409, 'There is nothing to synchronise: the configuration is the active one already.'],
  [
    { code: 'not_empty' },
    409,
    'The example can only be loaded into an empty cluster, and this one has a configuration already. Start another cluster manager with a state directory of its own for it.',
  ],
  [
    { code: 'example_not_readable', path, reason: 'ENOENT' },
    503,
    'The example cannot be read from /var/lib/fallover (ENOENT). Look whether the installation is whole.',
  ],
  [
    { code: 'example_not_writable', path, reason: 'ENOSPC' },
    503,
    'The example scripts cannot be copied to /var/lib/fallover (ENOSPC). Make room, or check the permissions of the state directory, and try again.',
  ],
  [
    { code: 'revision_not_writable', path, reason: 'ENOSPC' },
    503,
    'The new revision cannot be written to /var/lib/fallover (ENOSPC), so the active one stays. Make room, or check the permissions of the state directory, and try again.',
  ],
  [
    { code: 'definition_not_readable', what: 'revision 3', reason: 'it is not JSON' },
    500,
    'The configuration cannot be read: revision 3 is damaged, or was written by a newer version (it is not JSON). Put back a copy of the state directory, or start the version that wrote it.',
  ],
];

describe('a fault of the definition', () => {
  it.each(told)('%o has its status and its sentence', (fault, status, sentence) => {
    expect(definitionSentence(fault)).toBe(sentence);
    expect(refusal(fault)).toMatchObject({ code: fault.code, status, sentence });
  });

  it('names each field that is wrong', () => {
    expect(refusal({ code: 'invalid_input', faults: [missing, twice] }).faults).toEqual([
      {
        code: 'custom_event_not_defined',
        field: 'preEventCommand',
        sentence: 'Pre-Event Command: there is no custom event "telll". Did you mean tell?',
      },
      {
        code: 'custom_event_listed_twice',
        field: 'preEventCommand',
        sentence: 'Pre-Event Command: "tell" is listed twice. List it once, where it is to run.',
      },
    ]);
  });

  it('names the entry too where several are looked at', () => {
    expect(refusal({ code: 'draft_not_valid', entries: [{ entry: nodeUp, faults: [missing] }] }).faults).toEqual([
      {
        code: 'custom_event_not_defined',
        field: 'preEventCommand',
        sentence: 'Event node_up: Pre-Event Command: there is no custom event "telll". Did you mean tell?',
      },
    ]);
  });

  it('is found again in what was thrown', () => {
    const fault: DefinitionFault = { code: 'nothing_to_synchronise' };
    expect(definitionFaultOf(definitionError(fault))).toEqual(fault);
    expect(definitionFaultOf(new Error('x'))).toBeUndefined();
  });
});
