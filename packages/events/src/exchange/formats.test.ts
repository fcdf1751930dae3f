import { describe, expect, it } from 'vitest';
import type { Entry } from '../definition/types.ts';
import { exchangeNoteSentence, exchangeSentence } from '../wording/exchange.ts';
import { digestOf, documentOf, textOf } from './documents.test-support.ts';
import { readConfiguration } from './read-configuration.ts';
import type { ExportFormat, ImportFormat } from './types.ts';
import { writeConfiguration } from './write-configuration.ts';

const ENTRIES: Entry[] = [
  { class: 'cluster', name: 'prod', fields: { dailyVerification: { cluster: false } } },
  { class: 'node', name: 'nodea', fields: { communicationPath: { cluster: '10.0.0.1' } } },
  { class: 'node', name: 'nodeb', fields: {} },
  { class: 'site', name: 'west', fields: { siteNodes: { cluster: ['nodea', 'nodeb'] } } },
  {
    class: 'script',
    name: 'mend',
    fields: { content: { cluster: digestOf('#!/bin/sh\nEND\nexit 0\n') }, remark: { cluster: 'mends' } },
  },
  { class: 'custom_event', name: 'tell', fields: { script: { cluster: '/usr/local/tell', nodes: { nodeb: '/opt/tell' } } } },
  {
    class: 'custom_event',
    name: 'check',
    fields: { description: { cluster: '=1+1, "quoted"' }, script: { cluster: '/usr/local/check' } },
  },
  {
    class: 'event',
    name: 'node_up',
    fields: {
      notifyCommand: { cluster: '/usr/local/notify', nodes: { nodeb: '/opt/notify' } },
      notificationText: { cluster: "it's %e" },
      preEventCommand: { cluster: ['check', 'tell'] },
      recoveryCounter: { cluster: 2 },
      failOnPrePost: { cluster: true },
    },
  },
];

const written = (format: ExportFormat): string[] => writeConfiguration(format, documentOf(ENTRIES), textOf).split(/\r?\n/);

/** The sentences of what is wrong; or what the file says, one value a line. */
function read(text: string, format?: ImportFormat): string[] {
  const file = readConfiguration(text, format);
  if (!file.ok) return file.error.map(exchangeSentence);
  return [
    ...file.value.entries.flatMap(({ class: entryClass, name, values }) =>
      values.map(({ field, node, value, line }) =>
        [
          `${line}:`,
          entryClass,
          name,
          field,
          ...(node === undefined ? [] : [`on ${node}`]),
          JSON.stringify(value) ?? 'empty',
        ].join(' '),
      ),
    ),
    ...file.value.notes.map(exchangeNoteSentence),
  ];
}

