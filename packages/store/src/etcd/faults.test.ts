import { describe, expect, it } from 'vitest';
import { storeError, storeFaultOf, storeFaultSentence } from '../faults.ts';
import type { EtcdFault } from './faults.ts';

const store = '192.0.2.1:2379,192.0.2.2:2379';

const SAID: [EtcdFault, string][] = [
  [
    { code: 'store_unreachable', store, reason: 'connect ECONNREFUSED 192.0.2.2:2379' },
    `No member of etcd answers at ${store} (connect ECONNREFUSED 192.0.2.2:2379): nothing was written; check the addresses of --store, with etcds:// where etcd speaks TLS, and that etcd runs there.`,
  ],
  [
    { code: 'no_quorum', store },
    `etcd at ${store} has no quorum: nothing was written and nothing is kept to be written later; start its members again, or restore the network between them, and to this node.`,
  ],
  [
    { code: 'outcome_unknown', store },
    `The answer of etcd at ${store} was lost: whether the change was made is not known, and it was not tried again; look at what is there now before you repeat it.`,
  ],
  [
    { code: 'store_of_another_cluster', store, found: 'cluster abc', known: 'cluster def' },
    `etcd at ${store} is not the store that this node knows (it is cluster abc, this node knows cluster def): nothing was written; give the addresses of the right etcd with --store. If it was set up anew on purpose, stop all nodes and remove store.json from their state directories.`,
  ],
  [
    { code: 'store_has_another_owner', store, prefix: 'fallover/prod/', owner: 'prod', asked: 'test' },
    `What is below fallover/prod/ in etcd at ${store} is of cluster prod, not test: nothing was written; start with --cluster prod, or give test keys of its own with --store-prefix.`,
  ],
  [
    { code: 'store_went_back', store, found: 12, known: 400 },
    `etcd at ${store} is at revision 12, and this node has seen revision 400: it was put back from an older copy; put back the newest. If there is none, stop all nodes, look at what they did since, and remove store.json from their state directories.`,
  ],
  [
    { code: 'store_certificate_refused', store, address: '192.0.2.1:2379', reason: 'self-signed certificate' },
    "The connection to etcd at 192.0.2.1:2379 is not trusted by one of both sides (self-signed certificate): nothing was sent; check --store-ca, --store-cert, --store-key, and the names in etcd's certificate.",
  ],
  [
    { code: 'store_password_wrong', store, user: 'fallover' },
    `etcd at ${store} does not know the user fallover with this password: check --store-user and the file of --store-password-file.`,
  ],
  [
    { code: 'store_password_missing', store },
    `etcd at ${store} wants to know who asks: give --store-user with --store-password-file, or a client certificate with --store-cert and --store-key.`,
  ],
  [
    { code: 'store_checks_no_password', store, user: 'fallover' },
    `etcd at ${store} checks no password, so that anybody who reaches it can write there: switch it on with "etcdctl auth enable", or leave out --store-user fallover.`,
  ],
  [
    { code: 'store_permission_denied', store, prefix: 'fallover/prod/' },
    `etcd at ${store} does not let this user read and write below fallover/prod/: give it a role with etcdctl role grant-permission --prefix ROLE readwrite fallover/prod/.`,
  ],
  [
    { code: 'store_out_of_space', store },
    `etcd at ${store} has reached its quota: nothing was written; compact and defragment it, then "etcdctl alarm disarm".`,
  ],
  [
    { code: 'store_write_too_large', store, reason: 'request is too large' },
    `The change is too large for one transaction of etcd at ${store} (request is too large): nothing was written; make it in smaller parts, or start etcd's members with a larger --max-request-bytes and --max-txn-ops.`,
  ],
  [
    { code: 'store_file_not_readable', path: '/etc/fallover/key.pem', reason: 'ENOENT' },
    'The file /etc/fallover/key.pem for the connection to etcd cannot be read (ENOENT): check its path and its owner.',
  ],
  [
    { code: 'store_files_not_usable', reason: 'key values mismatch' },
    'The connection to etcd cannot be made with the files of --store-ca, --store-cert and --store-key (key values mismatch): each is PEM, and the key is that of the certificate.',
  ],
  [
    { code: 'store_file_not_private', path: '/etc/fallover/key.pem' },
    'The file /etc/fallover/key.pem can be read by others than its owner: use chmod 600, and change what is in it if somebody may have read it.',
  ],
  [
    { code: 'store_password_file_empty', path: '/etc/fallover/password' },
    'The file /etc/fallover/password has no password in its first line: write it there.',
  ],
  [
    { code: 'store_refused', store, reason: 'etcdserver: corrupt cluster' },
    `etcd at ${store} refused what was asked (etcdserver: corrupt cluster): look at its log.`,
  ],
];

describe('what is wrong with a store in etcd', () => {
  it.each(SAID)('%o is said in a sentence', (fault, sentence) => {
    expect(storeError(fault).message).toBe(sentence);
    expect(storeFaultOf(storeError(fault))).toEqual(fault);
  });

  it.each<EtcdFault>([
    { code: 'no_quorum', store },
    { code: 'store_unreachable', store, reason: 'timed out' },
  ])('is said of $code without a word of writing to whoever only asked', (fault) => {
    expect(storeFaultSentence(fault, { question: true })).toContain(': it cannot be asked now; ');
  });
});
