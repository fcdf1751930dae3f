import type { Verb } from '../verb.ts';

/** The cluster manager of this node: start it, let systemd start it, let it join. */
export const DAEMON_VERBS: readonly Verb[] = [
  {
    name: 'start',
    usage: [
      'fallover start [--listen HOST:PORT] [--state DIR] [--node NAME] [--cluster NAME]',
      '               [--store sqlite:|etcd://HOST:PORT,…|etcds://HOST:PORT,…] [--store-ca FILE] [--store-cert FILE --store-key FILE]',
      '               [--store-user NAME --store-password-file FILE] [--store-prefix PREFIX] [--nodes A,B,C] [--lease-seconds 5]',
      '               [--peer-listen HOST:PORT]',
      '               [--tls-cert FILE --tls-key FILE | --behind-tls-proxy] [--allow-host NAME]…',
      '               [--keep-days 30] [--keep-gb 10] [--script-library DIR] [--log-directory DIR] [--ctdb-base DIR]',
    ],
    summary: 'Starts the cluster manager of this node.',
    help: [
      'It listens on 127.0.0.1:8770 unless told; beyond loopback only with TLS or behind a proxy that has it.',
      'The same as environment variables: FALLOVER_LISTEN, FALLOVER_STATE, FALLOVER_NODE, FALLOVER_CLUSTER, FALLOVER_STORE,',
      'FALLOVER_TLS_CERT, FALLOVER_TLS_KEY, FALLOVER_BEHIND_TLS_PROXY, FALLOVER_ALLOW_HOST (names separated by commas), FALLOVER_KEEP_DAYS, FALLOVER_KEEP_GB,',
      'FALLOVER_SCRIPT_LIBRARY, FALLOVER_LOG_DIRECTORY, FALLOVER_STORE_CA and so on. "fallover install-service" lets systemd start it.',
      'The nodes of a cluster share a store in etcd, below PREFIX (fallover/CLUSTER unless said); the files with key and password are 0600.',
      'There the cluster managers ask each other at --peer-listen, the host of --listen and its port + 1000 unless said: other nodes have to reach it.',
      'Runs that ended are kept with their output for so many days, and as long as all output is not more than so many GB.',
      'hacmp.out and daemon.log go to the log directory, log in the state directory unless said.',
      'The event scripts of CTDB below events/COMPONENT of the CTDB base (CTDB_BASE too), such as /etc/ctdb, are components of this node.',
      'With a script library the configuration can keep scripts of its own, which are laid down in that directory; no panel can switch it on.',
    ],
    load: async () => (await import('../verbs/start.ts')).start,
  },
  {
    name: 'install-service',
    usage: ['fallover install-service [--print] [--force] [--directory DIR] [OPTIONS of fallover start]'],
    summary: 'Writes the unit by which systemd starts the cluster manager, and says what to type next.',
    help: [
      'State is kept in /var/lib/fallover unless --state says otherwise, logs in /var/log/fallover unless --log-directory does. Options',
      'of "fallover start" go into the unit; FALLOVER_... settings in /etc/default/fallover are read too, and count after those.',
      'A unit that somebody has edited is left as it is; --force writes over it. --print shows the unit and writes nothing. --directory',
      'is where it is written, /etc/systemd/system unless said.',
    ],
    load: async () => (await import('../verbs/install-service.ts')).installService,
  },
  {
    name: 'join',
    usage: ['fallover join TOKEN|- [--json]'],
    summary: 'Gets this node the certificate by which the cluster managers of a cluster know each other.',
    help: [
      'TOKEN is what "fallover add join_token NODE" has printed on a member; with - it is read from the standard input, and so is in no',
      'history. The cluster manager of this node has to run, and goes on running. It gets its certificate and the',
      'key that opens the sealed secrets of the configuration; a key of its own from before is kept as secret.key.before-join.',
      'The first node of a cluster needs no token. A node that has joined can do so again, for a new certificate.',
    ],
    load: async () => (await import('../verbs/join.ts')).join,
  },
];