describe('the configuration written', () => {
  it('as CSV: one value a row, formulas made plain text', () => {
    expect(written('csv')).toEqual([
      'Class,Name,Field,Node,Value',
      'cluster,prod,DAILY_VERIFICATION,,false',
      'custom_event,check,DESCRIPTION,,"\'=1+1, ""quoted"""',
      'custom_event,check,FILE,,/usr/local/check',
      'custom_event,tell,FILE,,/usr/local/tell',
      'custom_event,tell,FILE,nodeb,/opt/tell',
      'event,node_up,NOTIFYCOMMAND,,/usr/local/notify',
      'event,node_up,NOTIFYCOMMAND,nodeb,/opt/notify',
      "event,node_up,NOTIFICATIONTEXT,,it's %e",
      'event,node_up,PREEVENTCOMMAND,,check tell',
      'event,node_up,RECOVERYCOUNTER,,2',
      'event,node_up,FAILONPREPOST,,true',
      'node,nodea,COMMPATH,,10.0.0.1',
      'node,nodeb,,,',
      'script,mend,CONTENT,,"#!/bin/sh',
      'END',
      'exit 0',
      '"',
      'script,mend,DESCRIPTION,,mends',
      'site,west,NODES,,nodea nodeb',
      '',
    ]);
  });

  it('as the worksheet: the thirteen fields in its order, a row an event and node', () => {
    expect(written('worksheet')).toEqual([
      'Node,Custom Event,Cluster Name,Cluster Event Description,Cluster Event Method,Cluster Event Name,Event Command,Notify Command,Remote Notification Message Text,Remote Notification Message Location,Pre-Event Command,Post-Event Command,Event Recovery Command,Recovery Command Retry,Time Until Warning',
      ',check,prod,"\'=1+1, ""quoted""",/usr/local/check,,,,,,,,,,',
      ',tell,prod,,/usr/local/tell,,,,,,,,,,',
      'nodeb,tell,prod,,/opt/tell,,,,,,,,,,',
      ",,prod,,,node_up,,/usr/local/notify,it's %e,,check tell,,,2,",
      'nodeb,,prod,,,node_up,,/opt/notify,,,,,,,',
      '',
    ]);
  });

  it('as ODM stanzas', () => {
    expect(written('odm')).toEqual([
      'HACMPcustom:',
      '\tname = "check"',
      '\ttype = "event"',
      '\tdescription = "=1+1, \\"quoted\\""',
      '\tvalue = "/usr/local/check"',
      '\trelation = ""',
      '\tstatus = 0',
      '',
      'HACMPcustom:',
      '\tname = "tell"',
      '\ttype = "event"',
      '\tdescription = ""',
      '\tvalue = "/usr/local/tell"',
      '\trelation = ""',
      '\tstatus = 0',
      '',
      'HACMPevent:',
      '\tname = "node_up"',
      '\tdesc = ""',
      '\tsetno = 0',
      '\tmsgno = 0',
      '\tcatalog = ""',
      '\tcmd = "/usr/es/sbin/cluster/events/node_up"',
      '\tnotify = "/usr/local/notify"',
      '\tpre = "check tell"',
      '\tpost = ""',
      '\trecv = ""',
      '\tcount = 2',
      '\tevent_duration = 0',
      '',
      '',
    ]);
  });

  it('as lines of clmgr: what it cannot carry is a comment', () => {
    expect(written('clmgr').slice(3)).toEqual([
      'clmgr add node nodea COMMPATH=10.0.0.1',
      'clmgr add node nodeb',
      'clmgr add site west NODES=nodea,nodeb',
      '# Not of clmgr: library script mend',
      'clmgr add event check DESCRIPTION=\'=1+1, "quoted"\' FILE=/usr/local/check',
      'clmgr add event tell FILE=/usr/local/tell',
      '# Not of clmgr: custom event tell on node nodeb only: FILE=/opt/tell',
      "clmgr modify event node_up NOTIFYCOMMAND=/usr/local/notify PREEVENTCOMMAND='check tell' RECOVERYCOUNTER=2 FAILONPREPOST=true",
      "# Not of clmgr: event node_up: NOTIFICATIONTEXT='it'\\''s %e'",
      '# Not of clmgr: event node_up on node nodeb only: NOTIFYCOMMAND=/opt/notify',
      'clmgr modify cluster DAILY_VERIFICATION=Disabled',
      '',
    ]);
  });

  it('as lines of fallover, each after what it names', () => {
    expect(written('fallover').slice(2)).toEqual([
      'set -e',
      'fallover add node nodea COMMPATH=10.0.0.1',
      'fallover add node nodeb',
      "fallover add site west NODES='nodea nodeb'",
      "fallover add script mend FILE=- DESCRIPTION=mends <<'END_1'",
      '#!/bin/sh',
      'END',
      'exit 0',
      'END_1',
      'fallover add event check DESCRIPTION=\'=1+1, "quoted"\' FILE=/usr/local/check',
      'fallover add event tell FILE=/usr/local/tell',
      'fallover modify event tell NODE=nodeb FILE=/opt/tell',
      "fallover modify event node_up NOTIFYCOMMAND=/usr/local/notify NOTIFICATIONTEXT='it'\\''s %e' PREEVENTCOMMAND='check tell' RECOVERYCOUNTER=2 FAILONPREPOST=true",
      'fallover modify event node_up NODE=nodeb NOTIFYCOMMAND=/opt/notify',
      'fallover modify cluster DAILY_VERIFICATION=false',
      '',
    ]);
  });

  it('as JSON with the lines of a library script, so that git shows what changed', () => {
    const script = (JSON.parse(written('json').join('\n')) as { entries: Entry[] }).entries.find(
      ({ class: c }) => c === 'script',
    );
    expect(script?.fields).toEqual({ content: { cluster: ['#!/bin/sh', 'END', 'exit 0', ''] }, remark: { cluster: 'mends' } });
  });

  it('as lines of fallover that add a custom event whose script differs on every node', () => {
    const entry: Entry = { class: 'custom_event', name: 'tell', fields: { script: { nodes: { nodea: '/a', nodeb: '/b' } } } };
    expect(
      writeConfiguration('fallover', documentOf([entry]), textOf)
        .split('\n')
        .slice(3),
    ).toEqual([
      'fallover add event tell FILE=/a',
      'fallover modify event tell NODE=nodea FILE=/a',
      'fallover modify event tell NODE=nodeb FILE=/b',
      'fallover modify event tell FILE=',
      '',
    ]);
  });
});

