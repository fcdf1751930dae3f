import { describe, expect, it } from 'vitest';
import { nodeNameFrom, readStartSettings, settingsSentence } from './start-settings.ts';

function settings(line: string, env: Record<string, string> = {}) {
  const words = line === '' ? [] : line.split(' ');
  return readStartSettings(words, { env, hostName: 'filer1.example.com', stateDirectory: '/state' });
}

const DEFAULTS = {
  listen: '127.0.0.1:8770',
  stateDirectory: '/state',
  node: 'filer1',
  cluster: 'filer1_cluster',
  hostNames: [],
  behindTlsProxy: false,
};

describe('the settings of start', () => {
  it.each([
    ['', {}, {}],
    ['--listen [::1]:0', {}, { listen: '[::1]:0' }],
    ['--node nodea', {}, { node: 'nodea', cluster: 'nodea_cluster' }],
    ['--nodes nodea', {}, { node: 'nodea', cluster: 'nodea_cluster' }],
    ['--cluster files', { FALLOVER_CLUSTER: 'other' }, { cluster: 'files' }],
    ['--store sqlite:', {}, {}],
    ['--cluster prod --store etcd://h:1,i:1', {}, { cluster: 'prod', store: { url: 'etcd://h:1,i:1' } }],
    [
      '--cluster prod --store etcds://h:1 --store-ca /ca --store-cert /c --store-key /k --store-prefix fallover/prod',
      { FALLOVER_STORE_USER: 'fallover', FALLOVER_STORE_PASSWORD_FILE: '/p' },
      {
        cluster: 'prod',
        store: {
          url: 'etcds://h:1',
          ca: '/ca',
          cert: '/c',
          key: '/k',
          user: 'fallover',
          passwordFile: '/p',
          prefix: 'fallover/prod',
        },
      },
    ],
    [
      '--nodes a,b,c --node b --cluster prod --store etcd://h:1 --lease-seconds 3 --peer-listen 10.0.0.2:9770',
      {},
      {
        node: 'b',
        nodes: ['a', 'b', 'c'],
        cluster: 'prod',
        store: { url: 'etcd://h:1' },
        leaseSeconds: 3,
        peerListen: '10.0.0.2:9770',
      },
    ],
    ['--tls-cert /c --tls-key /k', {}, { tls: { cert: '/c', key: '/k' } }],
    ['--behind-tls-proxy', {}, { behindTlsProxy: true }],
    ['--keep-days 7 --keep-gb 0.5', { FALLOVER_KEEP_DAYS: '9' }, { keepDays: 7, keepGb: 0.5 }],
    ['--script-library /etc/fallover/scripts/', { FALLOVER_SCRIPT_LIBRARY: '/x' }, { scriptLibrary: '/etc/fallover/scripts' }],
    ['', { FALLOVER_SCRIPT_LIBRARY: '/x' }, { scriptLibrary: '/x' }],
    ['--log-directory /var/log/fallover/', { FALLOVER_LOG_DIRECTORY: '/x' }, { logDirectory: '/var/log/fallover' }],
    [
      '',
      { FALLOVER_LOG_DIRECTORY: '/x', NOTIFY_SOCKET: '/run/systemd/notify' },
      { logDirectory: '/x', notifySocket: '/run/systemd/notify' },
    ],
    ['', { FALLOVER_KEEP_DAYS: '9', FALLOVER_KEEP_GB: '100' }, { keepDays: 9, keepGb: 100 }],
    ['--allow-host a.example --allow-host=B.example,c', {}, { hostNames: ['a.example', 'b.example', 'c'] }],
    [
      '',
      {
        FALLOVER_LISTEN: '0.0.0.0:443',
        FALLOVER_NODE: 'n',
        FALLOVER_CLUSTER: 'c',
        FALLOVER_TLS_CERT: '/c',
        FALLOVER_TLS_KEY: '/k',
        FALLOVER_BEHIND_TLS_PROXY: 'true',
        FALLOVER_ALLOW_HOST: 'a, b',
      },
      {
        listen: '0.0.0.0:443',
        node: 'n',
        cluster: 'c',
        tls: { cert: '/c', key: '/k' },
        behindTlsProxy: true,
        hostNames: ['a', 'b'],
      },
    ],
  ])('%s %j', (line, env, differing) => {
    expect(settings(line, env)).toEqual({ ok: true, value: { ...DEFAULTS, ...differing } });
  });

  it.each([
    ['--lisen x', {}, 'There is no option --lisen here. Did you mean --listen?'],
    ['--listen', {}, '--listen needs a value behind it.'],
    ['--listen a:1 --listen b:1', {}, '--listen is given twice; give it once.'],
    ['--behind-tls-proxy=1', {}, '--behind-tls-proxy takes no value; give it alone.'],
    [
      '--script-library scripts',
      {},
      '--script-library: "scripts" is not a directory for the script library; give a full pathname without blanks, such as /etc/fallover/scripts.',
    ],
    [
      '',
      { FALLOVER_SCRIPT_LIBRARY: '/etc/../scripts' },
      'FALLOVER_SCRIPT_LIBRARY: "/etc/../scripts" is not a directory for the script library; give a full pathname without blanks, such as /etc/fallover/scripts.',
    ],
    [
      '--script-library /',
      {},
      '--script-library: "/" is not a directory for the script library; give a full pathname without blanks, such as /etc/fallover/scripts.',
    ],
    [
      '--log-directory logs',
      {},
      '--log-directory: "logs" is not a directory for the logs; give a full pathname without blanks, such as /var/log/fallover.',
    ],
    ['--keep-days 0', {}, '--keep-days: "0" is not a number of days to keep runs for; give a whole number from 1 to 99999.'],
    [
      '',
      { FALLOVER_KEEP_GB: 'all' },
      'FALLOVER_KEEP_GB: "all" is not how many GB of output to keep; give a number above 0, such as 10 or 0.5.',
    ],
    ['now', {}, '"now" is one word too many here; "fallover start" takes only options.'],
    [
      '--listen 8770',
      {},
      '--listen: "8770" is not an address to listen on; give HOST:PORT, such as 127.0.0.1:8770 or [::1]:8770.',
    ],
    [
      '',
      { FALLOVER_LISTEN: 'localhost:99999' },
      'FALLOVER_LISTEN: "localhost:99999" is not an address to listen on; give HOST:PORT, such as 127.0.0.1:8770 or [::1]:8770.',
    ],
    [
      '--node -a',
      {},
      `--node: "-a" is not a node's name; use up to 64 letters, digits, "_", "." and "-", beginning with a letter or digit.`,
    ],
    [
      '',
      { FALLOVER_CLUSTER: 'my/cluster' },
      `FALLOVER_CLUSTER: "my/cluster" is not a cluster's name; use up to 64 letters, digits, "_", "." and "-", beginning with a letter or digit.`,
    ],
    [
      '--nodes a,b',
      {},
      '--nodes: "a,b" is not one node. Many nodes share a store: give --store etcd://HOST:PORT,… as well, or one name.',
    ],
    [
      '--nodes a --node b',
      {},
      '--nodes: "a" does not name this node, b. Give all nodes of the cluster, or say with --node which one this is.',
    ],
    [
      '',
      { FALLOVER_STORE: 'mysql://h' },
      'FALLOVER_STORE: "mysql://h" is not a store; give sqlite: for the embedded one in the state directory, or etcd://HOST:PORT,HOST:PORT (etcds:// with TLS).',
    ],
    [
      '--cluster prod --store etcd://h',
      {},
      '--store: "etcd://h" is not a store; give sqlite: for the embedded one in the state directory, or etcd://HOST:PORT,HOST:PORT (etcds:// with TLS).',
    ],
    [
      '--store sqlite:',
      { FALLOVER_STORE_PREFIX: 'x' },
      'FALLOVER_STORE_PREFIX is for a store in etcd; give --store etcd://HOST:PORT,… as well, or leave it out.',
    ],
    [
      '--cluster prod --store etcd://h:1 --store-ca /ca',
      {},
      '--store-ca is for a connection with TLS; write --store etcds://…, or leave it out.',
    ],
    [
      '--cluster prod --store etcds://h:1 --store-key /k',
      {},
      '--store-key needs --store-cert as well: the certificate and its key go together.',
    ],
    [
      '--cluster prod --store etcd://h:1 --store-user u',
      {},
      '--store-user needs --store-password-file as well: the user and its password go together.',
    ],
    [
      '--cluster prod --store etcd://h:1 --store-prefix ../x',
      {},
      '--store-prefix: "../x" is not a key prefix; use up to 128 letters, digits, "_", "." and "-" in parts with "/" between them, such as fallover/prod.',
    ],
    ['--tls-cert /c', {}, '--tls-cert needs --tls-key as well: the certificate and its key go together.'],
    ['', { FALLOVER_TLS_KEY: '/k' }, 'FALLOVER_TLS_KEY needs --tls-cert as well: the certificate and its key go together.'],
    ['', { FALLOVER_BEHIND_TLS_PROXY: 'maybe' }, 'FALLOVER_BEHIND_TLS_PROXY: "maybe" is neither yes nor no.'],
    ['--allow-host https://a', {}, '--allow-host: "https://a" is not a host name; give names alone, without scheme or port.'],
  ])('%s %j is refused', (line, env, sentence) => {
    const read = settings(line, env as Record<string, string>);
    expect(read.ok ? undefined : settingsSentence(read.error)).toBe(sentence);
  });

  it.each([
    ['filer1', 'filer1'],
    ['filer1.example.com', 'filer1'],
    ['-web 1', 'web_1'],
    ['ünï', 'n_'],
    ['', 'node'],
  ])('names the node of host "%s" %s', (hostName, node) => {
    expect(nodeNameFrom(hostName)).toBe(node);
  });
});
