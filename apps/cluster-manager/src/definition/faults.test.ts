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
    { code: 'in_use', entry: tell, usedBy: [{ class: 'event', name: 'node_down' }, nodeUp] },
    409,
    'The custom event tell is named by event node_down, event node_up. Take it out there first.',
  ],
  [
    { code: 'fields_not_understood', entry: { class: 'network', name: 'net1' }, reason: 'fields.colour: not known' },
    400,
    'The fields of the network net1 are not understood (fields.colour: not known). Give those of its class, each as {cluster, nodes}.',
  ],
  [
    { code: 'not_a_script', faults: [{ code: 'nul_in_script', line: 3 }] },
    400,
    'Line 3 has a NUL character in it, which no script can have. Leave it out.',
  ],
  [
    { code: 'scripts_not_writable', path: '/etc/fallover/scripts', reason: 'ENOSPC' },
    503,
    'The scripts of the library cannot be laid down in /etc/fallover/scripts (ENOSPC). Make room, or check the permissions of the directory, and synchronise again.',
  ],
  [
    { code: 'not_this_cluster', name: 'test', cluster: 'prod' },
    400,
    'This cluster is called prod, not "test". Change the entry prod.',
  ],
  [
    { code: 'content_not_kept', name: 'check_disks' },
    409,
    'The text of the library script check_disks is not kept in this cluster. Save the script with its text.',
  ],
  [
    { code: 'not_laid_down', nodes: [{ node: 'nodeb', sentence: 'Node nodeb did not answer within 30 s. Try again.' }] },
    409,
    'Nothing was made active: not every member has the configuration on its disk. nodeb: Node nodeb did not answer within 30 s. Try again. Put that right, or stop cluster services there, and synchronise again.',
  ],
  [
    { code: 'library_is_off' },
    409,
    'The script library is off on this node. It is switched on by whoever starts the cluster manager: fallover start --script-library DIR. No panel can do that.',
  ],
  [
    { code: 'verification_failed', findings: [{ id: 'a', severity: 'error', code: 'a', sentence: 'A.', overridable: true }] },
    409,
    'Verification found an error, so nothing was made active. Mend what it names and synchronise again, or override each error by its name.',
  ],
  [
    { code: 'nothing_to_override', ids: ['command_not_found:event/node_up/notifyCommand'] },
    400,
    'Verification found no error that can be overridden of the name command_not_found:event/node_up/notifyCommand. Verify again, and give the names that it shows.',
  ],
  [
    { code: 'draft_has_changes', count: 1, number: 3 },
    409,
    'The draft has a change that is not synchronised. It is lost when revision 3 is restored: say that they may be discarded, or synchronise first.',
  ],
  [
    { code: 'revision_not_found', which: '12', newest: 7 },
    404,
    'There is no revision or snapshot "12". Revisions are numbered from 1 to 7; fallover history lists them and the snapshots.',
  ],
  [
    { code: 'revision_not_found', which: '1', newest: 0 },
    404,
    'There is no revision or snapshot "1". Nothing was synchronised yet.',
  ],
  [
    { code: 'not_a_snapshot_name', name: 'draft' },
    400,
    'A snapshot cannot be called draft: numbers, draft and active stand for revisions already. Choose another name.',
  ],
  [
    { code: 'snapshot_exists', name: 'golden' },
    409,
    'There is a snapshot golden already. Choose another name, or delete that one first.',
  ],
  [{ code: 'snapshot_not_found', name: 'golden' }, 404, 'There is no snapshot "golden". fallover query snapshot lists them.'],
  [
    { code: 'would_not_be_valid', entries: [{ entry: nodeUp, faults: [missing] }] },
    409,
    'That would leave the draft with faults in event node_up. Take back what depends on it too; nothing was changed.',
  ],
  [
    { code: 'file_not_accepted', faults: [{ code: 'quotes_not_closed', line: 2 }, { code: 'file_empty' }] },
    400,
    'The file has 2 faults. Mend them and read it again; nothing was changed.',
  ],
  [
    { code: 'file_not_accepted', faults: [{ code: 'heading_missing', line: 1, text: 'Value' }] },
    400,
    'Line 1: the heading "Value" is missing. The first line has the headings.',
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
