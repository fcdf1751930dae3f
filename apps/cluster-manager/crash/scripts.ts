import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EventCustomization } from '@fallover/events';
import type { Chance } from './chance.ts';

/** What every command begins with: it tells the witness that it has started, what it has printed, and how it ends. */
const prelude = (witness: string): string => `#!/bin/sh
witness='${witness}'
tell() { echo "$*" >>"$witness"; }
print() { echo "line $1"; tell print "$FALLOVER_STEP" "$1"; }
finish() { tell end "$FALLOVER_STEP" "$1"; exit "$1"; }
for last; do :; done
# The last argument may end with how many tenths of a second the event command takes: r17d03.
tenths=\${last##*d}
case $tenths in [0-9][0-9]) ;; *) tenths=00 ;; esac
wait_a_little() { [ "$tenths" = 00 ] || sleep "\${tenths%?}.\${tenths#?}"; }
tell start "$FALLOVER_STEP" $$ "$(date +%s%3N)"
`;

const CALL = `print 1
fallover call-event start_server "$last" 2>/dev/null
tell call "$FALLOVER_STEP" $?
print 2
finish 0`;

const SCRIPTS = {
  plain: 'print 1\nwait_a_little\nprint 2\nfinish 0',
  tells: 'print 1\nfinish 0',
  /** Its first attempt fails, so that recovery and a second one follow. */
  'second-time': 'print 1\nwait_a_little\ncase $FALLOVER_STEP in */1) finish 3 ;; esac\nprint 2\nfinish 0',
  fails: 'print 1\nwait_a_little\nfinish 7',
  calls: CALL,
  'calls-late': `wait_a_little\nwait_a_little\n${CALL}`,
  chatty: 'number=0\nwhile [ $number -lt 300 ]; do number=$((number + 1)); print $number; done\nfinish 0',
  /** A pre-event of event_error that fails for every event but event_error itself. */
  stumbles: 'print 1\n[ "$3" = event_error ] && finish 0\nfinish 5',
} as const;
type ScriptName = keyof typeof SCRIPTS;

export interface Configuration {
  events: Record<string, EventCustomization>;
  customEvents: Record<string, string>;
}

/** Writes the commands into a directory of their own and says how they are configured. */
export function writeScripts(directory: string, witness: string): Configuration {
  mkdirSync(directory, { mode: 0o755 });
  writeFileSync(witness, '');
  const path = (name: ScriptName): string => join(directory, name);
  const command = (name: ScriptName) => ({ cluster: path(name) });
  for (const [name, lines] of Object.entries(SCRIPTS)) {
    const file = path(name as ScriptName);
    writeFileSync(file, `${prelude(witness)}${lines}\n`);
    chmodSync(file, 0o755);
  }
  return {
    customEvents: { one: path('tells'), two: path('plain'), refuses: path('fails'), stumbles: path('stumbles') },
    events: {
      network_up: { eventCommand: command('plain'), notifyCommand: command('tells') },
      network_down: {
        notifyCommand: command('tells'),
        preEventCommand: { cluster: ['one', 'two'] },
        eventCommand: command('second-time'),
        recoveryCommand: command('tells'),
        recoveryCounter: { cluster: 2 },
        postEventCommand: { cluster: ['one'] },
      },
      swap_adapter: { eventCommand: command('fails'), postEventCommand: { cluster: ['one'] } },
      swap_adapter_complete: {
        failOnPrePost: { cluster: true },
        preEventCommand: { cluster: ['refuses', 'one'] },
        eventCommand: command('plain'),
        postEventCommand: { cluster: ['one'] },
      },
      fail_interface: { eventCommand: command('calls') },
      join_interface: { eventCommand: command('calls-late'), postEventCommand: { cluster: ['one'] } },
      fail_standby: { eventCommand: command('chatty') },
      join_standby: { eventCommand: command('plain'), timeUntilWarning: { cluster: 1 } },
      start_server: { preEventCommand: { cluster: ['one'] }, eventCommand: command('plain') },
      process_resources: { eventCommand: command('plain') },
      event_error: { failOnPrePost: { cluster: true }, preEventCommand: { cluster: ['stumbles'] } },
      config_too_long: { preEventCommand: { cluster: ['one'] } },
    },
  };
}

/** An event to ask for; its arguments tell it from every other, but for node_up. */
export function anyEvent(chance: Chance, number: number): { event: string; args: string[] } {
  const name = (tenths: number): string => `r${number}d${String(tenths).padStart(2, '0')}`;
  const last = name(chance.pick([0, 0, 1, 1, 2, 4]));
  switch (chance.whole(13)) {
    case 0:
    case 1:
      return { event: 'network_up', args: ['nodea', last] };
    case 2:
    case 3:
    case 4:
      return { event: 'network_down', args: ['nodea', last] };
    case 5:
    case 6:
      return { event: 'swap_adapter', args: ['nodea', 'net1', 'a', last] };
    case 7:
      return { event: 'swap_adapter_complete', args: ['nodea', 'net1', 'a', last] };
    case 8:
      return { event: 'fail_interface', args: ['nodea', 'a', last] };
    case 9:
      return { event: 'join_interface', args: ['nodea', 'a', last] };
    case 10:
      return { event: 'fail_standby', args: ['nodea', last] };
    case 11:
      return { event: 'node_up', args: ['nodea'] };
    default:
      return { event: 'join_standby', args: ['nodea', name(12)] };
  }
}
