import { NAME, parseEtcdUrl, parseFullPathname, parseKeyPrefix } from '@fallover/events';
import { type OptionValues, readOptions, type UsageFault } from './options.ts';
import { err, ok, type Result } from './result.ts';
import { visibleLine } from './visible.ts';
import { usageSentence } from './wording.ts';

export interface StartSettings {
  listen: string;
  stateDirectory: string;
  node: string;
  /** All nodes of the cluster, where they were named. */
  nodes?: string[];
  cluster: string;
  hostNames: string[];
  /** Paths of files. */
  tls?: { cert: string; key: string };
  behindTlsProxy: boolean;
  keepDays?: number;
  keepGb?: number;
  /** The directory of the script library; without it the library is off. */
  scriptLibrary?: string;
  /** Where hacmp.out and daemon.log go, instead of `log` in the state directory. */
  logDirectory?: string;
  /** The directory above `events`, where CTDB's event scripts are. */
  ctdbBase?: string;
  /** The socket on which systemd waits to hear that the daemon is ready. */
  notifySocket?: string;
  /** Of the nodes of a cluster; without it the embedded one in the state directory. */
  store?: SharedStore;
  /** How long a membership lives without a sign of its node. */
  leaseSeconds?: number;
  /** Where other nodes ask this one. */
  peerListen?: string;
}

/** Paths of files, but for the URL, the user and the prefix. */
export interface SharedStore {
  url: string;
  ca?: string;
  cert?: string;
  key?: string;
  user?: string;
  passwordFile?: string;
  prefix?: string;
}

export interface Surroundings {
  env: Readonly<Record<string, string | undefined>>;
  hostName: string;
  /** From --state, which the shell reads for every verb. */
  stateDirectory: string;
}

export type SettingsFault =
  | UsageFault
  | { code: 'word_too_many'; text: string }
  | { code: 'not_a_listen_address'; from: string; text: string }
  | { code: 'not_a_node_name'; from: string; text: string }
  | { code: 'not_a_cluster_name'; from: string; text: string }
  | { code: 'cluster_not_named'; from: string }
  | { code: 'not_a_lease'; from: string; text: string }
  | { code: 'several_nodes'; from: string; text: string }
  | { code: 'other_node'; from: string; text: string; node: string }
  | { code: 'not_a_store'; from: string; text: string }
  | { code: 'store_setting_alone'; from: string }
  | { code: 'store_without_tls'; from: string }
  | { code: 'store_user_half'; missing: string; given: string }
  | { code: 'not_a_key_prefix'; from: string; text: string }
  | { code: 'tls_half'; missing: string; given: string }
  | { code: 'not_yes_or_no'; from: string; text: string }
  | { code: 'not_a_host_name'; from: string; text: string }
  | { code: 'not_a_number_of_days'; from: string; text: string }
  | { code: 'not_a_number_of_gb'; from: string; text: string }
  | { code: 'not_a_script_library'; from: string; text: string }
  | { code: 'not_a_log_directory'; from: string; text: string }
  | { code: 'not_a_ctdb_base'; from: string; text: string };

const START_OPTIONS = {
  listen: 'value',
  node: 'value',
  nodes: 'value',
  cluster: 'value',
  store: 'value',
  'store-ca': 'value',
  'store-cert': 'value',
  'store-key': 'value',
  'store-user': 'value',
  'store-password-file': 'value',
  'store-prefix': 'value',
  'lease-seconds': 'value',
  'peer-listen': 'value',
  'tls-cert': 'value',
  'tls-key': 'value',
  'behind-tls-proxy': 'flag',
  'allow-host': 'values',
  'keep-days': 'value',
  'keep-gb': 'value',
  'script-library': 'value',
  'log-directory': 'value',
  'ctdb-base': 'value',
} as const;

const DEFAULT_LISTEN = '127.0.0.1:8770';

/** A setting and where it came from, which a refusal names. */
interface Said {
  text: string;
  from: string;
}

