import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunView, StepView } from '@fallover/contract';
import { stepId } from '@fallover/events';
import { afterEach, describe, expect, it } from 'vitest';
import type { EventStream } from '../http/event-stream.ts';
import type { RunRow } from '../journal/run-row.ts';
import { outputHere } from '../runs/run-output.ts';
import { stepOutput } from '../runs/step-output.ts';
import { viewersOf } from '../runs/viewers.ts';
import { inProcess } from './in-process.ts';
import { type PeerNode, peerNodes } from './open-peers.test-support.ts';

let site: Awaited<ReturnType<typeof peerNodes>>;
afterEach(() => site?.close());

const RUN = '0199aaaa-0000-7000-8000-000000abcdef';
const idOn = (node: string): string => stepId(`${RUN}/1/${node}`, 'event', 1);
const stepOn = (node: string, more: Partial<StepView> = {}): StepView =>
  ({ id: idOn(node), node, state: 'running', ...more }) as StepView;
const runWith = (...steps: StepView[]): RunView => ({ state: 'running', steps }) as unknown as RunView;
const ROW: RunRow = {
  id: RUN,
  event: 'node_up',
  args: ['nodea'],
  eventClass: 'node',
  origin: { kind: 'person', name: 'ada' },
  drill: false,
  revision: 1,
  state: 'running',
  acceptedAt: '2026-11-26T12:00:00.000Z',
  warnings: 0,
};
const fileOf = ({ state }: Pick<PeerNode, 'state'>, step: string): string =>
  join(state, 'log', `${step.replaceAll('/', '_')}.log`);
const writes = (node: PeerNode, text: string): void => appendFileSync(fileOf(node, idOn(node.node)), text);
const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10));
};

