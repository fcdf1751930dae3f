import { describe, expect, it } from 'vitest';
import { attributeOf } from '../definition/fields.ts';
import type { EventCustomization, RemoteNotificationMethod } from '../definition/types.ts';
import { inputSentence } from '../wording/input.ts';
import {
  applyAttributes,
  parseCustomEventAttributes,
  parseEntryAttributes,
  parseEventAttributes,
  printCustomEventAttributes,
  printEntryAttributes,
  printEventAttributes,
} from './attributes.ts';

/** The fields after `modify event … WORDS`. */
function modify(fields: EventCustomization, ...words: string[]): EventCustomization {
  const parsed = parseEventAttributes(words);
  if (!parsed.ok) throw new Error(parsed.error.map((fault) => inputSentence(fault)).join('\n'));
  return applyAttributes(fields, parsed.value);
}

function refused(...words: string[]): string[] {
  const parsed = parseEventAttributes(words);
  return parsed.ok ? [] : parsed.error.map((fault) => inputSentence(fault, attributeOf));
}

describe('the attributes of a predefined event', () => {
  it('set every field for the cluster', () => {
    expect(
      modify(
        {},
        'COMMAND=/opt/ha/node_down',
        'NOTIFYCOMMAND=/opt/ha/notify',
        'NOTIFICATIONTEXT=%e on %n: %o',
        'NOTIFICATIONLOCATION=/etc/ha/node down.msg',
        'PREEVENTCOMMAND=tell_users  mail_me ',
        'POSTEVENTCOMMAND=mail_me',
        'RECOVERYCOMMAND=/opt/ha/recover',
        'RECOVERYCOUNTER=3',
        'FAILONPREPOST=true',
        'TIMEUNTILWARNING=600',
        'recovery_program=all "node_down" 0 NULL\n',
      ),
    ).toEqual({
      eventCommand: { cluster: '/opt/ha/node_down' },
      notifyCommand: { cluster: '/opt/ha/notify' },
      notificationText: { cluster: '%e on %n: %o' },
      notificationLocation: { cluster: '/etc/ha/node down.msg' },
      preEventCommand: { cluster: ['tell_users', 'mail_me'] },
      postEventCommand: { cluster: ['mail_me'] },
      recoveryCommand: { cluster: '/opt/ha/recover' },
      recoveryCounter: { cluster: 3 },
      failOnPrePost: { cluster: true },
      timeUntilWarning: { cluster: 600 },
      recoveryProgram: { cluster: 'all "node_down" 0 NULL\n' },
    });
  });

  it('set the value of one node with NODE=, wherever that stands', () => {
    const fields = { recoveryCounter: { cluster: 3 } };
    expect(modify(fields, 'RECOVERYCOUNTER=0', 'NODE=nodea')).toEqual({ recoveryCounter: { cluster: 3, nodes: { nodea: 0 } } });
    expect(modify(fields, 'NODE=nodea', 'RECOVERYCOUNTER=5')).toEqual({ recoveryCounter: { cluster: 3, nodes: { nodea: 5 } } });
    expect(parseEventAttributes(['RECOVERYCOUNTER=5'], 'nodeb')).toEqual({
      ok: true,
      value: { changes: { recoveryCounter: 5 }, node: 'nodeb' },
    });
  });

  it('are emptied by ATTR=, for the cluster or for one node', () => {
    const fields = { notifyCommand: { cluster: '/n', nodes: { nodea: '/a' } } };
    expect(modify(fields, 'NOTIFYCOMMAND=')).toEqual({ notifyCommand: { nodes: { nodea: '/a' } } });
    expect(modify(fields, 'NOTIFYCOMMAND=', 'NODE=nodea')).toEqual({ notifyCommand: { cluster: '/n' } });
    expect(modify(modify(fields, 'NOTIFYCOMMAND='), 'NOTIFYCOMMAND=', 'NODE=nodea')).toEqual({});
  });

  it('leave the other fields as they are', () => {
    expect(modify({ recoveryCounter: { cluster: 3 } }, 'NOTIFYCOMMAND=/n=1')).toEqual({
      notifyCommand: { cluster: '/n=1' },
      recoveryCounter: { cluster: 3 },
    });
  });

  it('may be written in small letters, as in clmgr', () => {
    expect(modify({}, 'recoverycounter=2')).toEqual({ recoveryCounter: { cluster: 2 } });
  });

  it('are refused with the list of those known, all faults at once', () => {
    expect(refused('FILE=/x', 'COMMAND', '=x', 'RECOVERYCOUNTER=-1', 'FAILONPREPOST=yes', 'PREEVENTCOMMAND=a,b')).toEqual([
      '"FILE" is not an attribute here. The attributes are: COMMAND NOTIFYCOMMAND NOTIFICATIONTEXT NOTIFICATIONLOCATION PREEVENTCOMMAND POSTEVENTCOMMAND RECOVERYCOMMAND RECOVERYCOUNTER FAILONPREPOST TIMEUNTILWARNING RECOVERY_PROGRAM NODE',
      '"COMMAND" does not have the form ATTRIBUTE=VALUE.',
      '"=x" does not have the form ATTRIBUTE=VALUE.',
      'RECOVERYCOUNTER: "-1" is not a whole number.',
      'FAILONPREPOST: "yes" is neither true nor false.',
      'PREEVENTCOMMAND: "a,b" is not a name. A name has 1 to 64 letters, digits, dots, underscores and hyphens, and begins with a letter or a digit.',
    ]);
    expect(refused('RECOVERYCOUNTER=1', 'RECOVERYCOUNTER=2', 'NODE=-x')).toEqual([
      'RECOVERYCOUNTER is given twice. Give it once; several values go into one pair of quotes.',
      'NODE: "-x" is not a name. A name has 1 to 64 letters, digits, dots, underscores and hyphens, and begins with a letter or a digit.',
    ]);
  });

  it('are printed for the cluster, then for each node what differs', () => {
    expect(
      printEventAttributes('node_down', {
        preEventCommand: { cluster: ['tell_users', 'mail_me'], nodes: { nodeb: ['mail_me'] } },
        recoveryCounter: { cluster: 2, nodes: { nodea: 0 } },
      }),
    ).toEqual([
      'NAME="node_down"',
      'COMMAND=""',
      'NOTIFYCOMMAND=""',
      'NOTIFICATIONTEXT=""',
      'NOTIFICATIONLOCATION=""',
      'PREEVENTCOMMAND="tell_users mail_me"',
      'POSTEVENTCOMMAND=""',
      'RECOVERYCOMMAND=""',
      'RECOVERYCOUNTER="2"',
      'FAILONPREPOST="false"',
      'TIMEUNTILWARNING=""',
      'RECOVERY_PROGRAM=""',
      'NODE="nodea"',
      'RECOVERYCOUNTER="0"',
      'NODE="nodeb"',
      'PREEVENTCOMMAND="mail_me"',
    ]);
  });
});

