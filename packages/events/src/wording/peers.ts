/** Why another node's cluster manager did not tell what it was asked. */
export type PeerFault =
  /** This node has no certificate of the cluster. */
  | { code: 'not_joined'; own: string }
  /** The cluster manager has a store of its own. */
  | { code: 'no_other_nodes'; own: string; node: string }
  | { code: 'peer_not_known'; node: string }
  | { code: 'peer_not_answering'; node: string; address: string; reason: string }
  | { code: 'peer_too_slow'; node: string; seconds: number }
  | { code: 'peer_answer_too_large'; node: string; mostBytes: number }
  | { code: 'peer_answer_not_understood'; node: string }
  | { code: 'peer_protocol_differs'; node: string; own: number; theirs: number }
  /** The certificate with which it answers. */
  | { code: 'peer_not_trusted'; node: string; address: string; reason: string }
  /** It does not take this node's certificate. */
  | { code: 'peer_refuses_certificate'; node: string; reason: CertificateRefusal }
  | { code: 'peer_busy'; node: string }
  /** The use case over there said no, as it would have here. */
  | { code: 'peer_refused'; node: string; refusal: PeerRefusal };

export interface PeerRefusal {
  code: string;
  status: number;
  sentence: string;
}

export const CERTIFICATE_REFUSALS = ['missing', 'of_another_authority', 'not_valid_now', 'replaced'] as const;
export type CertificateRefusal = (typeof CERTIFICATE_REFUSALS)[number];

/** `lies`: what was asked for, as a sentence says where it is: `its logs are on`. */
export function peerSentence(fault: PeerFault, lies?: string): string {
  const itself = lies === undefined || !('node' in fault) ? '' : `; ${lies} ${fault.node} itself`;
  switch (fault.code) {
    case 'not_joined':
      return `This node has no certificate of the cluster, so it cannot ask other nodes. On a member type "fallover add join_token ${fault.own}", and here "fallover join TOKEN".`;
    case 'no_other_nodes':
      return `There is no node ${fault.node} here: node ${fault.own} is the only one of this cluster.`;
    case 'peer_not_known':
      return `Node ${fault.node} has not joined the cluster with a certificate, so it cannot be asked${itself}. On a member type "fallover add join_token ${fault.node}", and on ${fault.node} "fallover join TOKEN".`;
    case 'peer_not_answering':
      return `Node ${fault.node} does not answer at ${fault.address}: ${reasonWords(fault.reason)}${itself}. See whether that node and its cluster manager run.`;
    case 'peer_too_slow':
      return `Node ${fault.node} did not answer within ${fault.seconds} s${itself}. Try again.`;
    case 'peer_answer_too_large':
      return `What node ${fault.node} answered was longer than ${fault.mostBytes} bytes and was not read${itself}. Ask for less.`;
    case 'peer_answer_not_understood':
      return `What node ${fault.node} answered was not understood${itself}. See whether it has the same release.`;
    case 'peer_protocol_differs':
      return `Node ${fault.node} speaks protocol ${fault.theirs}, this one protocol ${fault.own}, so they cannot ask each other${itself}. Install one release on all nodes.`;
    case 'peer_not_trusted':
      return `What answers at ${fault.address} is not node ${fault.node} of this cluster (${certificateWords(fault.reason)}), so nothing was asked${itself}. See what listens there; if it is that node, join it again with "fallover add join_token ${fault.node}".`;
    case 'peer_refuses_certificate':
      return `Node ${fault.node} does not take this node's certificate: ${refusalWords(fault.reason)}${itself}. Join this node again: "fallover add join_token NODE" on a member, "fallover join TOKEN" here.`;
    case 'peer_busy':
      return `Node ${fault.node} is being asked too much at once${itself}. Try again.`;
    case 'peer_refused':
      return fault.refusal.sentence;
  }
}

function refusalWords(reason: CertificateRefusal): string {
  switch (reason) {
    case 'missing':
      return 'it showed none';
    case 'of_another_authority':
      return 'it was not signed in this cluster';
    case 'not_valid_now':
      return 'it has expired, or one of the two clocks is wrong';
    case 'replaced':
      return 'the cluster knows another one of this node';
  }
}