/** What `fallover start` is to do; an option counts before its FALLOVER_… variable. */
export function readStartSettings(args: readonly string[], around: Surroundings): Result<StartSettings, SettingsFault> {
  const read = readOptions(args, START_OPTIONS);
  if (!read.ok) return read;
  const { options, words } = read.value;
  if (words[0] !== undefined) return err({ code: 'word_too_many', text: words[0] });
  const said = (name: keyof typeof START_OPTIONS): Said | undefined => settingOf(options, around.env, name);

  const listen = said('listen');
  if (listen && !isListenAddress(listen.text)) return err({ code: 'not_a_listen_address', ...listen });

  const store = storeOf(said);
  if (!store.ok) return store;
  const isShared = store.value !== undefined;

  const saidNodes = said('nodes');
  const nodes = saidNodes?.text.split(',').filter((name) => name !== '') ?? [];
  const wrong = nodes.find((name) => !NAME.test(name));
  if (saidNodes && wrong !== undefined) return err({ code: 'not_a_node_name', text: wrong, from: saidNodes.from });
  if (saidNodes && !isShared && nodes.length !== 1) return err({ code: 'several_nodes', ...saidNodes });
  const saidNode = said('node');
  const node = saidNode?.text ?? (nodes.length === 1 ? nodes[0] : undefined) ?? nodeNameFrom(around.hostName);
  if (!NAME.test(node)) return err({ code: 'not_a_node_name', text: node, from: (saidNode ?? saidNodes)?.from ?? '--node' });
  if (saidNodes && !nodes.includes(node)) return err({ code: 'other_node', ...saidNodes, node });

  const saidCluster = said('cluster');
  const cluster = saidCluster?.text ?? `${node.slice(0, 56)}_cluster`;
  if (!NAME.test(cluster)) return err({ code: 'not_a_cluster_name', text: cluster, from: saidCluster?.from ?? '--cluster' });

  if (isShared && !saidCluster) return err({ code: 'cluster_not_named', from: '--store' });
  const lease = said('lease-seconds');
  if (lease && !isShared) return err({ code: 'store_setting_alone', from: lease.from });
  if (lease && !/^([2-9]|[1-5][0-9]|60)$/.test(lease.text)) return err({ code: 'not_a_lease', ...lease });

  const peerListen = said('peer-listen');
  if (peerListen && !isShared) return err({ code: 'store_setting_alone', from: peerListen.from });
  if (peerListen && !isListenAddress(peerListen.text)) return err({ code: 'not_a_listen_address', ...peerListen });

  const [cert, key] = [said('tls-cert'), said('tls-key')];
  if (cert && !key) return err({ code: 'tls_half', given: cert.from, missing: '--tls-key' });
  if (key && !cert) return err({ code: 'tls_half', given: key.from, missing: '--tls-cert' });

  const proxy = said('behind-tls-proxy');
  const behindTlsProxy = proxy ? yesOrNo(proxy.text) : false;
  if (behindTlsProxy === undefined) return err({ code: 'not_yes_or_no', from: proxy?.from ?? '', text: proxy?.text ?? '' });

  const hosts = hostNamesOf(options, around.env);
  if (!hosts.ok) return hosts;

  const [days, gb] = [said('keep-days'), said('keep-gb')];
  if (days && !/^[1-9][0-9]{0,4}$/.test(days.text)) return err({ code: 'not_a_number_of_days', ...days });
  if (gb && !(/^[0-9]{1,6}(\.[0-9]{1,3})?$/.test(gb.text) && Number(gb.text) > 0))
    return err({ code: 'not_a_number_of_gb', ...gb });

  const saidLibrary = said('script-library');
  const scriptLibrary = saidLibrary && directoryOf(saidLibrary.text);
  if (saidLibrary && scriptLibrary === undefined) return err({ code: 'not_a_script_library', ...saidLibrary });
  const saidLogs = said('log-directory');
  const logDirectory = saidLogs && directoryOf(saidLogs.text);
  if (saidLogs && logDirectory === undefined) return err({ code: 'not_a_log_directory', ...saidLogs });
  const environmentBase = around.env['CTDB_BASE'];
  const saidBase = said('ctdb-base') ?? (environmentBase ? { text: environmentBase, from: 'CTDB_BASE' } : undefined);
  const ctdbBase = saidBase && directoryOf(saidBase.text);
  if (saidBase && ctdbBase === undefined) return err({ code: 'not_a_ctdb_base', ...saidBase });
  const notifySocket = around.env['NOTIFY_SOCKET'];

  return ok({
    listen: listen?.text ?? DEFAULT_LISTEN,
    stateDirectory: around.stateDirectory,
    node,
    cluster,
    hostNames: hosts.value,
    ...(cert && key ? { tls: { cert: cert.text, key: key.text } } : {}),
    behindTlsProxy,
    ...(days ? { keepDays: Number(days.text) } : {}),
    ...(gb ? { keepGb: Number(gb.text) } : {}),
    ...(scriptLibrary === undefined ? {} : { scriptLibrary }),
    ...(logDirectory === undefined ? {} : { logDirectory }),
    ...(ctdbBase === undefined ? {} : { ctdbBase }),
    ...(notifySocket ? { notifySocket } : {}),
    ...(store.value ? { store: store.value } : {}),
    ...(isShared && nodes.length > 0 ? { nodes } : {}),
    ...(lease ? { leaseSeconds: Number(lease.text) } : {}),
    ...(peerListen ? { peerListen: peerListen.text } : {}),
  });
}

