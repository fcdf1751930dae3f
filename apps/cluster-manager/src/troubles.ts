/** What is not as it should be, for as long as it is so: a log that cannot be written, a disk that is full. */
export interface Troubles {
  /** An undefined sentence: it is over. True if that is news. */
  set(code: string, sentence: string | undefined): boolean;
  /** While the store is out of reach, its own sentence says what a lost member of etcd means. */
  all(): { code: string; sentence: string }[];
}

export function troubles(): Troubles {
  const open = new Map<string, string>();
  return {
    set(code, sentence) {
      if (open.get(code) === sentence) return false;
      if (sentence === undefined) open.delete(code);
      else open.set(code, sentence);
      return true;
    },
    all: () =>
      [...open]
        .filter(([code]) => !(code === 'etcd_members_silent' && open.has('store')))
        .map(([code, sentence]) => ({ code, sentence })),
  };
}

export type Trouble =
  | { code: 'journal_not_writable'; reason: string }
  | { code: 'step_log_not_writable'; reason: string }
  | { code: 'queue_stopped'; reason: string }
  | { code: 'outbox_not_writable'; reason: string }
  | { code: 'node_name_taken'; reason: string }
  | { code: 'protocol_differs'; reason: string }
  | { code: 'defect'; reason: string };

export function troubleSentence(trouble: Trouble): string {
  switch (trouble.code) {
    case 'journal_not_writable':
      return `The journal cannot be written (${trouble.reason}). No step is started until it can: make room on the disk of the state directory.`;
    case 'step_log_not_writable':
      return `The output of a built-in command could not be written (${trouble.reason}). The event goes on without it.`;
    case 'queue_stopped':
      return `The next event of the queue could not be started (${trouble.reason}). It stays queued; it is tried again with the next event.`;
    case 'outbox_not_writable':
      return `The outbox of remote notification cannot be written (${trouble.reason}). Nothing is sent until it can: make room on the disk of the state directory.`;
    case 'node_name_taken':
      return `This node does not join the cluster: a node of the same name is a member already, ${trouble.reason}. Stop that one, or start this one with another --node.`;
    case 'protocol_differs':
      return `This node does not join the cluster: its release does not understand that of ${trouble.reason}. Install one release on all nodes.`;
    case 'defect':
      return `The cluster manager met a fault of its own and an event may stand still; its log has the details: ${trouble.reason}`;
  }
}
