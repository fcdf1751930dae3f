import type { Entry, EtcdMember } from '@fallover/events';
import { describe, expect, it } from 'vitest';
import { etcdWatch } from './etcd-watch.ts';

const WAY_OUT = 'Start etcd there again, or restore the network to it.';
const AT_NODEB: Entry = { class: 'node', name: 'nodeb', fields: { communicationPath: { cluster: '10.0.0.2' } } };

/** An etcd of etcd1, etcd2 … at 10.0.0.1, 10.0.0.2 …; each look is one of those that come again and again. */
function watching(of = 3) {
  const etcd = { silent: [] as string[], isTold: true, isAsked: true, isConnected: true };
  const said: (string | undefined)[] = [];
  const members = (): EtcdMember[] =>
    Array.from({ length: of }, (_, index) => `etcd${index + 1}`).map((name, index) => ({
      name,
      addresses: [`10.0.0.${index + 1}`],
      ...(etcd.isAsked ? { answers: !etcd.silent.includes(name) } : {}),
    }));
  const watch = etcdWatch({
    etcdMembers: async () => {
      if (!etcd.isTold) throw new Error('permission denied');
      return members();
    },
    isConnected: () => etcd.isConnected,
    entries: async () => [AT_NODEB],
    nodes: () => ['nodea', 'nodeb'],
    trouble: (_code, sentence) => void said.push(sentence),
    stopped: new AbortController().signal,
  });
  /** What is said, and counted, after a look at which these do not answer. */
  const look = async (...silent: string[]): Promise<[string | undefined, number | undefined]> => {
    etcd.silent = silent;
    await watch.look();
    return [said.at(-1), watch.silent()];
  };
  return { etcd, look };
}

describe('a member of etcd that does not answer', () => {
  const ETCD3 = `Of the 3 members of etcd etcd3 on 10.0.0.3 does not answer: event processing stops when one more is lost. ${WAY_OUT}`;

  it('is told of at the second look in a row, and no more at the first that it answers', async () => {
    const { look } = watching();
    expect(await look()).toEqual([undefined, 0]);
    expect(await look('etcd3')).toEqual([undefined, 0]);
    expect(await look('etcd3')).toEqual([ETCD3, 1]);
    expect(await look('etcd3')).toEqual([ETCD3, 1]);
    expect(await look()).toEqual([undefined, 0]);
    expect(await look('etcd3')).toEqual([undefined, 0]);
  });

  it('is not told of when another one is silent at the next look, as while members are restarted in turn', async () => {
    const { look } = watching();
    for (const member of ['etcd1', 'etcd2', 'etcd3', 'etcd1']) expect(await look(member)).toEqual([undefined, 0]);
  });

  it('is named by the node that it runs on, and with how many more may be lost', async () => {
    const { look } = watching(5);
    await look('etcd2');
    expect(await look('etcd2', 'etcd4')).toEqual([
      `Of the 5 members of etcd etcd2 on nodeb does not answer: one more may be lost. ${WAY_OUT}`,
      1,
    ]);
    expect(await look('etcd2', 'etcd4')).toEqual([
      `Of the 5 members of etcd etcd2 on nodeb and etcd4 on 10.0.0.4 do not answer: event processing stops when one more is lost. ${WAY_OUT}`,
      2,
    ]);
  });

  it('is not told of while there is no majority, which the state of the store says', async () => {
    const { look, etcd } = watching();
    await look('etcd3');
    expect(await look('etcd3')).toEqual([ETCD3, 1]);
    expect(await look('etcd2', 'etcd3')).toEqual([undefined, undefined]);
    expect(await look('etcd3')).toEqual([undefined, 0]);
    expect(await look('etcd3')).toEqual([ETCD3, 1]);
    etcd.isConnected = false;
    expect(await look('etcd3')).toEqual([undefined, undefined]);
  });

  it('is not told of, nor counted, where the store is named by addresses that no member advertises', async () => {
    const { look, etcd } = watching();
    etcd.isAsked = false;
    expect(await look()).toEqual([undefined, undefined]);
  });

  it('is not told of where etcd does not tell its members to this user', async () => {
    const { look, etcd } = watching();
    etcd.isTold = false;
    expect(await look('etcd3')).toEqual([undefined, undefined]);
    expect(await look('etcd3')).toEqual([undefined, undefined]);
  });
});

describe('a look at the members of etcd', () => {
  it('that takes long is not joined by another one, and says nothing after the daemon has stopped', async () => {
    const answer = Promise.withResolvers<EtcdMember[]>();
    const said: (string | undefined)[] = [];
    const stopping = new AbortController();
    let asked = 0;
    const watch = etcdWatch({
      etcdMembers: () => {
        asked += 1;
        return answer.promise;
      },
      isConnected: () => true,
      entries: async () => [],
      nodes: () => [],
      trouble: (_code, sentence) => void said.push(sentence),
      stopped: stopping.signal,
    });
    const looks = [watch.look(), watch.look()];
    expect(asked).toBe(1);
    stopping.abort();
    answer.resolve([]);
    await Promise.all(looks);
    expect(said).toEqual([]);
  });
});