/** Where the nodes share their state, and how this one shows who it is; undefined for the embedded store. */
function storeOf(said: (name: keyof typeof START_OPTIONS) => Said | undefined): Result<SharedStore | undefined, SettingsFault> {
  const store = said('store');
  const etcd = store && parseEtcdUrl(store.text);
  if (store && !etcd && store.text !== 'sqlite:') return err({ code: 'not_a_store', ...store });
  const [ca, cert, key] = [said('store-ca'), said('store-cert'), said('store-key')];
  const [user, passwordFile, prefix] = [said('store-user'), said('store-password-file'), said('store-prefix')];
  if (!store || !etcd) {
    const alone = ca ?? cert ?? key ?? user ?? passwordFile ?? prefix;
    return alone ? err({ code: 'store_setting_alone', from: alone.from }) : ok(undefined);
  }
  const forTls = ca ?? cert ?? key;
  if (forTls && !etcd.tls) return err({ code: 'store_without_tls', from: forTls.from });
  if (cert && !key) return err({ code: 'tls_half', given: cert.from, missing: '--store-key' });
  if (key && !cert) return err({ code: 'tls_half', given: key.from, missing: '--store-cert' });
  if (user && !passwordFile) return err({ code: 'store_user_half', given: user.from, missing: '--store-password-file' });
  if (passwordFile && !user) return err({ code: 'store_user_half', given: passwordFile.from, missing: '--store-user' });
  if (prefix && parseKeyPrefix(prefix.text) === undefined) return err({ code: 'not_a_key_prefix', ...prefix });
  return ok({
    url: store.text,
    ...(ca ? { ca: ca.text } : {}),
    ...(cert && key ? { cert: cert.text, key: key.text } : {}),
    ...(user && passwordFile ? { user: user.text, passwordFile: passwordFile.text } : {}),
    ...(prefix ? { prefix: prefix.text } : {}),
  });
}

function settingOf(
  options: OptionValues<typeof START_OPTIONS>,
  env: Surroundings['env'],
  name: keyof typeof START_OPTIONS,
): Said | undefined {
  const given = options[name];
  if (given !== undefined) return { text: given === true ? 'yes' : String(given), from: `--${name}` };
  const variable = variableOf(name);
  const text = env[variable];
  return text ? { text, from: variable } : undefined;
}

const variableOf = (name: string): string => `FALLOVER_${name.toUpperCase().replaceAll('-', '_')}`;

/** The host's own name without its domain, in the form that every name has. */
export function nodeNameFrom(hostName: string): string {
  const [short = ''] = hostName.split('.');
  const name = short.replaceAll(/[^A-Za-z0-9_.-]/g, '_').replace(/^[^A-Za-z0-9]+/, '');
  return name.slice(0, 64) || 'node';
}

function isListenAddress(text: string): boolean {
  const [, host = '', port = ''] = /^(\[[0-9A-Fa-f:.]+\]|[^:[\]\s/]+):(\d{1,5})$/.exec(text) ?? [];
  return host !== '' && Number(port) <= 65_535;
}

/** A full pathname that can stand in that of a command. */
function directoryOf(text: string): string | undefined {
  const parsed = parseFullPathname(text.replace(/\/$/, ''), 'script-library');
  return parsed.ok ? parsed.value : undefined;
}

function yesOrNo(text: string): boolean | undefined {
  if (['1', 'yes', 'true', 'on'].includes(text.toLowerCase())) return true;
  return ['0', 'no', 'false', 'off'].includes(text.toLowerCase()) ? false : undefined;
}

