/** What can be wrong with a store in etcd. `store` is its addresses, as they were given. */
export type EtcdFault =
  | { code: 'store_unreachable'; store: string; reason: string }
  | { code: 'no_quorum'; store: string }
  | { code: 'outcome_unknown'; store: string }
  | { code: 'store_of_another_cluster'; store: string; found: string; known: string }
  | { code: 'store_has_another_owner'; store: string; prefix: string; owner: string; asked: string }
  | { code: 'store_went_back'; store: string; found: number; known: number }
  | { code: 'store_certificate_refused'; store: string; address: string; reason: string }
  | { code: 'store_password_wrong'; store: string; user: string }
  | { code: 'store_password_missing'; store: string }
  | { code: 'store_checks_no_password'; store: string; user: string }
  | { code: 'store_permission_denied'; store: string; prefix: string }
  | { code: 'store_out_of_space'; store: string }
  | { code: 'store_write_too_large'; store: string; reason: string }
  | { code: 'store_file_not_readable'; path: string; reason: string }
  | { code: 'store_file_not_private'; path: string }
  | { code: 'store_files_not_usable'; reason: string }
  | { code: 'store_password_file_empty'; path: string }
  | { code: 'store_refused'; store: string; reason: string };

/** What is wrong, where, and what to do. `question`: whoever asked wanted to read only. */
export function etcdFaultSentence(fault: EtcdFault, { question = false }: { question?: boolean } = {}): string {
  switch (fault.code) {
    case 'store_unreachable':
      return `No member of etcd answers at ${fault.store} (${fault.reason}): ${question ? 'it cannot be asked now' : 'nothing was written'}; check the addresses of --store, with etcds:// where etcd speaks TLS, and that etcd runs there.`;
    case 'no_quorum':
      return `etcd at ${fault.store} has no quorum: ${question ? 'it cannot be asked now' : 'nothing was written and nothing is kept to be written later'}; start its members again, or restore the network between them, and to this node.`;
    case 'outcome_unknown':
      return `The answer of etcd at ${fault.store} was lost: whether the change was made is not known, and it was not tried again; look at what is there now before you repeat it.`;
    case 'store_of_another_cluster':
      return `etcd at ${fault.store} is not the store that this node knows (it is ${fault.found}, this node knows ${fault.known}): nothing was written; give the addresses of the right etcd with --store. If it was set up anew on purpose, stop all nodes and remove store.json from their state directories.`;
    case 'store_has_another_owner':
      return `What is below ${fault.prefix} in etcd at ${fault.store} is of cluster ${fault.owner}, not ${fault.asked}: nothing was written; start with --cluster ${fault.owner}, or give ${fault.asked} keys of its own with --store-prefix.`;
    case 'store_went_back':
      return `etcd at ${fault.store} is at revision ${fault.found}, and this node has seen revision ${fault.known}: it was put back from an older copy; put back the newest. If there is none, stop all nodes, look at what they did since, and remove store.json from their state directories.`;
    case 'store_certificate_refused':
      return `The connection to etcd at ${fault.address} is not trusted by one of both sides (${fault.reason}): nothing was sent; check --store-ca, --store-cert, --store-key, and the names in etcd's certificate.`;
    case 'store_password_wrong':
      return `etcd at ${fault.store} does not know the user ${fault.user} with this password: check --store-user and the file of --store-password-file.`;
    case 'store_password_missing':
      return `etcd at ${fault.store} wants to know who asks: give --store-user with --store-password-file, or a client certificate with --store-cert and --store-key.`;
    case 'store_checks_no_password':
      return `etcd at ${fault.store} checks no password, so that anybody who reaches it can write there: switch it on with "etcdctl auth enable", or leave out --store-user ${fault.user}.`;
    case 'store_permission_denied':
      return `etcd at ${fault.store} does not let this user read and write below ${fault.prefix}: give it a role with etcdctl role grant-permission --prefix ROLE readwrite ${fault.prefix}.`;
    case 'store_out_of_space':
      return `etcd at ${fault.store} has reached its quota: nothing was written; compact and defragment it, then "etcdctl alarm disarm".`;
    case 'store_write_too_large':
      return `The change is too large for one transaction of etcd at ${fault.store} (${fault.reason}): nothing was written; make it in smaller parts, or start etcd's members with a larger --max-request-bytes and --max-txn-ops.`;
    case 'store_file_not_readable':
      return `The file ${fault.path} for the connection to etcd cannot be read (${fault.reason}): check its path and its owner.`;
    case 'store_file_not_private':
      return `The file ${fault.path} can be read by others than its owner: use chmod 600, and change what is in it if somebody may have read it.`;
    case 'store_files_not_usable':
      return `The connection to etcd cannot be made with the files of --store-ca, --store-cert and --store-key (${fault.reason}): each is PEM, and the key is that of the certificate.`;
    case 'store_password_file_empty':
      return `The file ${fault.path} has no password in its first line: write it there.`;
    case 'store_refused':
      return `etcd at ${fault.store} refused what was asked (${fault.reason}): look at its log.`;
  }
}
