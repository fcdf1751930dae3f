import { CLASS_WORDS, labelOf } from '../definition/fields.ts';
import type { EntryClass } from '../definition/types.ts';
import type { StartFault, StartFaultCode } from '../runs/types.ts';
import type { SilentMembers } from '../verification/quorum.ts';
import type { Finding, NotHashed, Severity } from '../verification/types.ts';
import { listed } from './listed.ts';
import { NOT_FENCED } from './fencing.ts';
import { quoted } from './quoted.ts';
import { silentMembersSentence } from './silent-members.ts';
import { startFaultSentence } from './start-fault.ts';

interface Other {
  class: EntryClass;
  name: string;
}

/** What the rules of verification find, beside the faults and warnings of each value. */
export type VerificationIssue =
  | { code: StartFaultCode; fault: StartFault }
  | { code: 'command_differs' | 'program_differs'; path: string; hashes: readonly { node: string; sha256: string }[] }
  | { code: 'mode_differs'; path: string; modes: readonly { node: string; mode: number }[] }
  | { code: 'command_not_compared'; path: string; size: number; reason: NotHashed }
  | { code: 'changed_since_it_ran'; path: string; before: string; now: string }
  | { code: 'name_of_a_process'; path: string; processes: readonly string[] }
  | { code: 'node_not_reached'; node: string }
  /** `configured`: it has an entry; else it is known from membership, or from --nodes. */
  | { code: 'node_not_looked_at'; node: string; configured: boolean }
  | { code: 'script_of_another'; path: string; other: string }
  | { code: 'custom_event_not_used' }
  | { code: 'notified_by_a_custom_event'; path: string; customEvent: string; when: 'before' | 'after' }
  | { code: 'notified_of_the_failure_already'; path: string; event: string }
  | { code: 'notified_remotely_too'; event: string }
  | {
      code: 'shorter_than_it_took';
      event: string;
      seconds: number;
      isDefault: boolean;
      runs: number;
      medianMs: number;
      longestMs: number;
    }
  | { code: 'address_given_twice'; text: string; other: Other }
  | { code: 'label_given_twice'; text: string; other: Other }
  | { code: 'node_in_two_sites'; node: string; other: string }
  | { code: 'name_nearly_the_same'; other: string }
  | { code: 'etcd_members_on_one_host'; host: string; members: readonly string[] }
  | { code: 'events_stop_with_host'; host: string; members: readonly string[]; of: number; needed: number }
  | ({ code: 'etcd_members_silent' } & SilentMembers)
  | { code: 'etcd_members_even'; count: number; mayBeLost: number }
  | { code: 'no_witness'; nodes: readonly string[]; hosts: readonly string[] }
  | { code: 'certificate_not_renewed'; node: string; until: string; hasEnded: boolean }
  | { code: 'authority_ends'; until: string; hasEnded: boolean }
  | { code: 'not_fenced' };
export type VerificationIssueCode = VerificationIssue['code'];

const WARNINGS: readonly VerificationIssueCode[] = [
  'program_differs',
  'mode_differs',
  'command_not_compared',
  'changed_since_it_ran',
  'name_of_a_process',
  'node_not_looked_at',
  'script_of_another',
  'custom_event_not_used',
  'notified_by_a_custom_event',
  'notified_of_the_failure_already',
  'notified_remotely_too',
  'shorter_than_it_took',
  'name_nearly_the_same',
  'etcd_members_silent',
  'etcd_members_on_one_host',
  'events_stop_with_host',
  'etcd_members_even',
  'no_witness',
  'certificate_not_renewed',
  'authority_ends',
  'not_fenced',
];

/** What would go wrong when the definition is active is an error; what is worth knowing is a warning. */
export const severityOf = (code: VerificationIssueCode): Severity => (WARNINGS.includes(code) ? 'warning' : 'error');

/** What is wrong, where, and what to do. */
export function verificationSentence(issue: VerificationIssue, { field, node }: Pick<Finding, 'field' | 'node'> = {}): string {
  const said = saying(issue);
  if (field === undefined) return said;
  return `${labelOf(field)}${node === undefined ? '' : ` on node ${node}`}: ${said}`;
}

