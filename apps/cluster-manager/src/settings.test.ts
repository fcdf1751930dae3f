import { describe, expect, it } from 'vitest';
import { type StartRefusal, startSentence } from './settings.ts';

const SENTENCES: [StartRefusal, string][] = [
  [
    { code: 'state_directory_not_writable', path: '/var/x', reason: 'EACCES' },
    'The state directory /var/x cannot be written (EACCES). Choose another with --state, or give it to the user that starts Fallover.',
  ],
  [
    { code: 'state_directory_in_use', path: '/var/x' },
    'Another cluster manager runs on the state directory /var/x. Stop that one first, or choose another directory with --state.',
  ],
  [
    { code: 'state_of_another_node', path: '/var/x', node: 'nodea', asked: 'nodeb' },
    'The state directory /var/x belongs to node nodea, not nodeb. Start with --node nodea, or choose another directory with --state.',
  ],
  [
    { code: 'state_of_another_cluster', path: '/var/x', cluster: 'payroll', asked: 'sales' },
    'The state directory /var/x belongs to cluster payroll, not sales. Start with --cluster payroll, or choose another directory with --state.',
  ],
  [
    { code: 'journal_corrupt', path: '/var/x/journal.db', reason: 'file is not a database' },
    'The journal /var/x/journal.db cannot be read (file is not a database). Restore it from a backup; to begin anew without its history, move it away.',
  ],
  [
    { code: 'journal_of_another_release', path: '/var/x/journal.db', format: 9 },
    'The journal /var/x/journal.db was written by a later release of Fallover (format 9). Start that release.',
  ],
  [
    { code: 'state_file_corrupt', path: '/var/x/node.json', reason: 'Unexpected end of JSON input' },
    'The file /var/x/node.json cannot be read (Unexpected end of JSON input). Restore it from a backup; no event was processed.',
  ],
  [
    { code: 'script_library_not_writable', path: '/etc/lib', reason: 'EROFS' },
    'The script library /etc/lib cannot be used (EROFS). Choose another directory with --script-library, or give it to the user that starts Fallover.',
  ],
  [
    { code: 'script_library_not_trusted', path: '/srv/lib', directory: '/srv' },
    'The script library /srv/lib is not trusted: /srv can be written by its group or by others, or its owner is neither root nor the user that starts Fallover. Use chmod go-w and chown, or choose another directory with --script-library.',
  ],
  [
    { code: 'script_library_not_searchable', path: '/root/lib', directory: '/root' },
    'The script library /root/lib is out of reach for other users, because of /root: a script that changes to one could not start another script there. Use chmod o+x, or choose another directory with --script-library.',
  ],
  [
    { code: 'script_library_not_empty', path: '/opt/app' },
    'The directory /opt/app is not empty and is no script library, so nothing was changed in it. Choose an empty directory, or one that is not there yet, with --script-library.',
  ],
  [
    { code: 'script_library_of_another', path: '/etc/lib', node: 'nodeb', cluster: 'shop' },
    'The script library /etc/lib belongs to node nodeb of cluster shop. Choose another directory with --script-library; each node has one of its own.',
  ],
  [{ code: 'not_started', reason: 'out of luck' }, 'The cluster manager did not start: out of luck'],
  [
    { code: 'log_directory_not_writable', path: '/var/log/x', reason: 'EACCES' },
    'The log directory /var/log/x cannot be written (EACCES). Choose another with --log-directory, or give it to the user that starts Fallover.',
  ],
  [
    { code: 'log_directory_of_another', path: '/var/log/x', stateDirectory: '/var/lib/y', marker: '/var/log/x/.state-directory' },
    'The log directory /var/log/x has the logs of the cluster manager with the state directory /var/lib/y. Choose another with --log-directory; if that one is gone for good, remove /var/log/x/.state-directory.',
  ],
];

describe('why the cluster manager did not start', () => {
  it.each(SENTENCES)('is one sentence: %o', (refusal, sentence) => {
    expect(startSentence(refusal)).toBe(sentence);
  });
});
