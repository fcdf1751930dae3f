import { describe, expect, it } from 'vitest';
import type { Finding } from '../verification/types.ts';
import {
  automaticLines,
  automaticMessage,
  findingSentence,
  severityOf,
  type VerificationIssue,
  verificationSentence,
} from './verification.ts';

const MIB = 1024 * 1024;
const A = 'a'.repeat(64);
const B = 'b'.repeat(64);
const NOTIFY = { field: 'notifyCommand' };
const ON_NODEA = { field: 'notifyCommand', node: 'nodea' };

const UNTIL = '2027-01-01T00:00:00.000Z';
const SENTENCES: [VerificationIssue, { field?: string; node?: string }, string][] = [
  [
    { code: 'certificate_not_renewed', node: 'nodeb', until: UNTIL, hasEnded: false },
    {},
    'The certificate by which other nodes know nodeb expires at 2027-01-01T00:00:00.000Z and was not renewed. See that the cluster managers of nodeb and of the node with the authority run, or join nodeb again: "fallover add join_token nodeb".',
  ],
  [
    { code: 'certificate_not_renewed', node: 'nodeb', until: UNTIL, hasEnded: true },
    {},
    'The certificate by which other nodes know nodeb has expired at 2027-01-01T00:00:00.000Z: they do not answer it any more. Type "fallover add join_token nodeb" on a member, and "fallover join TOKEN" on nodeb.',
  ],
  [
    { code: 'authority_ends', until: UNTIL, hasEnded: false },
    {},
    'The certificate of the authority by which the nodes know each other expires at 2027-01-01T00:00:00.000Z, and with it all that it signed. Make a new authority and join the nodes anew, as docs/decisions/0011-peers.md says.',
  ],
  [
    { code: 'command_not_found', fault: { code: 'command_not_found', path: '/opt/ha/x' } },
    ON_NODEA,
    'Notify Command on node nodea: There is no file "/opt/ha/x" on this node. Put the command there, or correct the pathname in the configuration.',
  ],
  [
    {
      code: 'command_differs',
      path: '/opt/ha/x',
      hashes: [
        { node: 'nodea', sha256: A },
        { node: 'nodeb', sha256: B },
      ],
    },
    NOTIFY,
    'Notify Command: "/opt/ha/x" is not the same on every node (SHA-256: nodea aaaaaaaaaaaa, nodeb bbbbbbbbbbbb). Copy the one that is right to the other nodes, or give each node a command of its own.',
  ],
  [
    { code: 'program_differs', path: '/bin/mail', hashes: [{ node: 'nodea', sha256: A }] },
    NOTIFY,
    'Notify Command: "/bin/mail" is not the same on every node (SHA-256: nodea aaaaaaaaaaaa). It is a program, which may be of another version there; look whether that is meant.',
  ],
  [
    { code: 'command_not_compared', path: '/opt/ha/x', size: 300 * MIB, reason: 'too_large' },
    ON_NODEA,
    'Notify Command on node nodea: "/opt/ha/x" was not compared: it has 300 MiB, and files of more than 256 MiB are not read. See to it yourself that it is the same on every node.',
  ],
  [
    { code: 'command_not_compared', path: '/opt/ha/x', size: 1, reason: 'not_readable' },
    ON_NODEA,
    'Notify Command on node nodea: "/opt/ha/x" was not compared: the cluster manager may execute it and not read it. Allow reading with chmod u+r.',
  ],
  [
    { code: 'command_not_compared', path: '/opt/ha/x', size: 1, reason: 'changing' },
    ON_NODEA,
    'Notify Command on node nodea: "/opt/ha/x" was not compared: it was changed while it was read. Verify again once it is as it shall be.',
  ],
  [
    { code: 'changed_since_it_ran', path: '/opt/ha/x', before: A, now: B },
    ON_NODEA,
    'Notify Command on node nodea: "/opt/ha/x" has changed since it last ran (SHA-256 aaaaaaaaaaaa then, bbbbbbbbbbbb now). Look at it, and try the event as a drill.',
  ],
  [
    { code: 'name_of_a_process', path: '/opt/ha/node', processes: ['node'] },
    NOTIFY,
    'Notify Command: who looks for "node" among the processes, with ps and grep or with pkill, finds those of Fallover too (node), and may end them. Give the file another name.',
  ],
  [
    { code: 'node_not_reached', node: 'nodeb' },
    {},
    'The cluster manager of node nodeb could not be asked, so its commands were not looked at. See whether it runs, and verify again.',
  ],
  [
    { code: 'node_not_looked_at', node: 'nodeb', configured: true },
    {},
    'Node nodeb could not be asked, so its commands were not looked at: its cluster manager takes no part, or has no certificate of the cluster yet. Start it there, or let it join ("fallover add join_token nodeb"), or take the node out: "fallover delete node nodeb", "fallover sync", and where it was a member "fallover remove-node nodeb".',
  ],
  [
    { code: 'node_not_looked_at', node: 'nodeb', configured: false },
    {},
    'Node nodeb could not be asked, so its commands were not looked at: its cluster manager takes no part, or has no certificate of the cluster yet. Start it there, or let it join ("fallover add join_token nodeb"), or take the node out: "fallover remove-node nodeb".',
  ],
  [
    { code: 'script_of_another', path: '/opt/ha/x', other: 'tell_users' },
    { field: 'script' },
    'Cluster Event Method: "/opt/ha/x" is the script of the custom event tell_users too. Use one of the two, or give this one a script of its own.',
  ],
  [
    { code: 'custom_event_not_used' },
    {},
    'No event has this custom event as a pre- or post-event, so it is never run. Use it, or delete it.',
  ],
  [
    { code: 'notified_by_a_custom_event', path: '/opt/ha/x', customEvent: 'tell_users', when: 'before' },
    NOTIFY,
    'Notify Command: "/opt/ha/x" is run before the event as the custom event tell_users too, so it notifies twice. Take it out in one place.',
  ],
  [
    { code: 'notified_of_the_failure_already', path: '/opt/ha/x', event: 'node_up' },
    NOTIFY,
    'Notify Command: "/opt/ha/x" is told already that node_up has failed, and event_error is processed on every node, so it notifies once more on each. Take it out here, unless that is meant.',
  ],
  [
    { code: 'notified_remotely_too', event: 'node_up' },
    NOTIFY,
    'Notify Command: node_up has a remote notification too, so it notifies twice. Take one of the two out, unless they reach different people.',
  ],
  [
    {
      code: 'shorter_than_it_took',
      event: 'node_up',
      seconds: 10,
      isDefault: false,
      runs: 7,
      medianMs: 9_400,
      longestMs: 61_200,
    },
    { field: 'timeUntilWarning' },
    'Time Until Warning: 10 seconds are less than node_up took before: 61 s at the longest of 7 runs, 9.4 s in the middle. Raise it above 62, or config_too_long warns of what is usual.',
  ],
  [
    {
      code: 'shorter_than_it_took',
      event: 'node_up',
      seconds: 360,
      isDefault: true,
      runs: 1,
      medianMs: 400_000,
      longestMs: 400_000,
    },
    { field: 'timeUntilWarning', node: 'nodea' },
    'Time Until Warning on node nodea: 360 seconds, the default, are less than node_up took before: 400 s at the longest of 1 run. Raise it above 400, or config_too_long warns of what is usual.',
  ],
  [
    { code: 'address_given_twice', text: '10.0.0.1', other: { class: 'service_label', name: 'web' } },
    { field: 'ipAddress' },
    'IP Address: "10.0.0.1" is the address of the service IP label web too. Correct one of the two.',
  ],
  [
    { code: 'label_given_twice', text: 'web', other: { class: 'interface', name: 'web' } },
    {},
    '"web" is a network interface too, and an IP label stands for one address. Give one of the two another name.',
  ],
  [
    { code: 'node_in_two_sites', node: 'nodea', other: 'east' },
    { field: 'siteNodes' },
    'Site Nodes: node nodea is in the site east too. A node is in one site; take it out of the other.',
  ],
  [
    { code: 'name_nearly_the_same', other: 'Net1' },
    {},
    'The name differs from "Net1" only in upper and lower case, and is easily taken for it. Give it another name.',
  ],
  [
    { code: 'etcd_members_on_one_host', host: 'nodea', members: ['etcd1', 'etcd2', 'etcd3'] },
    {},
    'The etcd members etcd1, etcd2 and etcd3 run on one machine, nodea, and are lost together. Have each on a machine of its own.',
  ],
  [
    { code: 'events_stop_with_host', host: 'nodea', members: ['etcd1', 'etcd2'], of: 3, needed: 2 },
    {},
    'When nodea is lost, no node processes events: etcd has 3 members, 2 have to be left, and etcd1 and etcd2 would be gone. Spread the members over more machines.',
  ],
  [
    { code: 'events_stop_with_host', host: '10.0.0.9', members: ['etcd1'], of: 1, needed: 1 },
    {},
    'etcd has one member, on 10.0.0.9 alone: when that is lost, no node processes events. Have three members, each on a machine of its own.',
  ],
  [
    { code: 'etcd_members_silent', members: [{ name: 'witness', host: '10.0.0.9' }], of: 3, more: 0 },
    {},
    'Of the 3 members of etcd witness on 10.0.0.9 does not answer: event processing stops when one more is lost. Start etcd there again, or restore the network to it.',
  ],
  [
    { code: 'etcd_members_even', count: 4, mayBeLost: 1 },
    {},
    'etcd has 4 members, of which 1 may be lost, as of 3: the last one helps nothing. Add one on another machine, or remove one.',
  ],
  [
    { code: 'no_witness', nodes: ['nodea', 'nodeb'], hosts: ['nodea', 'nodeb'] },
    {},
    'The cluster has two nodes, nodea and nodeb, and etcd runs nowhere else: when nodea or nodeb is lost, the other one processes no events and takes nothing over. Have a third etcd member on another machine, a witness: see docs/many-nodes.md.',
  ],
];