describe('reading CSV', () => {
  it('takes what spreadsheets make of it: a byte order mark, semicolons, blank rows, other line ends, empty cells at the end', () => {
    const text =
      '\ufeffClass;Name;Field;Node;Value;\r\n;;;;\r\nevent;node_up;Notify Command;; /bin/true ;;;\r\rEVENT;node_up;recoverycounter;nodea;"2"';
    expect(read(text)).toEqual(['3: event node_up notifyCommand "/bin/true"', '5: event node_up recoveryCounter on nodea 2']);
  });

  it('takes the line in which Excel says its separator', () => {
    expect(read('sep=;\r\nClass;Name;Field;Value\r\nnode;nodea;COMMPATH;a;\r\n')).toEqual([
      '3: node nodea communicationPath "a"',
    ]);
  });

  it('keeps line ends within quotes, and takes away the apostrophe before a formula only', () => {
    expect(
      read(
        'Class,Name,Field,Value\nscript,s,CONTENT,"a\r\nb\n"\ncustom_event,c,DESCRIPTION,\'=x\ncustom_event,d,DESCRIPTION,\'x\n',
      ),
    ).toEqual(['2: script s content "a\\r\\nb\\n"', '5: custom_event c description "=x"', '6: custom_event d description "\'x"']);
  });

  it('empties a value whose cell is empty', () => {
    expect(read('Class,Name,Field,Value\nevent,node_up,NOTIFYCOMMAND,\n')).toEqual(['2: event node_up notifyCommand empty']);
  });

  it('names the line of each fault, also behind a value of several lines', () => {
    expect(
      read(
        'Class,Name,Field,Node,Value\nscript,s,CONTENT,,"a\nb"\nevents,x,y,,z\nevent,node_up,COLOUR,,z\nevent,-x,COMMAND,,z\nnode,nodea,COMMPATH,nodeb,z\nevent,node_up,COMMAND,,a,b\nevent,node_up,,,z\nevent,node_up,RECOVERYCOUNTER,,two',
      ),
    ).toEqual([
      'Line 4: "events" is not a class. The classes are: cluster node site network interface service_label event custom_event script notification_method',
      'Line 5: "COLOUR" is not a field of an event. The fields are: COMMAND NOTIFYCOMMAND NOTIFICATIONTEXT NOTIFICATIONLOCATION PREEVENTCOMMAND POSTEVENTCOMMAND RECOVERYCOMMAND RECOVERYCOUNTER FAILONPREPOST TIMEUNTILWARNING RECOVERY_PROGRAM',
      'Line 6: "-x" is not the name of an event. A name has 1 to 64 letters, digits, dots, underscores and hyphens, and begins with a letter or a digit.',
      'Line 7: node "nodea": Communication Path to Node: it is the same on every node, so it has no value of its own for node "nodeb". Give it for the cluster.',
      'Line 8: the row has 6 cells, and the headings are 5. Put a value that has a separator in it into quotes.',
      'Line 9: Field is empty. Fill it in, or leave the whole row out.',
      'Line 10: event "node_up": Recovery Command Retry: "two" is not a whole number.',
    ]);
  });

  it('refuses quotes that are not closed, or closed too early', () => {
    expect(read('Class,Name,Field,Value\nnode,n,COMMPATH,"a')).toEqual([
      'Line 2: the quotes that begin here are not closed. Close them; quotes within a value are doubled in CSV, and have a backslash before them in a stanza.',
    ]);
    expect(read('Class,Name,Field,Value\nnode,n,COMMPATH,"a"b')).toEqual([
      'Line 2: "b" stands behind closing quotes. Quotes within a value are doubled in CSV, and have a backslash before them in a stanza.',
    ]);
  });
});

