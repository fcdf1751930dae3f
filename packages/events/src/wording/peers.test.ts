import { describe, expect, it } from 'vitest';
import { type JoinFault, joinSentence, joinTokenSentence, type PeerFault, peerSentence, peerTroubleSentence } from './peers.ts';

const node = 'nodeb';
const address = '10.0.0.2:8771';

describe('why another node did not tell what it was asked', () => {
  it.each<[PeerFault, string]>([
    [
      { code: 'not_joined', own: 'nodea' },
      'This node has no certificate of the cluster, so it cannot ask other nodes. On a member type "fallover add join_token nodea", and here "fallover join TOKEN".',
    ],
    [{ code: 'no_other_nodes', own: 'nodea', node }, 'There is no node nodeb here: node nodea is the only one of this cluster.'],
    [
      { code: 'peer_not_known', node },
      'Node nodeb has not joined the cluster with a certificate, so it cannot be asked; its logs are on nodeb itself. On a member type "fallover add join_token nodeb", and on nodeb "fallover join TOKEN".',
    ],
    [
      { code: 'peer_not_answering', node, address, reason: 'ECONNREFUSED' },
      'Node nodeb does not answer at 10.0.0.2:8771: nothing listens there, its cluster manager may be down; its logs are on nodeb itself. See whether that node and its cluster manager run.',
    ],
    [
      { code: 'peer_not_answering', node, address, reason: 'EHOSTUNREACH' },
      'Node nodeb does not answer at 10.0.0.2:8771: there is no way to that address from here; its logs are on nodeb itself. See whether that node and its cluster manager run.',
    ],
    [
      { code: 'peer_not_answering', node, address, reason: 'ENOTFOUND' },
      'Node nodeb does not answer at 10.0.0.2:8771: the name is not known here; its logs are on nodeb itself. See whether that node and its cluster manager run.',
    ],
    [
      { code: 'peer_not_answering', node, address, reason: 'no_connection_in_time' },
      'Node nodeb does not answer at 10.0.0.2:8771: no connection came about in time, it may be off, hang or be cut off; its logs are on nodeb itself. See whether that node and its cluster manager run.',
    ],
    [
      { code: 'peer_not_answering', node, address, reason: 'ECONNRESET' },
      'Node nodeb does not answer at 10.0.0.2:8771: the connection broke (ECONNRESET); its logs are on nodeb itself. See whether that node and its cluster manager run.',
    ],
    [
      { code: 'peer_too_slow', node, seconds: 15 },
      'Node nodeb did not answer within 15 s; its logs are on nodeb itself. Try again.',
    ],
    [
      { code: 'peer_answer_too_large', node, mostBytes: 1024 },
      'What node nodeb answered was longer than 1024 bytes and was not read; its logs are on nodeb itself. Ask for less.',
    ],
    [
      { code: 'peer_answer_not_understood', node },
      'What node nodeb answered was not understood; its logs are on nodeb itself. See whether it has the same release.',
    ],
    [
      { code: 'peer_protocol_differs', node, own: 1, theirs: 2 },
      'Node nodeb speaks protocol 2, this one protocol 1, so they cannot ask each other; its logs are on nodeb itself. Install one release on all nodes.',
    ],
    [
      { code: 'peer_not_trusted', node, address, reason: 'CERT_HAS_EXPIRED' },
      'What answers at 10.0.0.2:8771 is not node nodeb of this cluster (its certificate has expired, or the clock here is wrong), so nothing was asked; its logs are on nodeb itself. See what listens there; if it is that node, join it again with "fallover add join_token nodeb".',
    ],
    [
      { code: 'peer_refuses_certificate', node, reason: 'replaced' },
      'Node nodeb does not take this node\'s certificate: the cluster knows another one of this node; its logs are on nodeb itself. Join this node again: "fallover add join_token NODE" on a member, "fallover join TOKEN" here.',
    ],
    [{ code: 'peer_busy', node }, 'Node nodeb is being asked too much at once; its logs are on nodeb itself. Try again.'],
    [{ code: 'peer_refused', node, refusal: { code: 'x', status: 404, sentence: 'There is none.' } }, 'There is none.'],
  ])('%o', (fault, sentence) => {
    expect(peerSentence(fault, 'its logs are on')).toBe(sentence);
  });

  it('says what is wrong with a certificate', () => {
    const said = (reason: string) => /\(([^)]*)\)/.exec(peerSentence({ code: 'peer_not_trusted', node, address, reason }))?.[1];
    expect(['CERT_NOT_YET_VALID', 'another_node', 'replaced', 'SELF_SIGNED_CERT_IN_CHAIN'].map(said)).toEqual([
      'its certificate is not valid yet, or the clock here is wrong',
      'its certificate names another node',
      'the cluster knows another certificate of that node',
      'its certificate was not signed in this cluster',
    ]);
    const refused = (reason: 'missing' | 'of_another_authority' | 'not_valid_now') =>
      peerSentence({ code: 'peer_refuses_certificate', node, reason }).split('. ')[0];
    expect([refused('missing'), refused('of_another_authority'), refused('not_valid_now')]).toEqual([
      "Node nodeb does not take this node's certificate: it showed none",
      "Node nodeb does not take this node's certificate: it was not signed in this cluster",
      "Node nodeb does not take this node's certificate: it has expired, or one of the two clocks is wrong",
    ]);
  });
});