describe('what verification finds', () => {
  it.each(SENTENCES)('is one sentence or two, with the place and the way out: %o', (issue, place, sentence) => {
    expect(verificationSentence(issue, place)).toBe(sentence);
  });

  it('is an error when something would go wrong, and else a warning', () => {
    const codes = [...new Set(SENTENCES.map(([{ code }]) => code))];
    expect(codes.filter((code) => severityOf(code) === 'error')).toEqual([
      'command_not_found',
      'command_differs',
      'node_not_reached',
      'address_given_twice',
      'label_given_twice',
      'node_in_two_sites',
    ]);
  });
});

describe('automatic verification', () => {
  const found = (number: number, severity: Finding['severity'] = 'error'): Finding => ({
    id: `x:event/e${number}`,
    severity,
    code: 'x',
    class: 'event',
    name: `e${number}`,
    sentence: 'Something is wrong.',
    overridable: true,
  });

  it('tells cluster_notify how much it found', () => {
    expect(automaticMessage(7, [found(1), found(2, 'warning'), found(3, 'warning')])).toBe(
      'Automatic verification of revision 7 found 1 error and 2 warnings.',
    );
  });

  it('is written to the log with every entry that is concerned', () => {
    expect(automaticLines(7, '2026-11-23T00:00:00.000Z', [found(1), found(2, 'warning')])).toEqual([
      'Automatic verification of revision 7 at 2026-11-23T00:00:00.000Z: 1 error and 1 warning.',
      'ERROR: Event e1: Something is wrong.',
      'WARNING: Event e2: Something is wrong.',
    ]);
    const lines = automaticLines(
      7,
      'TIME',
      Array.from({ length: 1000 }, (_, number) => found(number)),
    );
    expect(lines).toHaveLength(202);
    expect(lines.at(-1)).toBe('800 more are not listed here: fallover verify --active');
  });

  it('names no entry where there is none', () => {
    expect(findingSentence({ sentence: 'Something is wrong.' })).toBe('Something is wrong.');
    expect(findingSentence({ class: 'custom_event', name: 'tell', sentence: 'Something is wrong.' })).toBe(
      'Custom event tell: Something is wrong.',
    );
  });
});
