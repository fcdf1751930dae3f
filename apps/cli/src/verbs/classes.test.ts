import { describe, expect, it } from 'vitest';
import { problem, shell, smallDaemon } from '../fixtures/small-daemon.ts';

const NETS = '/api/v1/entries/network';
const CHANGED_MEANWHILE = problem('changed_meanwhile', 'Somebody else changed this.', 409);
const net = (revision: number, fields: object = { networkType: { cluster: 'ether' } }) => ({
  class: 'network',
  name: 'net1',
  draft: { revision, fields },
  synchronised: false,
  usedBy: [{ class: 'interface', name: 'en0' }],
});
const saved = { entry: net(1), warnings: [] };

describe('the classes of what a cluster is made of', () => {
  it.each<[string[], string, object, string]>([
    [['node', 'nodeb'], 'node/nodeb', {}, 'Node nodeb'],
    [
      ['site', 'east', 'NODES=nodea nodeb', 'DESCRIPTION=In the east'],
      'site/east',
      { siteNodes: { cluster: ['nodea', 'nodeb'] }, remark: { cluster: 'In the east' } },
      'Site east',
    ],
    [
      ['interface', 'en0', 'NODE=nodea', 'NETWORK=net1'],
      'interface/en0',
      { onNode: { cluster: 'nodea' }, onNetwork: { cluster: 'net1' } },
      'Network interface en0',
    ],
    [['service_ip', 'svc', 'NETWORK=net1'], 'service_label/svc', { onNetwork: { cluster: 'net1' } }, 'Service IP label svc'],
    [['service_label', 'svc', 'NETWORK=net1'], 'service_label/svc', { onNetwork: { cluster: 'net1' } }, 'Service IP label svc'],
  ])('are added: %j', async (words, path, fields, said) => {
    await using daemon = await smallDaemon();
    daemon.answers(`PUT /api/v1/entries/${path}`, [200, saved]);
    expect(await shell(daemon.state, ['add', ...words])).toEqual({
      status: 0,
      out: [`${said} is added in the draft; "fallover sync" makes it active`],
      err: [],
    });
    expect(daemon.asked.at(-1)?.body).toEqual({ revision: 0, fields });
  });

  it('are changed, and keep what somebody else changed in another field meanwhile', async () => {
    await using daemon = await smallDaemon();
    const theirs = net(5, { networkType: { cluster: 'ether' }, netmask: { cluster: '24' } });
    daemon.answers(`GET ${NETS}`, [200, { entries: [net(4)] }], [200, { entries: [theirs] }]);
    daemon.answers(`PUT ${NETS}/net1`, [409, CHANGED_MEANWHILE], [200, saved]);
    expect((await shell(daemon.state, ['modify', 'network', 'net1', 'DESCRIPTION=Upstairs'])).status).toBe(0);
    expect(daemon.asked.at(-1)?.body).toEqual({
      revision: 5,
      fields: { networkType: { cluster: 'ether' }, netmask: { cluster: '24' }, remark: { cluster: 'Upstairs' } },
    });
  });

  it('are not changed over what somebody else changed to something else; both versions are shown', async () => {
    await using daemon = await smallDaemon();
    daemon.answers(
      `GET ${NETS}`,
      [200, { entries: [net(4)] }],
      [200, { entries: [net(5, { networkType: { cluster: 'infiniband' } })] }],
    );
    daemon.answers(`PUT ${NETS}/net1`, [409, CHANGED_MEANWHILE]);
    expect(await shell(daemon.state, ['modify', 'network', 'net1', 'TYPE=XD_ip'])).toEqual({
      status: 2,
      out: [],
      err: [
        'TYPE: somebody else changed that meanwhile, to something else. Nothing was changed here.',
        '  TYPE is "infiniband" now; here it was to be "XD_ip"',
        '  Look at it with "fallover query network net1", then give the command again if it is still wanted.',
      ],
    });
  });

  it('are not changed when somebody else has deleted them meanwhile', async () => {
    await using daemon = await smallDaemon();
    daemon.answers(`GET ${NETS}`, [200, { entries: [net(4)] }], [200, { entries: [] }]);
    daemon.answers(`PUT ${NETS}/net1`, [409, CHANGED_MEANWHILE]);
    expect(await shell(daemon.state, ['modify', 'network', 'net1', 'TYPE=XD_ip'])).toEqual({
      status: 2,
      out: [],
      err: ['NAME: somebody else has deleted the network net1 meanwhile. Nothing was changed here.'],
    });
  });

  it('are deleted in the revision that was read', async () => {
    await using daemon = await smallDaemon();
    daemon.answers(`GET ${NETS}`, [200, { entries: [net(4)] }]);
    daemon.answers(`DELETE ${NETS}/net1?revision=4`, [204, undefined]);
    expect(await shell(daemon.state, ['delete', 'network', 'net1'])).toEqual({
      status: 0,
      out: ['Network net1 is deleted from the draft; "fallover sync" makes that active'],
      err: [],
    });
  });

  it('are shown with what names them; one that is deleted from the draft as it is active', async () => {
    await using daemon = await smallDaemon();
    const gone = {
      class: 'network',
      name: 'net2',
      active: { networkType: { cluster: 'rs232' } },
      synchronised: false,
      usedBy: [],
    };
    daemon.answers(`GET ${NETS}`, [200, { entries: [net(4), gone] }]);
    expect((await shell(daemon.state, ['query', 'network'])).out).toEqual(['net1']);
    expect((await shell(daemon.state, ['query', 'network', 'net1'])).out).toEqual([
      'NAME="net1"',
      'TYPE="ether"',
      'NETMASK=""',
      'DESCRIPTION=""',
      'USEDBY="interface/en0"',
      'SYNCHRONISED="false"',
    ]);
    expect((await shell(daemon.state, ['query', 'network', 'net2'])).out).toEqual([
      'NAME="net2"',
      'TYPE="rs232"',
      'NETMASK=""',
      'DESCRIPTION=""',
      'USEDBY=""',
      'SYNCHRONISED="false"',
      'DELETED="true"',
    ]);
    expect((await shell(daemon.state, ['query', 'network', 'net1', '--json'])).out).toEqual([JSON.stringify(net(4))]);
  });

  it('name the cluster by themselves', async () => {
    await using daemon = await smallDaemon();
    daemon.answers('GET /api/v1/cluster', [200, { cluster: 'files' }]);
    daemon.answers('GET /api/v1/entries/cluster', [200, { entries: [] }]);
    daemon.answers('PUT /api/v1/entries/cluster/files', [200, saved]);
    expect((await shell(daemon.state, ['modify', 'cluster', 'DAILY_VERIFICATION=false'])).out).toEqual([
      'Cluster files is changed in the draft; "fallover sync" makes it active',
    ]);
    expect(daemon.asked.at(-1)?.body).toEqual({ revision: 0, fields: { dailyVerification: { cluster: false } } });
  });

  it.each<[string[], string[]]>([
    [
      ['add', 'network', 'net1', 'TYP=ether'],
      [
        '"TYP" is not an attribute here. Did you mean TYPE? The attributes are: TYPE NETMASK DESCRIPTION',
        '  Usage: fallover add CLASS NAME [ATTR=VALUE…] [--json] | fallover add snapshot NAME [REVISION=N] [DESCRIPTION=TEXT] [--json] | fallover add join_token NODE [--json]',
      ],
    ],
    [
      ['add', 'netwrok', 'net1'],
      [
        'CLASS: nothing of class "netwrok" can be added. Did you mean network?',
        '  Usage: fallover add CLASS NAME [ATTR=VALUE…] [--json] | fallover add snapshot NAME [REVISION=N] [DESCRIPTION=TEXT] [--json] | fallover add join_token NODE [--json]',
      ],
    ],
    [
      ['delete', 'disk', 'x'],
      [
        'CLASS: nothing of class "disk" can be deleted. Give one of cluster, node, site, network, interface, service_label, event, script, method, component, snapshot, silence.',
        '  Usage: fallover delete CLASS NAME',
      ],
    ],
    [
      ['add', 'cluster', 'files'],
      ['CLASS: the cluster is there already; "fallover modify cluster ATTR=VALUE…" changes what holds for it.'],
    ],
    [
      ['delete', 'cluster', 'files'],
      ['CLASS: the cluster stays.', '  "fallover modify cluster VERIFICATION_HOUR= …" empties what is configured for it.'],
    ],
    [
      ['modify', 'network', 'net1'],
      ['Something is missing here.', '  Usage: fallover modify CLASS NAME ATTR=VALUE… [NODE=NAME] [--json]'],
    ],
  ])('refuse %j', async (words, err) => {
    expect(await shell('/nonexistent', words)).toEqual({ status: 2, out: [], err });
  });

  it('say what was probably meant', async () => {
    await using daemon = await smallDaemon();
    daemon.answers(`GET ${NETS}`, [200, { entries: [net(4)] }]);
    for (const words of [
      ['modify', 'network', 'nte1', 'TYPE=ether'],
      ['delete', 'network', 'nte1'],
      ['query', 'network', 'nte1'],
    ])
      expect(await shell(daemon.state, words)).toEqual({
        status: 2,
        out: [],
        err: ['NAME: there is no network "nte1" in the configuration. Did you mean net1?'],
      });
  });
});