describe('reading the worksheet', () => {
  it('takes a row as all of its columns, and leaves alone what has no column', () => {
    expect(read('Cluster Event Name,Notify Command,Recovery Command Retry\nnode_up,/bin/true,\n')).toEqual([
      '2: event node_up notifyCommand "/bin/true"',
      '2: event node_up recoveryCounter empty',
    ]);
  });

  it('refuses a row of nothing, and a row of two things', () => {
    expect(
      read(
        'Custom Event,Cluster Event Name,Cluster Event Method,Event Command\n,,/bin/true,\ntell,node_up,/bin/true,\n,node_up,/bin/true,',
      ),
    ).toEqual([
      'Line 2: Cluster Event Name is empty. Fill it in, or leave the whole row out.',
      'Line 3: Cluster Event Name is given in a row of a custom event. Empty the cell, or put it into a row of its own.',
      'Line 4: Cluster Event Method is given in a row of an event that is customised. Empty the cell, or put it into a row of its own.',
    ]);
  });
});

describe('reading ODM stanzas', () => {
  it('takes what odmget prints of a PowerHA cluster, and tells what it left out', () => {
    const text = [
      '',
      'HACMPevent:',
      '        name = "node_up"',
      '        desc = "Script run to start a node."',
      '        setno = 8',
      '        msgno = 14',
      '        catalog = "events.cat"',
      '        cmd = "/usr/es/sbin/cluster/events/node_up"',
      '        notify = "/usr/local/bin/notify"',
      '        pre = "check,tell"',
      '        post = ""',
      '        recv = "/usr/local/bin/say \\"\\\\\\"',
      '/more"',
      '        count = 2',
      '        event_duration = 0',
      '',
      'HACMPevent:\r',
      '\tname = "te_disk_melted"\r',
      '\tdesc = "x"',
      '\tsetno = 8',
      '\tmsgno = 15',
      '\tcatalog = "events.cat"',
      '\tcmd = "/usr/es/sbin/cluster/events/te_disk_melted"',
      '\tnotify = "/usr/local/bin/notify"',
      '\tcolour = "red"',
      '',
      'HACMPcustom:',
      '\ttype = "event"',
      '\tname = "check"',
      '\tdescription = "looks"',
      '\tvalue = "/usr/local/bin/check"',
      '\trelation = ""',
      '\tstatus = 0',
      '',
      'HACMPcustom:',
      '\tname = "verify_all"',
      '\ttype = "verify"',
      '# a comment',
      'HACMPude:',
      '\tname = "paging_low"',
      '\tstate = 0',
      'HACMPgroup:',
      '\tgroup = "rg1"',
    ].join('\n');
    expect(read(text)).toEqual([
      '8: event node_up eventCommand empty',
      '9: event node_up notifyCommand "/usr/local/bin/notify"',
      '10: event node_up preEventCommand ["check","tell"]',
      '11: event node_up postEventCommand empty',
      '12: event node_up recoveryCommand "/usr/local/bin/say \\"\\\\\\"\\n/more"',
      '14: event node_up recoveryCounter 2',
      '15: event node_up timeUntilWarning empty',
      '30: custom_event check description "looks"',
      '31: custom_event check script "/usr/local/bin/check"',
      "Line 4: desc, setno, msgno, catalog name texts of AIX's message catalogue. Fallover has texts of its own; 2 of them were left out.",
      'Line 8: the event command is the one that the product ships with; Fallover runs its own.',
      'Line 17: Fallover has no event "te_disk_melted"; what is customised on it was left out.',
      'Line 25: HACMPevent has the field "colour", which the configuration cannot hold; it was left out.',
      'Line 35: "verify_all" is a custom method of the type "verify", not of events; it was left out.',
      'Line 39: user-defined event "paging_low" was left out: the configuration cannot hold user-defined events yet.',
      'Line 42: stanzas of the class "HACMPgroup" cannot be read; it was left out.',
    ]);
  });

  it('takes the names of HACMPevent in a HACMPcustom too', () => {
    expect(read('HACMPcustom:\n\tname = "check"\n\tdesc = "a\\tb\\x41\\101"\n\tcmd = "/bin/true"\n')).toEqual([
      '3: custom_event check description "a\\tbAA"',
      '4: custom_event check script "/bin/true"',
    ]);
  });

  it('names the line of each fault', () => {
    expect(
      read(
        'HACMPevent:\n\tname = node_up\n\tname = "node_up" x\n\tcount = 1.5\nwhatever\n\tcount = 1\n\tcount = 2\nHACMPevent:\n\tcount = 1\nHACMPevent:\n\tname = "node_up"\n\tpost = "',
      ),
    ).toEqual([
      'Line 2: name: "node_up" is not a value of it. Strings stand in double quotes; count and event_duration are whole numbers.',
      'Line 3: "x" stands behind closing quotes. Quotes within a value are doubled in CSV, and have a backslash before them in a stanza.',
      'Line 4: count: "1.5" is not a value of it. Strings stand in double quotes; count and event_duration are whole numbers.',
      'Line 5: "whatever" is neither the class of a stanza, such as HACMPevent:, nor a field = value.',
      'Line 7: "count" stands in this stanza on line 6 already. Give it once.',
      'Line 8: the stanza HACMPevent has no name. Give it a line such as name = "node_up".',
      'Line 10: event "node_up" stands on line 1 already. Put all of it into one place.',
      'Line 12: the quotes that begin here are not closed. Close them; quotes within a value are doubled in CSV, and have a backslash before them in a stanza.',
    ]);
  });
});

