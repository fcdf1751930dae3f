/** Who signs the certificates by which the cluster managers of a cluster know each other. */
export interface PeerAuthority {
  /** PEM. */
  certificate: string;
  /** The node that has its key, and so lets others join. */
  node: string;
}

/** Where the cluster manager of a node is asked by others, and by which certificate it is known. */
export interface PeerDocument {
  node: string;
  /** HOST:PORT, as the other nodes reach it. */
  address: string;
  /** The SHA-256 of its certificate, in hex: an earlier one of the same node is not good any more. */
  fingerprint: string;
  /** ISO 8601: when that certificate ends; missing where an earlier release wrote it. */
  until?: string;
}

/** How the nodes find and know each other (docs/decisions/0011-peers.md). */
export interface PeerDirectory {
  peerAuthority(): Promise<PeerAuthority | undefined>;
  /**
   * The first one stays. Of the same certificate another node can have the key: it is written. What is there afterwards is
   * the answer.
   */
  savePeerAuthority(authority: PeerAuthority): Promise<PeerAuthority>;
  /** Sorted by node. */
  peers(): Promise<PeerDocument[]>;
  savePeer(document: PeerDocument): Promise<void>;
}
