import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { err, ok, type Result } from '@fallover/events';
import { ask } from '../crash/client.ts';
import { doneSentence, type NodeCondition, whyNot } from './answers.ts';
import { layDownExample } from './example.ts';
import type { Hosts, HostSettings, Started } from './hosts.ts';
import { story } from './story.ts';
import { type Action, HELP, LAB_NODES, type LabCommand, type LabNode, shellLine } from './words.ts';

/** Three nodes that a person does things to. */
export interface Laboratory {
  /** Where the consoles are, once at the beginning. */
  welcome(): string;
  carryOut(command: Exclude<LabCommand, { kind: 'quit' }>): Promise<Result<string, string>>;
  end(): Promise<void>;
}

const LOOK_MS = 250;

export async function laboratory(
  hosts: Hosts,
  { directory, leaseSeconds, tell }: Omit<HostSettings, 'listenAt'> & { tell(line: string): void },
): Promise<Result<Laboratory, string>> {
  const ended = new AbortController();
  const conditions = new Map<LabNode, NodeCondition>(LAB_NODES.map((node) => [node, { is: 'dead', isCut: false }]));
  const consoles = new Map<LabNode, Started>();
  const condition = (node: LabNode): NodeCondition => conditions.get(node) as NodeCondition;
  const asked = (node: LabNode, method: string, path: string, body?: unknown) =>
    ask(join(directory, node, 'control.sock'), {
      method,
      path: `/api/v1/${path}`,
      ...(body === undefined ? {} : { body, id: randomUUID() }),
    });
  /** Whoever can answer for the cluster. */
  const witness = (): LabNode | undefined => LAB_NODES.find((node) => condition(node).is === 'running' && !condition(node).isCut);

  async function start(node: LabNode): Promise<Result<string, string>> {
    const started = await hosts.start(node);
    if (!started.ok) return err(`${node} did not start: ${started.error}`);
    condition(node).is = 'running';
    consoles.set(node, { ...consoles.get(node), ...started.value });
    return ok(doneSentence('start', node, leaseSeconds));
  }

  hosts.onEnd?.((node) => {
    if (ended.signal.aborted || condition(node).is === 'dead') return;
    condition(node).is = 'dead';
    tell(`${node} has ended by itself; start ${node} brings it back`);
  });

  async function act(action: Action, node: LabNode): Promise<Result<string, string>> {
    const now = condition(node);
    const refusal = whyNot(action, node, now, hosts.pausing !== undefined);
    if (refusal !== undefined) return err(refusal);
    switch (action) {
      case 'start':
        return start(node);
      case 'kill':
        now.is = 'dead';
        await hosts.kill(node);
        break;
      case 'pause':
        now.is = 'paused';
        hosts.pausing?.pause(node);
        break;
      case 'resume':
        now.is = 'running';
        hosts.pausing?.resume(node);
        break;
      case 'cut':
        now.isCut = true;
        hosts.cut(node);
        break;
      case 'heal':
        now.isCut = false;
        hosts.heal(node);
    }
    return ok(doneSentence(action, node, leaseSeconds));
  }

  async function report(event: string, args: string[]): Promise<Result<string, string>> {
    const node = witness();
    if (!node) return err('No node can be told: none runs that reaches the store. Start or heal one.');
    const answer = await asked(node, 'POST', 'reports', { event, args, source: 'lab', id: randomUUID() });
    if (answer?.status === 201) return ok(`Reported to ${node}; it is queued.`);
    return err(answer?.body?.detail ?? answer?.body?.title ?? `${node} does not answer.`);
  }

  async function nodes(): Promise<string> {
    const node = witness();
    const seen = node && (await asked(node, 'GET', 'cluster'))?.body;
    const inCluster = new Map<string, string>(
      (seen?.members ?? []).map((member: { node: string; state: string }) => [member.node, member.state]),
    );
    const store = seen?.store.state === 'connected' || seen === undefined ? [] : [`  ${seen.store.sentence}`];
    return [...LAB_NODES.map(line), ...store].join('\n');

    function line(name: LabNode): string {
      const { is, isCut } = condition(name);
      const role = seen?.coordinator === name ? ', coordinates' : '';
      return `  ${name}  ${is}${isCut ? ', cut off' : ''}; ${inCluster.get(name) ?? 'not known'}${role}  ${consoles.get(name)?.url ?? ''}`;
    }
  }

  /** The first node has the example before the others join, so that these are seen to cross the barriers of node_up. */
  async function begin(): Promise<Result<undefined, string>> {
    const [first, ...others] = LAB_NODES;
    const configuration = layDownExample(directory);
    const started = await start(first);
    if (!started.ok) return started;
    tell(`${first} is started`);
    await until(async () => (await asked(first, 'GET', 'cluster'))?.body?.members?.[0]?.state === 'member');
    for (const [path, body] of [
      ['configuration/import', { text: configuration, format: 'json' }],
      ['configuration/synchronise', { comment: 'The example of the laboratory' }],
    ] as const) {
      const answer = await asked(first, 'POST', path, body);
      if (!answer || answer.status >= 300) return err(`The example was not taken: ${JSON.stringify(answer?.body)}`);
    }
    for (const node of others) {
      const another = await start(node);
      if (!another.ok) return another;
      tell(`${node} is started`);
    }
    return ok(undefined);
  }

  async function until(holds: () => Promise<boolean>): Promise<void> {
    while (!ended.signal.aborted && !(await holds())) await wait(LOOK_MS);
  }

  async function watch(): Promise<void> {
    const told = story();
    await until(async () => {
      const node = witness();
      const answer = node && (await asked(node, 'GET', 'cluster'));
      // One that has just been healed still shows what was before.
      if (answer?.body?.store?.state === 'connected') for (const line of told(answer.body)) tell(line);
      return false;
    });
  }

  const begun = await begin();
  if (!begun.ok) return begun;
  const watching = watch();
  return ok({
    welcome: () =>
      [
        `Three nodes of cluster lab, ${hosts.where}. One console shows the whole cluster, so open the first one;\neach node has administrators of its own:`,
        '',
        ...LAB_NODES.map((node) => `  ${node}  ${consoles.get(node)?.setupUrl ?? consoles.get(node)?.url}`),
        '',
        'Then type here, and watch in the browser:',
        '',
        HELP,
        shellLine(directory),
      ].join('\n'),
    async carryOut(command) {
      switch (command.kind) {
        case 'act':
          return act(command.action, command.node);
        case 'report':
          return report(command.event, command.args);
        case 'nodes':
          return ok(await nodes());
        case 'help':
          return ok(`${HELP}\n${shellLine(directory)}`);
      }
    },
    async end() {
      ended.abort();
      await watching;
    },
  });
}
