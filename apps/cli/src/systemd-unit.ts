import { createHash } from 'node:crypto';

export interface UnitSettings {
  /** The full pathname of `fallover`. */
  program: string;
  /** What stands behind `fallover start`. */
  options: readonly string[];
  stateDirectory: string;
  logDirectory: string;
}

export const UNIT_NAME = 'fallover.service';
export const ENVIRONMENT_FILE = '/etc/default/fallover';

const MARK = '# Written by "fallover install-service"; sha256 of what is below: ';

/** The unit, with a first line by which it can be told whether somebody has edited it since. */
export function unitText(settings: UnitSettings): string {
  const body = unitBody(settings);
  return `${MARK}${digestOf(body)}\n${body}`;
}

/** A unit as `unitText` wrote it, of whatever release and with whatever settings. */
export function isUnedited(text: string): boolean {
  const end = text.indexOf('\n');
  return text.startsWith(MARK) && text.slice(MARK.length, end) === digestOf(text.slice(end + 1));
}

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

function unitBody({ program, options, stateDirectory, logDirectory }: UnitSettings): string {
  const start = [program, 'start', '--state', stateDirectory, '--log-directory', logDirectory, ...options];
  return `# What differs on this machine: "systemctl edit fallover", or FALLOVER_... settings in ${ENVIRONMENT_FILE}.

[Unit]
Description=Fallover cluster manager
Wants=network-online.target
After=network-online.target time-sync.target etcd.service
# Tried again for as long as etcd has no majority.
StartLimitIntervalSec=0

[Service]
# Ready once it serves and has taken up what an earlier one left; "systemctl status" shows how the cluster is.
Type=notify
NotifyAccess=main
EnvironmentFile=-${ENVIRONMENT_FILE}
ExecStart=${start.map(unitWord).join(' ')}
# Commands of events go on when the cluster manager stops, and the next one reads their results.
KillMode=process
Restart=on-failure
RestartSec=2
# 2: it was told something that cannot be, and will be told it again.
RestartPreventExitStatus=2
TimeoutStartSec=300
TimeoutStopSec=60
${systemdMakes('State', stateDirectory, '/var/lib/')}${systemdMakes('Logs', logDirectory, '/var/log/')}
[Install]
WantedBy=multi-user.target
`;
}

/** systemd makes these with their modes, but only below its own directories; others the cluster manager makes. */
function systemdMakes(what: 'State' | 'Logs', directory: string, below: string): string {
  if (!directory.startsWith(below)) return '';
  return `${what}Directory=${unitWord(directory.slice(below.length))}\n${what}DirectoryMode=0700\n`;
}

/** A word as systemd reads it: % begins a specifier, $ a variable, and quotes hold what has blanks. */
export function unitWord(word: string): string {
  const plain = word.replaceAll('%', '%%').replaceAll('$', '$$$$');
  return /^[A-Za-z0-9_@%+=:,./[\]$-]+$/.test(plain) ? plain : `"${plain.replaceAll(/[\\"]/g, '\\$&')}"`;
}