function certificateWords(reason: string): string {
  switch (reason) {
    case 'CERT_HAS_EXPIRED':
      return 'its certificate has expired, or the clock here is wrong';
    case 'CERT_NOT_YET_VALID':
      return 'its certificate is not valid yet, or the clock here is wrong';
    case 'another_node':
      return 'its certificate names another node';
    case 'replaced':
      return 'the cluster knows another certificate of that node';
    default:
      return 'its certificate was not signed in this cluster';
  }
}

/** What the system says when a connection fails, in words. */
function reasonWords(reason: string): string {
  switch (reason) {
    case 'ECONNREFUSED':
      return 'nothing listens there, its cluster manager may be down';
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return 'there is no way to that address from here';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'the name is not known here';
    case 'ETIMEDOUT':
    case 'no_connection_in_time':
      return 'no connection came about in time, it may be off, hang or be cut off';
    default:
      return `the connection broke (${reason})`;
  }
}

/** Why a node did not join. Nothing was changed on it. */
export type JoinFault =
  | { code: 'join_token_not_understood' }
  | { code: 'join_token_of_another_node'; node: string; own: string }
  | { code: 'join_token_of_another_cluster'; cluster: string; own: string }
  | { code: 'join_not_answered'; node: string; address: string; reason: string }
  | { code: 'join_authority_differs'; node: string; address: string }
  | { code: 'join_refused'; node: string; reason: TokenRefusal }
  | { code: 'join_protocol_differs'; node: string; own: number; theirs: number }
  | { code: 'join_answer_not_understood'; node: string }
  | { code: 'join_not_written'; path: string; reason: string };

export const TOKEN_REFUSALS = ['not_known', 'used', 'expired', 'of_another_node', 'bad_request', 'too_many'] as const;
export type TokenRefusal = (typeof TOKEN_REFUSALS)[number];

const NEW_TOKEN = 'Type "fallover add join_token NODE" on a member for a new one.';

export function joinSentence(fault: JoinFault): string {
  switch (fault.code) {
    case 'join_token_not_understood':
      return 'This is not a join token, or it is not whole. Give it as "fallover add join_token NODE" has printed it, in one piece.';
    case 'join_token_of_another_node':
      return `This token is for node ${fault.node}, and this is node ${fault.own}; nothing was changed. Type "fallover add join_token ${fault.own}" on a member for one of its own.`;
    case 'join_token_of_another_cluster':
      return `This token is for cluster ${fault.cluster}, and this node belongs to cluster ${fault.own}; nothing was changed. Take a token of ${fault.own}, or another state directory with --state.`;
    case 'join_not_answered':
      return `Node ${fault.node} does not answer at ${fault.address}: ${reasonWords(fault.reason)}; nothing was changed. Look at its cluster manager, and give the same token again.`;
    case 'join_authority_differs':
      return `What answers at ${fault.address} is not node ${fault.node} of the token's cluster: its authority has another fingerprint; nothing was sent or changed. See what listens there.`;
    case 'join_refused':
      return `Node ${fault.node} refuses the token: ${tokenWords(fault.reason)}; nothing was changed. ${NEW_TOKEN}`;
    case 'join_protocol_differs':
      return `Node ${fault.node} speaks protocol ${fault.theirs}, this one protocol ${fault.own}; nothing was changed. Install one release on all nodes.`;
    case 'join_answer_not_understood':
      return `What node ${fault.node} answered was not understood; nothing was changed. See whether it has the same release. ${NEW_TOKEN}`;
    case 'join_not_written':
      return `The certificate could not be written to ${fault.path} (${fault.reason}); this node has not joined. Make room or give the directory to the user that runs Fallover. ${NEW_TOKEN}`;
  }
}