describe('the attributes of a custom event', () => {
  it('are FILE and DESCRIPTION', () => {
    const parsed = parseCustomEventAttributes(['FILE=/opt/ha/mail', 'DESCRIPTION=Mails "me"']);
    expect(parsed.ok && applyAttributes({}, parsed.value)).toEqual({
      description: { cluster: 'Mails "me"' },
      script: { cluster: '/opt/ha/mail' },
    });
    expect(parseCustomEventAttributes(['COMMAND=/x'])).toEqual({
      ok: false,
      error: [{ code: 'unknown_attribute', field: 'attributes', text: 'COMMAND', known: ['DESCRIPTION', 'FILE', 'NODE'] }],
    });
  });

  it('are printed so that a shell reads them back', () => {
    expect(
      printCustomEventAttributes('mail_me', { description: { cluster: 'Mails "$me" \\ `x`' }, script: { cluster: '/m' } }),
    ).toEqual(['NAME="mail_me"', 'DESCRIPTION="Mails \\"\\$me\\" \\\\ \\`x\\`"', 'FILE="/m"']);
  });
});

/** The fields after `modify method … WORDS`. */
function modifyMethod(fields: RemoteNotificationMethod, ...words: string[]): RemoteNotificationMethod {
  const parsed = parseEntryAttributes('notification_method', words);
  if (!parsed.ok) throw new Error(parsed.error.map((fault) => inputSentence(fault)).join('\n'));
  return applyAttributes(fields, parsed.value);
}

const refusedOfMethod = (...words: string[]): string[] => {
  const parsed = parseEntryAttributes('notification_method', words);
  return parsed.ok ? [] : parsed.error.map((fault) => inputSentence(fault, attributeOf));
};