function saying(issue: VerificationIssue): string {
  switch (issue.code) {
    case 'command_differs':
    case 'program_differs': {
      const hashes = issue.hashes.map(({ node, sha256 }) => `${node} ${short(sha256)}`).join(', ');
      const wayOut =
        issue.code === 'command_differs'
          ? 'Copy the one that is right to the other nodes, or give each node a command of its own.'
          : 'It is a program, which may be of another version there; look whether that is meant.';
      return `${quoted(issue.path)} is not the same on every node (SHA-256: ${hashes}). ${wayOut}`;
    }
    case 'mode_differs':
      return `${quoted(issue.path)} does not have the same mode on every node (${issue.modes.map(({ node, mode }) => `${node} ${mode.toString(8)}`).join(', ')}). Give it the same one with chmod, unless that is meant.`;
    case 'command_not_compared':
      return `${quoted(issue.path)} was not compared: ${notComparedBecause(issue)}`;
    case 'changed_since_it_ran':
      return `${quoted(issue.path)} has changed since it last ran (SHA-256 ${short(issue.before)} then, ${short(issue.now)} now). Look at it, and try the event as a drill.`;
    case 'name_of_a_process':
      return `who looks for ${quoted(fileName(issue.path))} among the processes, with ps and grep or with pkill, finds those of Fallover too (${issue.processes.join(', ')}), and may end them. Give the file another name.`;
    case 'node_not_reached':
      return `The cluster manager of node ${issue.node} could not be asked, so its commands were not looked at. See whether it runs, and verify again.`;
    case 'node_not_looked_at':
      return `Node ${issue.node} could not be asked, so its commands were not looked at: its cluster manager takes no part, or has no certificate of the cluster yet. Start it there, or let it join ("fallover add join_token ${issue.node}"), or take the node out: ${issue.configured ? `"fallover delete node ${issue.node}", "fallover sync", and where it was a member ` : ''}"fallover remove-node ${issue.node}".`;
    case 'script_of_another':
      return `${quoted(issue.path)} is the script of the custom event ${issue.other} too. Use one of the two, or give this one a script of its own.`;
    case 'custom_event_not_used':
      return 'No event has this custom event as a pre- or post-event, so it is never run. Use it, or delete it.';
    case 'notified_by_a_custom_event':
      return `${quoted(issue.path)} is run ${issue.when} the event as the custom event ${issue.customEvent} too, so it notifies twice. Take it out in one place.`;
    case 'notified_of_the_failure_already':
      return `${quoted(issue.path)} is told already that ${issue.event} has failed, and event_error is processed on every node, so it notifies once more on each. Take it out here, unless that is meant.`;
    case 'notified_remotely_too':
      return `${issue.event} has a remote notification too, so it notifies twice. Take one of the two out, unless they reach different people.`;
    case 'shorter_than_it_took': {
      const most = Math.ceil(issue.longestMs / 1000);
      const given = issue.isDefault ? `${issue.seconds} seconds, the default, are` : `${issue.seconds} seconds are`;
      const runs = issue.runs === 1 ? '1 run' : `${issue.runs} runs, ${seconds(issue.medianMs)} in the middle`;
      return `${given} less than ${issue.event} took before: ${seconds(issue.longestMs)} at the longest of ${runs}. Raise it above ${most}, or config_too_long warns of what is usual.`;
    }
    case 'address_given_twice':
      return `${quoted(issue.text)} is the address of the ${CLASS_WORDS[issue.other.class].one} ${issue.other.name} too. Correct one of the two.`;
    case 'label_given_twice':
      return `${quoted(issue.text)} is a ${CLASS_WORDS[issue.other.class].one} too, and an IP label stands for one address. Give one of the two another name.`;
    case 'node_in_two_sites':
      return `node ${issue.node} is in the site ${issue.other} too. A node is in one site; take it out of the other.`;
    case 'name_nearly_the_same':
      return `The name differs from ${quoted(issue.other)} only in upper and lower case, and is easily taken for it. Give it another name.`;
    case 'certificate_not_renewed':
      return issue.hasEnded
        ? `The certificate by which other nodes know ${issue.node} has expired at ${issue.until}: they do not answer it any more. Type "fallover add join_token ${issue.node}" on a member, and "fallover join TOKEN" on ${issue.node}.`
        : `The certificate by which other nodes know ${issue.node} expires at ${issue.until} and was not renewed. See that the cluster managers of ${issue.node} and of the node with the authority run, or join ${issue.node} again: "fallover add join_token ${issue.node}".`;
    case 'authority_ends':
      return `The certificate of the authority by which the nodes know each other ${issue.hasEnded ? 'has expired' : 'expires'} at ${issue.until}, and with it all that it signed. Make a new authority and join the nodes anew, as docs/decisions/0011-peers.md says.`;
    case 'etcd_members_silent':
      return silentMembersSentence(issue);
    case 'etcd_members_on_one_host':
      return `The etcd members ${listed(issue.members)} run on one machine, ${issue.host}, and are lost together. Have each on a machine of its own.`;
    case 'events_stop_with_host':
      return issue.of === 1
        ? `etcd has one member, on ${issue.host} alone: when that is lost, no node processes events. Have three members, each on a machine of its own.`
        : `When ${issue.host} is lost, no node processes events: etcd has ${issue.of} members, ${issue.needed} have to be left, and ${listed(issue.members)} would be gone. Spread the members over more machines.`;
    case 'etcd_members_even':
      return `etcd has ${issue.count} members, of which ${issue.mayBeLost} may be lost, as of ${issue.count - 1}: the last one helps nothing. Add one on another machine, or remove one.`;
    case 'no_witness':
      return `The cluster has two nodes, ${listed(issue.nodes)}, and etcd runs nowhere else: when ${listed(issue.hosts, 'or')} is lost, the other one processes no events and takes nothing over. Have a third etcd member on another machine, a witness: see docs/many-nodes.md.`;
    case 'not_fenced':
      return `${NOT_FENCED}. The cluster has more than one node and names no command that switches a lost one off; the others take over two seconds after its lease has ended, although it may still be at work. Name a fence command.`;
    default:
      return startFaultSentence(issue.fault);
  }
}