function tokenWords(reason: TokenRefusal): string {
  switch (reason) {
    case 'not_known':
      return 'it does not know it, or was started anew since';
    case 'used':
      return 'it was used already';
    case 'expired':
      return 'it has expired, a token holds for 15 minutes';
    case 'of_another_node':
      return 'it is for a node of another name';
    case 'bad_request':
      return 'the signing request was not understood';
    case 'too_many':
      return 'too many wrong tokens came within a minute';
  }
}

/** What is not as it should be with how the cluster managers know each other. */
export type PeerTrouble =
  | { code: 'not_joined'; own: string; holder: string }
  | { code: 'authority_of_another_cluster'; own: string; holder: string }
  | { code: 'certificate_ends'; own: string; until: string; hasEnded: boolean; holder?: string }
  | { code: 'peers_not_listening'; address: string; reason: string }
  | { code: 'peer_file_corrupt'; path: string; reason: string }
  | { code: 'clocks_differ'; own: string; others: readonly { node: string; differenceMs: number }[] };

export function peerTroubleSentence(trouble: PeerTrouble): string {
  switch (trouble.code) {
    case 'not_joined':
      return `This node has no certificate of the cluster: other nodes cannot show its logs, nor it theirs. On ${trouble.holder} or another member type "fallover add join_token ${trouble.own}", and here "fallover join TOKEN".`;
    case 'authority_of_another_cluster':
      return `This node's certificate was signed in another cluster, so other nodes do not answer it. On ${trouble.holder} or another member type "fallover add join_token ${trouble.own}", and here "fallover join TOKEN".`;
    case 'certificate_ends':
      return `The certificate by which other nodes know this one ${trouble.hasEnded ? 'has expired at' : 'expires at'} ${trouble.until}${trouble.hasEnded ? '' : notRenewed(trouble.holder)}. On a member type "fallover add join_token ${trouble.own}", and here "fallover join TOKEN".`;
    case 'peers_not_listening':
      return `Other nodes cannot ask this one: it cannot listen at ${trouble.address} (${trouble.reason}). Give a free address of this node with --peer-listen.`;
    case 'peer_file_corrupt':
      return `The file ${trouble.path} cannot be read (${trouble.reason}), so this node and others cannot ask each other. Restore it from a backup, or join this node again.`;
    case 'clocks_differ': {
      const others = trouble.others.map(({ node, differenceMs }) => `that of ${node} is ${secondsWords(differenceMs)}`);
      return `Clocks differ: against that of ${trouble.own}, ${others.join(', ')}. Logs of several nodes are read by their clocks: set them by NTP.`;
    }
  }
}

const notRenewed = (holder: string | undefined): string =>
  holder === undefined ? '' : ` and was not renewed: see that the cluster manager of ${holder}, which has the authority, runs`;

const secondsWords = (ms: number): string => `${(Math.abs(ms) / 1000).toFixed(1)} s ${ms > 0 ? 'ahead' : 'behind'}`;

/** A token cannot be made, or no node can join here. */
export type JoinTokenFault =
  | { code: 'nothing_to_join'; own: string }
  | { code: 'token_for_this_node'; node: string }
  /** It has not made or found one yet, or another node has its key. */
  | { code: 'authority_not_here'; own: string }
  | { code: 'only_on_the_node_itself' }
  | { code: 'not_renewed'; node: string; reason: 'bad_request' | 'too_often' };

export function joinTokenSentence(fault: JoinTokenFault): string {
  switch (fault.code) {
    case 'nothing_to_join':
      return `Node ${fault.own} has a store of its own, so no other node can join it. Start it with --store etcd://HOST:PORT,… to share one.`;
    case 'token_for_this_node':
      return `Node ${fault.node} has the authority of the cluster and signs its own certificate. Give the name of another node.`;
    case 'authority_not_here':
      return `Node ${fault.own} does not have the cluster's authority at hand, so no token was made. See on home what is wrong with it, and try again.`;
    case 'only_on_the_node_itself':
      return 'A node is joined on that node itself. Type "fallover join TOKEN" there.';
    case 'not_renewed':
      return `The certificate of node ${fault.node} was not renewed: ${fault.reason === 'too_often' ? 'it was renewed just now' : 'the signing request was not understood'}. It tries again within the hour.`;
  }
}