describe('the attributes of a remote notification method', () => {
  it('set every field; a line for clmgr is understood as it is', () => {
    expect(
      modifyMethod(
        {},
        'TYPE=notify',
        'CONTACT=5551234#',
        'EVENTS=node_up,node_down',
        'NODES=nodea, nodeb',
        'FILE=/etc/page',
        'RETRY=2',
        'TIMEOUT=30',
      ),
    ).toEqual({
      contact: { cluster: '5551234#' },
      methodEvents: { cluster: ['node_up', 'node_down'] },
      methodNodes: { cluster: ['nodea', 'nodeb'] },
      methodFile: { cluster: '/etc/page' },
      retryCounter: { cluster: 2 },
      timeout: { cluster: 30 },
    });
    expect(
      modifyMethod(
        {},
        'TRANSPORT=smtp',
        'SETTINGS=host=mail.example.com  subject=a,b%20c ',
        'WHEN=start failure',
        'SEVERITY=critical',
        'TEXT=%e on %n',
        'HOLDTIME=60',
        'HOURLYLIMIT=0',
        'ESCALATETO=boss',
        'ESCALATEAFTER=300 600',
        'PROVEWITHIN=7',
        'SELFTEST=true',
        'DESCRIPTION=On call',
      ),
    ).toEqual({
      transport: { cluster: 'smtp' },
      settings: { cluster: ['host=mail.example.com', 'subject=a,b%20c'] },
      when: { cluster: ['start', 'failure'] },
      severity: { cluster: 'critical' },
      methodText: { cluster: '%e on %n' },
      holdTime: { cluster: 60 },
      hourlyLimit: { cluster: 0 },
      escalateTo: { cluster: ['boss'] },
      escalateAfter: { cluster: ['300', '600'] },
      proveWithin: { cluster: 7 },
      selfTest: { cluster: true },
      remark: { cluster: 'On call' },
    });
  });

  it('change one setting by itself, with its value as it stands, and take it away when that is empty', () => {
    const fields = { settings: { cluster: ['tty=/dev/ttyS0', 'tty@nodeb=/dev/ttyS1', 'pin=sealed:v1:abc'] } };
    expect(modifyMethod(fields, 'SETTING.tty=/dev/ttyS2').settings?.cluster).toEqual([
      'tty=/dev/ttyS2',
      'tty@nodeb=/dev/ttyS1',
      'pin=sealed:v1:abc',
    ]);
    expect(modifyMethod(fields, 'SETTING.tty@nodeb=', 'setting.from=HA 100% <ha@example.com>').settings?.cluster).toEqual([
      'tty=/dev/ttyS0',
      'pin=sealed:v1:abc',
      'from=HA%20100%25%20<ha@example.com>',
    ]);
    expect(modifyMethod(fields, 'SETTINGS=tty=/dev/null', 'SETTING.baud=9600').settings?.cluster).toEqual([
      'tty=/dev/null',
      'baud=9600',
    ]);
    expect(modifyMethod({ settings: { cluster: ['tty=/dev/ttyS0'] } }, 'SETTING.tty=')).toEqual({});
    expect(modifyMethod({}, 'SETTING.tty=/dev/ttyS0')).toEqual({ settings: { cluster: ['tty=/dev/ttyS0'] } });
  });

  it('are refused without a value being repeated that may be a secret', () => {
    expect(refusedOfMethod('TYPE=verify', 'SETTING.Password=hush', 'SETTING.pin=1', 'SETTING.pin=2', 'SETTINGS.tty=x')).toEqual([
      'TYPE: "verify" is not one of notify.',
      'SETTINGS: "Password" is not a setting. Write name=value, or name@node=value for one node; a blank in a value is %20 and a per cent sign %25.',
      'SETTING.pin is given twice. Give it once; several values go into one pair of quotes.',
      '"SETTINGS.TTY" is not an attribute here. The attributes are: DESCRIPTION TRANSPORT CONTACT SETTINGS NODES EVENTS WHEN SEVERITY TEXT FILE RETRY TIMEOUT HOLDTIME HOURLYLIMIT ESCALATETO ESCALATEAFTER PROVEWITHIN SELFTEST',
    ]);
    expect(parseEntryAttributes('node', ['SETTING.tty=x']).ok).toBe(false);
  });

  it('are printed with sealed secrets, to be given back as they are', () => {
    const fields = {
      contact: { cluster: '$5#' },
      settings: { cluster: ['password=sealed:v1:a+b/c=', 'prefix=-', 'path="$HOME"%20x'] },
    };
    expect(printEntryAttributes('notification_method', 'oncall', fields)).toEqual([
      'NAME="oncall"',
      'DESCRIPTION=""',
      'TRANSPORT=""',
      'CONTACT="\\$5#"',
      'SETTINGS="password=sealed:v1:a+b/c= prefix=%2D path=\\"\\$HOME\\"%20x"',
      'NODES=""',
      'EVENTS=""',
      'WHEN=""',
      'SEVERITY="error"',
      'TEXT=""',
      'FILE=""',
      'RETRY="3"',
      'TIMEOUT="45"',
      'HOLDTIME="0"',
      'HOURLYLIMIT="60"',
      'ESCALATETO=""',
      'ESCALATEAFTER=""',
      'PROVEWITHIN="30"',
      'SELFTEST="false"',
    ]);
  });
});
