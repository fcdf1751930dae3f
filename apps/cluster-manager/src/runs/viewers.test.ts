import type { RunView } from '@fallover/contract';
import { describe, expect, it } from 'vitest';
import type { EventStream } from '../http/event-stream.ts';
import { outputHere } from './run-output.ts';
import type { StepOutput } from './step-output.ts';
import { viewersOf } from './viewers.ts';

const STEP = '019aaf00-0000-7000-8000-000000000001/1/nodea/event/1';
const runWith = (state: 'running' | 'finished'): RunView => ({ state, steps: [{ id: STEP, state }] }) as unknown as RunView;

/** A step's output that grows as the test says, and how often it was read. */
function fileOf(text: string) {
  const file = { text, reads: 0 };
  const output: StepOutput = {
    append() {},
    size: () => Buffer.byteLength(file.text),
    async read(_step, from, length) {
      file.reads += 1;
      return Buffer.from(file.text).subarray(from, from + length);
    },
  };
  return { file, output };
}

/** A browser: the output it has put together, and the states of the run in the order in which they came. */
function browser() {
  const ended = new AbortController();
  const seen = { output: '', events: [] as string[] };
  let drained = (): void => {};
  let keepsUp = true;
  const take = (text: string): void => {
    const [, event, data = '{}'] = /event: (\w+)\ndata: (.*)/.exec(text) ?? [];
    const read = JSON.parse(data);
    if (event === 'output') seen.output += read.text;
    seen.events.push(event === 'output' ? `output ${read.from}` : `run ${read.state}`);
  };
  const stream: EventStream = {
    lastEventId: undefined,
    signal: ended.signal,
    open() {},
    write(text) {
      take(text);
      return keepsUp;
    },
    send: ({ event, data }) => stream.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`),
    drained: () => (keepsUp ? Promise.resolve() : new Promise((resolve) => (drained = resolve))),
    end: () => ended.abort(),
  };
  return {
    stream,
    seen,
    falls: () => {
      keepsUp = false;
    },
    catchesUp: () => {
      keepsUp = true;
      drained();
    },
  };
}

const outputOf = (output: StepOutput) => (wake: () => void) => outputHere(output)('run', wake);

function watched(text: string, first: 'running' | 'finished' = 'running') {
  const { file, output } = fileOf(text);
  let view = runWith(first);
  let changed = (): void => {};
  const viewers = viewersOf({
    first: view,
    view: async () => view,
    watch: (wake) => {
      changed = wake;
      return () => {};
    },
    output: outputOf(output),
    over() {},
  });
  return {
    viewers,
    file,
    ends() {
      view = runWith('finished');
      changed();
    },
  };
}

const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
};

describe('the viewers of a run', () => {
  it('get what was written once it is read, which is once for all of them, and then the word that the step has ended', async () => {
    const { viewers, file, ends } = watched('one\n');
    const browsers = Array.from({ length: 20 }, browser);
    const shown = browsers.map(({ stream }) => viewers.show(stream));
    await until(() => browsers.every(({ seen }) => seen.output === 'one\n'));
    const reads = file.reads;
    file.text += 'two\n';
    ends();
    await until(() => browsers.every(({ seen }) => seen.events.includes('run finished')));
    expect(browsers.map(({ seen }) => [seen.output, seen.events])).toEqual(
      browsers.map(() => ['one\ntwo\n', ['run running', 'output 0', 'output 4', 'run finished']]),
    );
    expect(file.reads - reads).toBe(1);
    for (const { stream } of browsers) stream.end();
    await Promise.all(shown);
  });

  it('the first one of a run that has ended gets its output', async () => {
    const { viewers } = watched('what it wrote\n', 'finished');
    const { stream, seen } = browser();
    const shown = viewers.show(stream);
    await until(() => seen.output === 'what it wrote\n');
    expect(seen.events).toEqual(['run finished', 'output 0']);
    stream.end();
    await shown;
  });

  it('who comes late gets all from the first byte, and what follows with the others', async () => {
    const { viewers, file, ends } = watched('x'.repeat(100_000));
    const [first, late] = [browser(), browser()];
    const shown = [viewers.show(first.stream)];
    await until(() => first.seen.output.length === 100_000);
    shown.push(viewers.show(late.stream));
    await until(() => late.seen.output.length === 100_000);
    file.text += 'the end\n';
    ends();
    await until(() => late.seen.events.at(-1) === 'run finished' && first.seen.events.at(-1) === 'run finished');
    expect(late.seen.output).toBe(file.text);
    expect(first.seen.output).toBe(file.text);
    for (const { stream } of [first, late]) stream.end();
    await Promise.all(shown);
  });

  it('one who cannot keep up holds nobody up, and misses nothing', async () => {
    const { viewers, file, ends } = watched('one\n');
    const [slow, quick] = [browser(), browser()];
    const shown = [viewers.show(slow.stream), viewers.show(quick.stream)];
    await until(() => slow.seen.output === 'one\n' && quick.seen.output === 'one\n');
    slow.falls();
    file.text += 'two\n';
    await until(() => quick.seen.output === 'one\ntwo\n');
    file.text += 'three\n';
    ends();
    await until(() => quick.seen.events.includes('run finished'));
    expect(slow.seen.output).toBe('one\ntwo\n');
    slow.catchesUp();
    await until(() => slow.seen.events.includes('run finished'));
    expect(slow.seen.output).toBe('one\ntwo\nthree\n');
    expect(slow.seen.events.at(-1)).toBe('run finished');
    for (const { stream } of [slow, quick]) stream.end();
    await Promise.all(shown);
  });

  it('ends each with the failure when the output cannot be read', async () => {
    const viewers = viewersOf({
      first: runWith('running'),
      view: async () => runWith('running'),
      watch: () => () => {},
      output: outputOf({
        append() {},
        size: () => 4,
        read: async () => {
          throw new Error('EIO');
        },
      }),
      over() {},
    });
    await expect(viewers.show(browser().stream)).rejects.toThrow('EIO');
  });

  it('are over when the last has gone', async () => {
    let over = 0;
    const viewers = viewersOf({
      first: runWith('running'),
      view: async () => runWith('running'),
      watch: () => () => {},
      output: outputOf(fileOf('').output),
      over: () => {
        over += 1;
      },
    });
    const [one, two] = [browser(), browser()];
    const shown = [viewers.show(one.stream), viewers.show(two.stream)];
    one.stream.end();
    await shown[0];
    expect(over).toBe(0);
    two.stream.end();
    await shown[1];
    expect(over).toBe(1);
  });
});