describe('why a node did not join', () => {
  const again = 'Type "fallover add join_token NODE" on a member for a new one.';
  it.each<[JoinFault, string]>([
    [
      { code: 'join_token_not_understood' },
      'This is not a join token, or it is not whole. Give it as "fallover add join_token NODE" has printed it, in one piece.',
    ],
    [
      { code: 'join_token_of_another_node', node, own: 'nodec' },
      'This token is for node nodeb, and this is node nodec; nothing was changed. Type "fallover add join_token nodec" on a member for one of its own.',
    ],
    [
      { code: 'join_token_of_another_cluster', cluster: 'sales', own: 'payroll' },
      'This token is for cluster sales, and this node belongs to cluster payroll; nothing was changed. Take a token of payroll, or another state directory with --state.',
    ],
    [
      { code: 'join_not_answered', node, address, reason: 'ETIMEDOUT' },
      'Node nodeb does not answer at 10.0.0.2:8771: no connection came about in time, it may be off, hang or be cut off; nothing was changed. Look at its cluster manager, and give the same token again.',
    ],
    [
      { code: 'join_authority_differs', node, address },
      "What answers at 10.0.0.2:8771 is not node nodeb of the token's cluster: its authority has another fingerprint; nothing was sent or changed. See what listens there.",
    ],
    [
      { code: 'join_refused', node, reason: 'expired' },
      `Node nodeb refuses the token: it has expired, a token holds for 15 minutes; nothing was changed. ${again}`,
    ],
    [
      { code: 'join_protocol_differs', node, own: 1, theirs: 2 },
      'Node nodeb speaks protocol 2, this one protocol 1; nothing was changed. Install one release on all nodes.',
    ],
    [
      { code: 'join_answer_not_understood', node },
      `What node nodeb answered was not understood; nothing was changed. See whether it has the same release. ${again}`,
    ],
    [
      { code: 'join_not_written', path: '/var/lib/fallover', reason: 'ENOSPC' },
      `The certificate could not be written to /var/lib/fallover (ENOSPC); this node has not joined. Make room or give the directory to the user that runs Fallover. ${again}`,
    ],
  ])('%o', (fault, sentence) => {
    expect(joinSentence(fault)).toBe(sentence);
  });

  it('says why a token is refused', () => {
    const reasons = ['not_known', 'used', 'of_another_node', 'bad_request', 'too_many'] as const;
    expect(reasons.map((reason) => /token: ([^;]*);/.exec(joinSentence({ code: 'join_refused', node, reason }))?.[1])).toEqual([
      'it does not know it, or was started anew since',
      'it was used already',
      'it is for a node of another name',
      'the signing request was not understood',
      'too many wrong tokens came within a minute',
    ]);
  });
});

describe('what is not as it should be between nodes', () => {
  it('is said with the way out', () => {
    const join = 'type "fallover add join_token nodeb", and here "fallover join TOKEN".';
    expect(peerTroubleSentence({ code: 'not_joined', own: node, holder: 'nodea' })).toBe(
      `This node has no certificate of the cluster: other nodes cannot show its logs, nor it theirs. On nodea or another member ${join}`,
    );
    expect(peerTroubleSentence({ code: 'authority_of_another_cluster', own: node, holder: 'nodea' })).toBe(
      `This node's certificate was signed in another cluster, so other nodes do not answer it. On nodea or another member ${join}`,
    );
    const until = '2036-11-26T12:00:00.000Z';
    expect(peerTroubleSentence({ code: 'certificate_ends', own: node, until, hasEnded: false })).toBe(
      `The certificate by which other nodes know this one expires at ${until}. On a member ${join}`,
    );
    expect(peerTroubleSentence({ code: 'certificate_ends', own: node, until, hasEnded: false, holder: 'nodea' })).toBe(
      `The certificate by which other nodes know this one expires at ${until} and was not renewed: see that the cluster manager of nodea, which has the authority, runs. On a member type "fallover add join_token ${node}", and here "fallover join TOKEN".`,
    );
    expect(peerTroubleSentence({ code: 'certificate_ends', own: node, until, hasEnded: true })).toBe(
      `The certificate by which other nodes know this one has expired at ${until}. On a member ${join}`,
    );
    expect(peerTroubleSentence({ code: 'peers_not_listening', address, reason: 'EADDRINUSE' })).toBe(
      'Other nodes cannot ask this one: it cannot listen at 10.0.0.2:8771 (EADDRINUSE). Give a free address of this node with --peer-listen.',
    );
    expect(peerTroubleSentence({ code: 'peer_file_corrupt', path: '/s/peer.json', reason: 'EACCES' })).toBe(
      'The file /s/peer.json cannot be read (EACCES), so this node and others cannot ask each other. Restore it from a backup, or join this node again.',
    );
    const others = [
      { node, differenceMs: 3_240 },
      { node: 'nodec', differenceMs: -1_500 },
    ];
    expect(peerTroubleSentence({ code: 'clocks_differ', own: 'nodea', others })).toBe(
      'Clocks differ: against that of nodea, that of nodeb is 3.2 s ahead, that of nodec is 1.5 s behind. Logs of several nodes are read by their clocks: set them by NTP.',
    );
  });

  it('is said where a token cannot be made', () => {
    expect(joinTokenSentence({ code: 'nothing_to_join', own: 'nodea' })).toBe(
      'Node nodea has a store of its own, so no other node can join it. Start it with --store etcd://HOST:PORT,… to share one.',
    );
    expect(joinTokenSentence({ code: 'token_for_this_node', node: 'nodea' })).toBe(
      'Node nodea has the authority of the cluster and signs its own certificate. Give the name of another node.',
    );
    expect(joinTokenSentence({ code: 'authority_not_here', own: 'nodea' })).toBe(
      "Node nodea does not have the cluster's authority at hand, so no token was made. See on home what is wrong with it, and try again.",
    );
    expect(joinTokenSentence({ code: 'only_on_the_node_itself' })).toBe(
      'A node is joined on that node itself. Type "fallover join TOKEN" there.',
    );
  });
});
