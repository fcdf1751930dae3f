import { X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { err, ok } from '@fallover/events';
import { openStore } from '@fallover/store';
import { afterEach, describe, expect, it } from 'vitest';
import { issueCertificate, makeSigningRequest } from './certificates.ts';
import { readAuthority, readIdentity, writeAuthority, writeIdentity } from './files.ts';
import { requestToJoin } from './join.ts';
import { readJoinToken, writeJoinToken } from './join-token.ts';
import { joinTokens } from './join-tokens.ts';
import { type PeerNode, peerNodes } from './open-peers.test-support.ts';
import { authorityOf, identityFrom } from './peers.test-support.ts';

let site: Awaited<ReturnType<typeof peerNodes>>;
afterEach(() => site?.close());

const refusal = (answer: unknown) => (answer as { error: { code: string; status: number; sentence: string } }).error;
const decoded = (text: string) => {
  const token = readJoinToken(text);
  if (!token) throw new Error('no token');
  return token;
};
/** All files of a state directory that tell who the node is. */
const filesOf = ({ state }: PeerNode) =>
  Object.fromEntries(
    readdirSync(state)
      .filter((name) => /^(peer|join|secret|node)/.test(name))
      .map((name) => [name, readFileSync(join(state, name), 'utf8')]),
  );

describe('the first node', () => {
  it('makes the authority, whose key stays in its state directory, and signs for itself', async () => {
    site = await peerNodes();
    const a = await site.start('nodea');
    expect([...a.troubles]).toEqual([]);
    const shared = await site.store.peerAuthority();
    expect(shared?.node).toBe('nodea');
    expect(shared?.certificate).toMatch(/^-----BEGIN CERTIFICATE-----\n/);
    expect(JSON.stringify(shared)).not.toContain('PRIVATE KEY');
    for (const name of ['peer-authority.json', 'peer.json']) expect(statSync(join(a.state, name)).mode & 0o777).toBe(0o600);
    expect(await site.store.peers()).toMatchObject([{ node: 'nodea', address: expect.stringMatching(/^127\.0\.0\.1:\d+$/) }]);
  });

  it('is one of those that are started at the same time; the others have to join', async () => {
    site = await peerNodes();
    const nodes = await Promise.all(['nodea', 'nodeb', 'nodec'].map((node) => site.start(node)));
    const first = (await site.store.peerAuthority())?.node;
    for (const node of nodes) {
      expect(site.hasFile(node, 'peer-authority.json')).toBe(node.node === first);
      expect([...node.troubles.keys()]).toEqual(node.node === first ? [] : ['not_joined']);
    }
  });

  it('is the same after a restart, and goes on where it was interrupted', async () => {
    site = await peerNodes();
    const a = await site.start('nodea');
    const before = filesOf(a);
    await a.stop();
    const again = await site.start('nodea');
    expect(filesOf(again)).toEqual(before);
    await again.stop();
    // Killed behind the authority's file and before its own certificate; the store knows the authority or not.
    rmSync(join(a.state, 'peer.json'));
    const third = await site.start('nodea');
    expect([...third.troubles]).toEqual([]);
    expect(site.hasFile(third, 'peer.json')).toBe(true);
  });

  it('can be another one later: whoever has the key of the authority lets others join', async () => {
    site = await peerNodes();
    const a = await site.start('nodea');
    const b = await site.start('nodeb');
    await site.join(b, await site.token(a, 'nodeb'));
    const key = readAuthority(a.state);
    await Promise.all([a.stop(), b.stop()]);
    if (!('value' in key) || !key.value) throw new Error('no key');
    writeAuthority(b.state, key.value);
    const again = await site.start('nodeb');
    expect((await site.store.peerAuthority())?.node).toBe('nodeb');
    const c = await site.start('nodec');
    expect(await site.join(c, await site.token(again, 'nodec'))).toEqual(ok({ node: 'nodec', cluster: 'payroll' }));
  });
});

describe('a node that joins', () => {
  it('gets its certificate and the key of the cluster, and both sides can ask each other at once', async () => {
    site = await peerNodes();
    const [a, b] = [await site.start('nodea'), await site.start('nodeb')];
    expect(b.troubles.get('not_joined')).toBe(
      'This node has no certificate of the cluster: other nodes cannot show its logs, nor it theirs. On nodea or another member type "fallover add join_token nodeb", and here "fallover join TOKEN".',
    );
    const own = b.secretKey();
    expect(own).not.toBe(a.secretKey());
    expect(await site.join(b, await site.token(a, 'nodeb'))).toEqual(ok({ node: 'nodeb', cluster: 'payroll' }));
    expect([...b.troubles]).toEqual([]);
    expect(b.secretKey()).toBe(a.secretKey());
    expect(readFileSync(join(b.state, 'secret.key.before-join'), 'utf8')).toBe(own);
    for (const name of ['peer.json', 'secret.key', 'secret.key.before-join'])
      expect(statSync(join(b.state, name)).mode & 0o777).toBe(0o600);
    expect(site.hasFile(b, 'join.json')).toBe(false);
    expect(await a.peers.ask('nodeb', { name: 'getClock', input: {} })).toMatchObject({ ok: true });
    expect(await b.peers.ask('nodea', { name: 'getClock', input: {} })).toMatchObject({ ok: true });
    expect(a.audited).toEqual(['join nodeb from 127.0.0.1: done']);
  });

  it('keeps its key: the authority never sees it', async () => {
    site = await peerNodes();
    const [a, b] = [await site.start('nodea'), await site.start('nodeb')];
    await site.join(b, await site.token(a, 'nodeb'));
    const { key } = JSON.parse(readFileSync(join(b.state, 'peer.json'), 'utf8'));
    expect(key).toContain('BEGIN PRIVATE KEY');
    expect(Object.values(filesOf(a)).join('\n')).not.toContain(key.split('\n')[1]);
  });

  it('may get its token from any member, which asks the one that has the authority', async () => {
    site = await peerNodes();
    const [a, b, c] = [await site.start('nodea'), await site.start('nodeb'), await site.start('nodec')];
    await site.join(b, await site.token(a, 'nodeb'));
    expect(await site.join(c, await site.token(b, 'nodec'))).toMatchObject({ ok: true });
    expect(a.logged).toContain('ada has made a token by which node nodec can join.');
    await a.stop();
    const made = await b.useCases.addJoinToken({ parameters: { node: 'noded' }, query: undefined, body: undefined }, b.context());
    expect(refusal(made)).toMatchObject({
      code: 'peer_not_answering',
      status: 503,
      sentence: expect.stringMatching(
        /^Node nodea does not answer at 127\.0\.0\.1:\d+: .*; the authority is on nodea itself\. See whether that node and its cluster manager run\.$/,
      ),
    });
  });

  it('has joined wholly or not at all, wherever it is interrupted', async () => {
    site = await peerNodes();
    const [a, b] = [await site.start('nodea'), await site.start('nodeb')];
    const got = await requestToJoin(decoded(await site.token(a, 'nodeb')), { protocol: 1 });
    if (!got.ok) throw new Error(got.error.code);
    await b.stop();
    // Killed right behind the one file that decides, and again in the middle of what follows from it.
    writeFileSync(join(b.state, 'join.json'), JSON.stringify(got.value));
    writeFileSync(join(b.state, 'secret.key'), got.value.secretKey);
    const again = await site.start('nodeb');
    expect([...again.troubles]).toEqual([]);
    expect(again.secretKey()).toBe(a.secretKey());
    expect(site.hasFile(again, 'join.json')).toBe(false);
  });

  it('can join again: its earlier certificate is no longer good', async () => {
    site = await peerNodes();
    const [a, b] = [await site.start('nodea'), await site.start('nodeb')];
    await site.join(b, await site.token(a, 'nodeb'));
    const earlier = readFileSync(join(b.state, 'peer.json'), 'utf8');
    await site.join(b, await site.token(a, 'nodeb'));
    expect(await b.peers.ask('nodea', { name: 'getClock', input: {} })).toMatchObject({ ok: true });
    expect(readFileSync(join(b.state, 'peer.json'), 'utf8')).not.toBe(earlier);
  });
});

describe('a token', () => {
  it('that was used is refused, and nothing is changed', async () => {
    site = await peerNodes();
    const [a, b] = [await site.start('nodea'), await site.start('nodeb')];
    const token = await site.token(a, 'nodeb');
    await site.join(b, token);
    const before = filesOf(b);
    expect(refusal(await site.join(b, token))).toEqual({
      code: 'join_refused',
      status: 409,
      sentence:
        'Node nodea refuses the token: it was used already; nothing was changed. Type "fallover add join_token NODE" on a member for a new one.',
    });
    expect(filesOf(b)).toEqual(before);
  });

  it('serves one of those who come with it at the same time', async () => {
    site = await peerNodes();
    const a = await site.start('nodea');
    const token = decoded(await site.token(a, 'nodeb'));
    const got = await Promise.all(Array.from({ length: 5 }, () => requestToJoin(token, { protocol: 1 })));
    expect(got.filter(({ ok }) => ok)).toHaveLength(1);
    for (const one of got) if (!one.ok) expect(one.error).toMatchObject({ code: 'join_refused', reason: 'used' });
  });

  it('that is wrong, is for another node, or for another cluster is refused before anything is sent', async () => {
    site = await peerNodes();
    const [a, b] = [await site.start('nodea'), await site.start('nodeb')];
    const before = filesOf(b);
    const token = await site.token(a, 'nodec');
    expect(refusal(await site.join(b, token)).sentence).toBe(
      'This token is for node nodec, and this is node nodeb; nothing was changed. Type "fallover add join_token nodeb" on a member for one of its own.',
    );
    const foreign = writeJoinToken({ ...decoded(token), node: 'nodeb', cluster: 'other' });
    expect(refusal(await site.join(b, foreign)).sentence).toBe(
      'This token is for cluster other, and this node belongs to cluster payroll; nothing was changed. Take a token of payroll, or another state directory with --state.',
    );
    for (const text of ['', 'x', token.slice(0, -4), token.slice(2), `fallover-join-${'A'.repeat(5_000)}`])
      expect(refusal(await site.join(b, text)).sentence).toBe(
        'This is not a join token, or it is not whole. Give it as "fallover add join_token NODE" has printed it, in one piece.',
      );
    expect(filesOf(b)).toEqual(before);
    // None of that has used it up.
    const c = await site.start('nodec');
    expect(await site.join(c, token)).toMatchObject({ ok: true });
  });

  it('with a secret that nobody was given, or under the name of another node, is refused over there too', async () => {
    site = await peerNodes();
    const a = await site.start('nodea');
    const token = decoded(await site.token(a, 'nodeb'));
    const madeUp = { ...token, secret: 'A'.repeat(43) };
    expect(await requestToJoin(madeUp, { protocol: 1 })).toEqual(
      err({ code: 'join_refused', node: 'nodea', reason: 'not_known' }),
    );
    expect(await requestToJoin({ ...token, node: 'nodec' }, { protocol: 1 })).toEqual(
      err({ code: 'join_refused', node: 'nodea', reason: 'of_another_node' }),
    );
    expect(await requestToJoin(token, { protocol: 2 })).toEqual(
      err({ code: 'join_protocol_differs', node: 'nodea', own: 2, theirs: 1 }),
    );
    expect(await requestToJoin(token, { protocol: 1 })).toMatchObject({ ok: true });
    for (let i = 0; i < 20; i += 1) await requestToJoin(madeUp, { protocol: 1 });
    expect(await requestToJoin(madeUp, { protocol: 1 })).toMatchObject({ error: { reason: 'too_many' } });
  });

  it('is sent to nobody who does not have the authority of its fingerprint', async () => {
    site = await peerNodes();
    const a = await site.start('nodea');
    const token = decoded(await site.token(a, 'nodeb'));
    const other = await openStore('memory:');
    if (!other.ok) throw new Error(other.error.code);
    const stranger = await site.start('nodea', { cluster: 'stranger', on: other.value });
    const [{ address = '' } = {}] = await other.value.peers();
    expect(await requestToJoin({ ...token, at: { node: 'nodea', address } }, { protocol: 1 })).toEqual(
      err({ code: 'join_authority_differs', node: 'nodea', address }),
    );
    expect(stranger.logged).toEqual([]);
    expect(await requestToJoin(token, { protocol: 1 })).toMatchObject({ ok: true });
    await stranger.stop();
    site.nodes.set('nodea', a);
    await other.value.close();
  });

  it('that nobody answers says where, and can be given again', async () => {
    site = await peerNodes();
    const [a, b] = [await site.start('nodea'), await site.start('nodeb')];
    const token = await site.token(a, 'nodeb');
    const { address } = decoded(token).at;
    await a.stop();
    const before = filesOf(b);
    expect(refusal(await site.join(b, token)).sentence).toBe(
      `Node nodea does not answer at ${address}: nothing listens there, its cluster manager may be down; nothing was changed. Look at its cluster manager, and give the same token again.`,
    );
    expect(filesOf(b)).toEqual(before);
  });

  it('holds for a quarter of an hour, by a clock that does not jump', () => {
    const clock = { ms: 0 };
    const tokens = joinTokens({ now: () => clock.ms });
    const { secret, expiresAt } = tokens.issue('nodeb');
    expect(expiresAt).toBe(900_000);
    clock.ms = 899_999;
    const taken = tokens.redeem(secret, 'nodeb');
    if (!taken.ok) throw new Error(taken.error);
    expect(tokens.redeem(secret, 'nodeb')).toEqual(err('used'));
    taken.value.giveBack();
    clock.ms = 900_000;
    expect(tokens.redeem(secret, 'nodeb')).toEqual(err('expired'));
    expect(joinTokens({ now: () => 0 }).redeem(secret, 'nodeb')).toEqual(err('not_known'));
  });

  it('is made by administrators only for other nodes, and a node joins on itself only', async () => {
    site = await peerNodes();
    const a = await site.start('nodea');
    const input = { parameters: { node: 'nodea' }, query: undefined, body: undefined };
    expect(refusal(await a.useCases.addJoinToken(input, a.context())).sentence).toBe(
      'Node nodea has the authority of the cluster and signs its own certificate. Give the name of another node.',
    );
    const body = { token: 'x' };
    expect(refusal(await a.useCases.joinCluster({ parameters: undefined, query: undefined, body }, a.context()))).toMatchObject({
      status: 403,
      sentence: 'A node is joined on that node itself. Type "fallover join TOKEN" there.',
    });
  });
});

describe('a certificate', () => {
  it('is issued for the name of the token, and only to whoever has the key', async () => {
    const authority = await authorityOf();
    const issue = (request: string, node: string) =>
      issueCertificate(authority, { request, node, cluster: 'payroll', at: Date.now() });
    const { request } = await makeSigningRequest('nodeb');
    expect((await issue(request, 'nodeb')).ok).toBe(true);
    expect(await issue(request, 'nodea')).toEqual(err('bad_request'));
    for (const text of ['', 'x', '-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----'])
      expect(await issue(text, 'nodeb')).toEqual(err('bad_request'));
    const lines = request.split('\n');
    const bytes = Buffer.from(lines.slice(1, -2).join(''), 'base64');
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    const forged = `${lines[0]}\n${bytes.toString('base64')}\n${lines.at(-2)}\n`;
    expect(await issue(forged, 'nodeb')).toEqual(err('bad_request'));
  });

  it('is renewed long before it ends, by whoever has the authority, and the one before is not good any more', async () => {
    site = await peerNodes();
    const a = await site.start('nodea');
    const b = await site.start('nodeb');
    await site.join(b, await site.token(a, 'nodeb'));
    const own = readAuthority(a.state);
    if (!('value' in own) || !own.value) throw new Error('no key');
    const early = await identityFrom(own.value, 'nodeb', { inDays: -244 });
    writeIdentity(b.state, early);
    await b.pass();
    // With 121 days left it stays; with 120 it is renewed.
    expect(readIdentity(b.state)).toEqual({ value: early });
    const old = await identityFrom(own.value, 'nodeb', { inDays: -245 });
    writeIdentity(b.state, old);
    await b.pass();
    const after = readIdentity(b.state);
    if (!('value' in after) || !after.value) throw new Error('no certificate');
    expect(after.value.key).not.toBe(old.key);
    expect(new X509Certificate(after.value.certificate).subject).toBe('O=payroll\nCN=nodeb');
    expect([...b.troubles]).toEqual([]);
    expect(a.audited.slice(1)).toEqual(['renew nodeb from its certificate: done']);
    expect(await a.peers.ask('nodeb', { name: 'getClock', input: {} })).toMatchObject({ ok: true });
    expect(await b.peers.ask('nodea', { name: 'getClock', input: {} })).toMatchObject({ ok: true });
    // As somebody who has found it: the store knows another one by now. Then it is this node's again, and not renewed so soon.
    writeIdentity(b.state, old);
    await b.pass();
    await b.stop();
    const again = await site.start('nodeb');
    await again.pass();
    expect(again.logged).toEqual([
      'The certificate of this node was not renewed; it is tried again within the hour. The certificate of node nodeb was not renewed: it was renewed just now. It tries again within the hour.',
    ]);
  });

  it('of the node with the authority is renewed by itself', async () => {
    site = await peerNodes();
    const a = await site.start('nodea');
    const own = readAuthority(a.state);
    if (!('value' in own) || !own.value) throw new Error('no key');
    const old = await identityFrom(own.value, 'nodea', { inDays: -364 });
    writeIdentity(a.state, old);
    await a.pass();
    expect(readIdentity(a.state)).not.toEqual({ value: old });
    expect([...a.troubles]).toEqual([]);
    expect(await a.certificateFindings()).toEqual([]);
  });

  it('of another cluster, a file that is damaged, and one that ends soon are told of', async () => {
    site = await peerNodes();
    const a = await site.start('nodea');
    const b = await site.start('nodeb');
    writeIdentity(b.state, await identityFrom(await authorityOf(), 'nodeb'));
    await b.pass();
    expect([...b.troubles.keys()]).toEqual(['authority_of_another_cluster']);
    const own = readAuthority(a.state);
    if (!('value' in own) || !own.value) throw new Error('no key');
    await a.stop();
    writeIdentity(b.state, await identityFrom(own.value, 'nodeb', { inDays: -315 }));
    await b.pass();
    expect(b.troubles.get('certificate_ends')).toMatch(
      /^The certificate by which other nodes know this one expires at 20.* and was not renewed: see that the cluster manager of nodea, which has the authority, runs\./,
    );
    expect((await b.certificateFindings()).map(({ id }) => id)).toEqual(['certificate_not_renewed:node/nodeb@nodeb']);
    expect(b.logged.at(-1)).toMatch(
      /^The certificate of this node was not renewed; it is tried again within the hour\. Node nodea /,
    );
    writeFileSync(join(b.state, 'peer.json'), '{');
    await b.pass();
    expect(b.troubles.get('peer_file_corrupt')).toBe(
      `The file ${b.state}/peer.json cannot be read (it is not what Fallover has written), so this node and others cannot ask each other. Restore it from a backup, or join this node again.`,
    );
    expect([...b.troubles.keys()]).toEqual(['peer_file_corrupt']);
  });
});