describe('a library script', () => {
  const TEXT = '#!/bin/sh\necho "\u001b[2Jhello"\n';
  const SCRIPTS = '/api/v1/entries/script';
  const entry = (revision: number, remark: string) => ({
    class: 'script',
    name: 'warn',
    draft: { revision, fields: { content: { cluster: 'c'.repeat(64) }, remark: { cluster: remark } } },
    synchronised: true,
    usedBy: [],
  });

  it('is added with the bytes of the input', async () => {
    await using daemon = await smallDaemon();
    daemon.answers('PUT /api/v1/scripts/warn', [200, { warnings: [] }]);
    expect(await shell(daemon.state, ['add', 'script', 'warn', 'FILE=-', 'DESCRIPTION=Warns'], { input: TEXT })).toEqual({
      status: 0,
      out: ['Library script warn is added in the draft; "fallover sync" makes it active'],
      err: [],
    });
    expect(daemon.asked[0]?.body).toEqual({ revision: 0, text: TEXT, remark: 'Warns' });
  });

  it('keeps its description when its text is changed, and its text when its description is', async () => {
    await using daemon = await smallDaemon();
    daemon.answers(`GET ${SCRIPTS}`, [200, { entries: [entry(3, 'Warns')] }]);
    daemon.answers('PUT /api/v1/scripts/warn', [200, { warnings: [] }]);
    daemon.answers(`PUT ${SCRIPTS}/warn`, [200, { warnings: [] }]);
    await shell(daemon.state, ['modify', 'script', 'warn', 'FILE=-'], { input: TEXT });
    expect(daemon.asked.at(-1)).toMatchObject({
      line: 'PUT /api/v1/scripts/warn',
      body: { revision: 3, text: TEXT, remark: 'Warns' },
    });
    await shell(daemon.state, ['modify', 'script', 'warn', 'DESCRIPTION=']);
    expect(daemon.asked.at(-1)).toMatchObject({
      line: `PUT ${SCRIPTS}/warn`,
      body: { revision: 3, fields: { content: { cluster: 'c'.repeat(64) } } },
    });
  });

  it('is merged like any other entry', async () => {
    await using daemon = await smallDaemon();
    daemon.answers(`GET ${SCRIPTS}`, [200, { entries: [entry(3, 'Warns')] }], [200, { entries: [entry(4, 'Warns all')] }]);
    daemon.answers('PUT /api/v1/scripts/warn', [409, CHANGED_MEANWHILE], [200, { warnings: [] }]);
    expect((await shell(daemon.state, ['modify', 'script', 'warn', 'FILE=-'], { input: TEXT })).status).toBe(0);
    expect(daemon.asked.at(-1)?.body).toEqual({ revision: 4, text: TEXT, remark: 'Warns all' });
  });

  it.each<[string[], string | Uint8Array, string]>([
    [['FILE=/nonexistent/x'], '', 'FILE: /nonexistent/x cannot be read: there is no such file.'],
    [['FILE=/'], '', 'FILE: / cannot be read: it is a directory.'],
    [['FILE=-'], 'x'.repeat(262_145), 'FILE: the standard input has more than 262144 characters, the most that can be kept.'],
    [
      ['FILE=-'],
      Uint8Array.of(0x7f, 0x45, 0xff),
      'FILE: the standard input is not text in UTF-8. Give it in UTF-8; a program that is no text is kept outside, and configured by its full pathname.',
    ],
    [['FILE=-'], '', 'FILE: it is empty. Give a script with an interpreter line.'],
    [['DESCRIPTION=x'], '', 'FILE is missing. Give FILE=PATH of the script, or FILE=- to read it from the input.'],
    [['FIEL=/x'], '', '"FIEL" is not an attribute here. The attributes are: FILE DESCRIPTION'],
  ])('is refused: %j', async (words, input, sentence) => {
    const said = await shell('/nonexistent', ['add', 'script', 'warn', ...words], { input });
    expect([said.status, said.err[0]]).toEqual([2, sentence]);
  });

  it('is shown with its control characters visible, or as it is', async () => {
    await using daemon = await smallDaemon();
    const view = { ...entry(3, 'Warns'), path: '/lib/current/warn', laidDown: 'missing', draftText: TEXT, activeText: 'old\n' };
    daemon.answers('GET /api/v1/scripts/warn', [200, view]);
    expect((await shell(daemon.state, ['query', 'script', 'warn'])).out).toEqual([
      'NAME="warn"',
      'PATH="/lib/current/warn"',
      'DESCRIPTION="Warns"',
      'LAIDDOWN="missing"',
      'USEDBY=""',
      'SYNCHRONISED="true"',
      '',
      '#!/bin/sh',
      'echo "^[[2Jhello"',
    ]);
    expect((await shell(daemon.state, ['query', 'script', 'warn', '--raw'])).out).toEqual(TEXT.split('\n').slice(0, -1));
    expect((await shell(daemon.state, ['query', 'script', 'warn', '--raw', '--active'])).out).toEqual(['old']);
    expect((await shell(daemon.state, ['query', 'event', 'node_up', '--raw'])).err).toEqual([
      '--raw is of the text of one script or program.',
      '  Usage: fallover query script|program NAME [--active] [--raw] [--json]',
    ]);
  });

  it('is not there: the library may be off', async () => {
    await using daemon = await smallDaemon();
    daemon.answers('GET /api/v1/scripts', [200, { enabled: false, scripts: [] }]);
    expect(await shell(daemon.state, ['query', 'script'])).toEqual({
      status: 0,
      out: [],
      err: ['The script library is off: the cluster manager was started without --script-library.'],
    });
    daemon.answers('GET /api/v1/scripts/wran', [404, problem('not_found', 'There is no library script wran.', 404)]);
    daemon.answers(`GET ${SCRIPTS}`, [200, { entries: [entry(3, '')] }]);
    expect((await shell(daemon.state, ['query', 'script', 'wran'])).err).toEqual([
      'NAME: there is no library script "wran" in the configuration. Did you mean warn?',
    ]);
  });
});