describe('reading JSON', () => {
  it('names the line where it is no JSON, or says a thing twice', () => {
    expect(read('{\n"format": 1,\n"entries": [}')).toEqual(['Line 3: this is not JSON: "}" where a value should be.']);
    expect(read('{"a": 1,\n"a": 2}')).toEqual(['Line 2: the key "a" is given twice in one object. Give it once.']);
    expect(read(`${'['.repeat(100_000)}`)).toEqual([
      'Line 1: more than 16 objects and lists are within each other. A configuration needs six.',
    ]);
    expect(read('{"a": "\n"}')).toEqual(['Line 1: this is not JSON: "\\u000a" where the end of a string should be.']);
    expect(read('{} {}')).toEqual(['Line 1: this is not JSON: "{}" where the end of the file should be.']);
  });

  it('names the line of each fault of its entries', () => {
    const entry = (text: string) => `\n${text}`;
    const text = `{"format": 1, "cluster": "prod", "entries": [${[
      entry('{"class": "events", "name": "x", "fields": {}}'),
      entry(
        '{"class": "event", "name": "node_up", "fields": {"recoveryCounter": {"cluster": "2"},\n"notifyCommand": {"node": {}}}}',
      ),
      entry('{"class": "event", "name": "node_up", "fields": {}}'),
      entry('{"class": "event", "name": "__proto__", "fields": {}}'),
      entry(
        '{"class": "event", "name": "node_down", "fields": {"__proto__": {"cluster": "x"}, "notifyCommand": {"nodes": {"__proto__": "/x"}}}}',
      ),
      entry('{"class": "site", "name": "west", "fields": {"siteNodes": {"cluster": "nodea"}}}'),
    ].join(',')}]}`;
    expect(read(text)).toEqual([
      'Line 2: "events" is not a class. The classes are: cluster node site network interface service_label event custom_event script notification_method',
      'Line 3: Recovery Command Retry has to be a number without quotes.',
      'Line 4: "node" is not a key here. The keys are: cluster nodes',
      'Line 5: event "node_up" stands on line 3 already. Put all of it into one place.',
      'Line 6: "__proto__" is not the name of an event. A name has 1 to 64 letters, digits, dots, underscores and hyphens, and begins with a letter or a digit.',
      'Line 7: "__proto__" is not the name of a node. A name has 1 to 64 letters, digits, dots, underscores and hyphens, and begins with a letter or a digit.',
      'Line 7: "__proto__" is not a field of an event. The fields are: eventCommand notifyCommand notificationText notificationLocation preEventCommand postEventCommand recoveryCommand recoveryCounter failOnPrePost timeUntilWarning recoveryProgram',
      'Line 8: Site Nodes has to be a list of texts in double quotes.',
    ]);
    expect(Object.prototype).not.toHaveProperty('cluster');
  });

  it('wants what "fallover export" writes', () => {
    expect(read('[]')).toEqual([
      'Line 1: an object with format and entries is wanted here, as "fallover export --format json" writes it.',
    ]);
    expect(read('{"format": 2, "entries": []}')).toEqual([
      'Line 1: the format "2" is not known to this version, which reads format 1. Export the file anew, or update Fallover.',
    ]);
  });
});