function hostNamesOf(options: OptionValues<typeof START_OPTIONS>, env: Surroundings['env']): Result<string[], SettingsFault> {
  const from = options['allow-host'] ? '--allow-host' : 'FALLOVER_ALLOW_HOST';
  const given = options['allow-host'] ?? [env['FALLOVER_ALLOW_HOST'] ?? ''];
  const names = given
    .flatMap((text) => text.split(','))
    .map((text) => text.trim())
    .filter((text) => text !== '');
  const wrong = names.find((name) => !/^[A-Za-z0-9]([A-Za-z0-9_.-]{0,252}[A-Za-z0-9])?$|^\[[0-9A-Fa-f:.]+\]$/.test(name));
  return wrong === undefined
    ? ok([...new Set(names.map((name) => name.toLowerCase()))])
    : err({ code: 'not_a_host_name', from, text: wrong });
}

export function settingsSentence(fault: SettingsFault): string {
  const text = 'text' in fault ? visibleLine(fault.text) : '';
  switch (fault.code) {
    case 'unknown_option':
    case 'option_needs_value':
    case 'option_takes_no_value':
    case 'option_twice':
      return usageSentence(fault);
    case 'word_too_many':
      return `"${text}" is one word too many here; "fallover start" takes only options.`;
    case 'not_a_listen_address':
      return `${fault.from}: "${text}" is not an address to listen on; give HOST:PORT, such as ${DEFAULT_LISTEN} or [::1]:8770.`;
    case 'not_a_node_name':
      return `${fault.from}: "${text}" is not a node's name; use up to 64 letters, digits, "_", "." and "-", beginning with a letter or digit.`;
    case 'not_a_cluster_name':
      return `${fault.from}: "${text}" is not a cluster's name; use up to 64 letters, digits, "_", "." and "-", beginning with a letter or digit.`;
    case 'cluster_not_named':
      return 'The nodes of a cluster have one name for it: give --cluster NAME, the same on every node.';
    case 'not_a_lease':
      return `${fault.from}: "${text}" is not a lease; give 2 to 60 seconds.`;
    case 'several_nodes':
      return `${fault.from}: "${text}" is not one node. Many nodes share a store: give --store etcd://HOST:PORT,… as well, or one name.`;
    case 'other_node':
      return `${fault.from}: "${text}" does not name this node, ${visibleLine(fault.node)}. Give all nodes of the cluster, or say with --node which one this is.`;
    case 'not_a_store':
      return `${fault.from}: "${text}" is not a store; give sqlite: for the embedded one in the state directory, or etcd://HOST:PORT,HOST:PORT (etcds:// with TLS).`;
    case 'store_setting_alone':
      return `${fault.from} is for a store in etcd; give --store etcd://HOST:PORT,… as well, or leave it out.`;
    case 'store_without_tls':
      return `${fault.from} is for a connection with TLS; write --store etcds://…, or leave it out.`;
    case 'store_user_half':
      return `${fault.given} needs ${fault.missing} as well: the user and its password go together.`;
    case 'not_a_key_prefix':
      return `${fault.from}: "${text}" is not a key prefix; use up to 128 letters, digits, "_", "." and "-" in parts with "/" between them, such as fallover/prod.`;
    case 'tls_half':
      return `${fault.given} needs ${fault.missing} as well: the certificate and its key go together.`;
    case 'not_yes_or_no':
      return `${fault.from}: "${text}" is neither yes nor no.`;
    case 'not_a_host_name':
      return `${fault.from}: "${text}" is not a host name; give names alone, without scheme or port.`;
    case 'not_a_number_of_days':
      return `${fault.from}: "${text}" is not a number of days to keep runs for; give a whole number from 1 to 99999.`;
    case 'not_a_number_of_gb':
      return `${fault.from}: "${text}" is not how many GB of output to keep; give a number above 0, such as 10 or 0.5.`;
    case 'not_a_script_library':
      return `${fault.from}: "${text}" is not a directory for the script library; give a full pathname without blanks, such as /etc/fallover/scripts.`;
    case 'not_a_log_directory':
      return `${fault.from}: "${text}" is not a directory for the logs; give a full pathname without blanks, such as /var/log/fallover.`;
    case 'not_a_ctdb_base':
      return `${fault.from}: "${text}" is not a directory of CTDB's; give a full pathname without blanks, such as /etc/ctdb, above the directory events.`;
  }
}