/** Whoever watches at nodea: what each step wrote, in the order of its bytes, and who does not answer. */
function watcher(at: PeerNode, first: RunView) {
  let view = first;
  let changed = (): void => {};
  const here = outputHere(
    stepOutput(
      (step) => fileOf(at, step),
      () => 0,
      () => {},
    ),
  );
  const viewers = viewersOf({
    first,
    view: async () => view,
    watch: (wake) => {
      changed = wake;
      return () => {};
    },
    output: (wake) => at.outputOfRun(here)(RUN, wake),
    over() {},
  });
  const joins = () => {
    const ended = new AbortController();
    const seen = { output: new Map<string, string>(), unanswered: [] as string[][], sentences: [] as string[] };
    const stream: EventStream = {
      lastEventId: undefined,
      signal: ended.signal,
      open() {},
      write(text) {
        const [, event, data = '{}'] = /event: (\w+)\ndata: (.*)/.exec(text) ?? [];
        const read = JSON.parse(data);
        if (event === 'output') seen.output.set(read.step, (seen.output.get(read.step) ?? '') + read.text);
        if (event !== 'unanswered') return true;
        seen.unanswered.push(read.nodes.map(({ node }: { node: string }) => node));
        for (const { sentence } of read.nodes) seen.sentences.push(sentence);
        return true;
      },
      send: ({ event, data }) => stream.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`),
      drained: () => Promise.resolve(),
      end: () => ended.abort(),
    };
    const shown = viewers.show(stream);
    const leave = (): Promise<void> => {
      ended.abort();
      return shown;
    };
    return { seen, leave, wrote: (node: string) => seen.output.get(idOn(node)) };
  };
  return {
    joins,
    becomes(next: RunView) {
      view = next;
      changed();
    },
  };
}

/** nodea, at which somebody watches, and nodeb. */
async function two(through: ReturnType<typeof inProcess> | undefined): Promise<[PeerNode, PeerNode]> {
  site = await peerNodes(through);
  const [a, b] = [await site.start('nodea'), await site.start('nodeb')];
  if (!through) await site.join(b, await site.token(a, 'nodeb'));
  await a.pass();
  for (const node of [a, b]) node.journal.append([], [ROW]);
  return [a, b];
}

describe.each(['TLS', 'process'] as const)('the output of a run on two nodes, asked for over %s', (transport) => {
  it('is shown while it is written, also to who comes late, and to its end', async () => {
    const [a, b] = await two(transport === 'TLS' ? undefined : inProcess());
    const { joins, becomes } = watcher(a, runWith(stepOn('nodea'), stepOn('nodeb')));
    const first = joins();
    writes(a, 'here\n');
    writes(b, 'there\n');
    await until(() => first.wrote('nodea') === 'here\n' && first.wrote('nodeb') === 'there\n');
    const late = joins();
    writes(b, 'more \u00e4\n');
    await until(() => first.wrote('nodeb') === 'there\nmore \u00e4\n' && late.wrote('nodeb') === 'there\nmore \u00e4\n');
    writes(b, 'end');
    becomes(runWith(stepOn('nodea'), stepOn('nodeb', { state: 'finished', outputBytes: 17 })));
    await until(() => late.wrote('nodeb') === 'there\nmore \u00e4\nend');
    expect(first.seen.unanswered).toEqual([]);
    await first.leave();
    await late.leave();
  });

  it('of a step that came and ended between two looks is shown as well; of one that was over before it is read where it is asked for', async () => {
    const [a, b] = await two(transport === 'TLS' ? undefined : inProcess());
    writes(b, 'quick\n');
    const over = stepOn('nodeb', { state: 'finished', outputBytes: 6 });
    const { joins, becomes } = watcher(a, runWith(stepOn('nodea')));
    const first = joins();
    becomes(runWith(stepOn('nodea'), over));
    await until(() => first.wrote('nodeb') === 'quick\n');
    await first.leave();
    const later = watcher(a, runWith(stepOn('nodea'), over)).joins();
    writes(a, 'x');
    await until(() => later.wrote('nodea') === 'x');
    expect(later.wrote('nodeb')).toBeUndefined();
    await later.leave();
  });
});

describe('the output of a run on nodes that do not answer', () => {
  it('is left out with a word, holds up nobody, and comes when they answer again', async () => {
    const network = inProcess();
    const [a, b] = await two(network);
    const { joins, becomes } = watcher(a, runWith(stepOn('nodea'), stepOn('nodeb')));
    const first = joins();
    writes(b, 'one\n');
    await until(() => first.wrote('nodeb') === 'one\n');
    const mend = network.cut('nodea', 'nodeb');
    writes(b, 'two\n');
    await until(() => first.seen.unanswered.length === 1);
    expect(first.seen).toMatchObject({
      unanswered: [['nodeb']],
      sentences: [expect.stringMatching(/^Node nodeb does not answer at .*; the output is on nodeb itself\./)],
    });
    const late = joins();
    writes(a, 'goes on\n');
    await until(() => late.seen.unanswered.length === 1 && first.wrote('nodea') === 'goes on\n');
    // It ends meanwhile: its last words come all the same.
    becomes(runWith(stepOn('nodea'), stepOn('nodeb', { state: 'finished', outputBytes: 8 })));
    mend();
    await until(() => first.wrote('nodeb') === 'one\ntwo\n');
    expect(first.seen.unanswered).toEqual([['nodeb'], []]);
    await first.leave();
    await late.leave();
  });

  it('is not waited for where the log is shorter than the record says, or has been removed', async () => {
    const [a, b] = await two(inProcess());
    const { joins, becomes } = watcher(a, runWith(stepOn('nodea'), stepOn('nodeb')));
    const first = joins();
    writes(b, 'short');
    becomes(runWith(stepOn('nodea'), stepOn('nodeb', { state: 'finished', outputBytes: 999 })));
    await until(() => first.wrote('nodeb') === 'short');
    writes(a, 'goes on\n');
    await until(() => first.wrote('nodea') === 'goes on\n');
    expect(first.seen.unanswered).toEqual([]);
    await first.leave();
  });
});