describe('the bounds of a file', () => {
  it('refuses a file that is empty, too long, or of no known format', () => {
    expect(read('\n \n')).toEqual(['The file is empty. Give one that "fallover export" has written, or the output of odmget.']);
    expect(read(' '.repeat(4 * 1024 * 1024 + 1))).toEqual(['The file has 4194305 characters. Give one of 4194304 at most.']);
    expect(read('\n# comment\nDear all,\n')).toEqual([
      'Line 3: "Dear all," begins neither JSON, nor one of the CSV files that "fallover export" writes, nor a stanza such as HACMPevent:. Say the format, or give another file.',
    ]);
  });

  it('refuses more than 50,000 entries, names and characters than a value may have', () => {
    const rows = Array.from({ length: 50_001 }, (_, index) => `node,n${index},,`);
    expect(read(['Class,Name,Field,Value', ...rows].join('\n'))).toEqual([
      'Line 50002: the file has more than 50000 entries. Divide it.',
    ]);
    const names = Array.from({ length: 201 }, (_, index) => `n${index}`).join(' ');
    expect(read(`Class,Name,Field,Value\nsite,west,NODES,${names}\ncustom_event,c,DESCRIPTION,${'x'.repeat(16_385)}`)).toEqual([
      'Line 2: Site Nodes has 201 names. Give 200 at most.',
      'Line 3: Cluster Event Description has 16385 characters. Give 16384 at most.',
    ]);
  });

  it('tells a hundred faults and counts the rest', () => {
    const rows = Array.from({ length: 103 }, () => 'events,x,,');
    const faults = read(['Class,Name,Field,Value', ...rows].join('\n'));
    expect([faults.length, faults.at(-1)]).toEqual([101, 'One more fault is not shown. Mend these first.']);
  });
});