function notComparedBecause({ reason, size }: { reason: NotHashed; size: number }): string {
  switch (reason) {
    case 'too_large':
      return `it has ${Math.round(size / 1024 / 1024)} MiB, and files of more than 256 MiB are not read. See to it yourself that it is the same on every node.`;
    case 'not_readable':
      return 'the cluster manager may execute it and not read it. Allow reading with chmod u+r.';
    case 'changing':
      return 'it was changed while it was read. Verify again once it is as it shall be.';
  }
}

/** Enough of a SHA-256 to tell two apart, as git shows them. */
const short = (sha256: string): string => sha256.slice(0, 12);

const seconds = (ms: number): string => `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;

const fileName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** A finding with the entry that it is about, where that is not seen beside it. */
export function findingSentence({ class: entryClass, name, sentence }: Pick<Finding, 'class' | 'name' | 'sentence'>): string {
  if (entryClass === undefined || name === undefined) return sentence;
  const { one } = CLASS_WORDS[entryClass];
  return `${one.slice(0, 1).toUpperCase()}${one.slice(1)} ${name}: ${sentence}`;
}

/** What `cluster_notify` is told: of the findings of automatic verification those that are news. */
export const automaticMessage = (revision: number, news: readonly Pick<Finding, 'severity'>[]): string =>
  `Automatic verification of revision ${revision} found ${counted(news)}.`;

const MOST_LINES = 200;

/** The output of `cluster_notify`: what automatic verification found, errors first, as far as a log can do with. */
export function automaticLines(revision: number, at: string, findings: readonly Finding[]): string[] {
  const left = findings.length - MOST_LINES;
  return [
    `Automatic verification of revision ${revision} at ${at}: ${counted(findings)}.`,
    ...findings.slice(0, MOST_LINES).map((found) => `${found.severity.toUpperCase()}: ${findingSentence(found)}`),
    ...(left > 0 ? [`${left} more are not listed here: fallover verify --active`] : []),
  ];
}

function counted(findings: readonly Pick<Finding, 'severity'>[]): string {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const several = (count: number, one: string): string => (count === 1 ? `1 ${one}` : `${count} ${one}s`);
  return `${several(errors, 'error')} and ${several(findings.length - errors, 'warning')}`;
}
