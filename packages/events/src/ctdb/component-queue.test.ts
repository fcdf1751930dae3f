import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { askEvent, type ComponentQueue, EMPTY_QUEUE, eventEnded, giveUpEvent, type QueueStep } from './component-queue.ts';

/** What came of each: `startup` is asked for, `-startup` is over, `!startup` is given up. */
function story(...words: string[]): string[] {
  let queue = EMPTY_QUEUE;
  const told: string[] = [];
  for (const word of words) {
    const name = word.replace(/^[-!]/, '');
    const stepped = word.startsWith('-')
      ? eventEnded(queue, name)
      : word.startsWith('!')
        ? giveUpEvent(queue, name)
        : askEvent(queue, { run: name, event: name.replace(/[0-9]+$/, '') });
    queue = stepped.queue;
    told.push([word, ...stepped.effects.map(({ kind, run }) => `${kind} ${run}`)].join(': '));
  }
  return told;
}

describe('the queue of a component', () => {
  it('runs one event at a time, the others in the order in which they were asked for', () => {
    expect(story('startup', 'takeip1', 'takeip2', '-startup', '-takeip1', '-takeip2', 'recovered')).toEqual([
      'startup: start startup',
      'takeip1',
      'takeip2',
      '-startup: start takeip1',
      '-takeip1: start takeip2',
      '-takeip2',
      'recovered: start recovered',
    ]);
  });

  it('ends a running monitor for any new event, and waits until its script is dead', () => {
    expect(story('monitor', 'takeip', 'recovered', '-monitor')).toEqual([
      'monitor: start monitor',
      'takeip: end monitor',
      'recovered',
      '-monitor: start takeip',
    ]);
  });

  it('ends a running monitor for another monitor, of which one at most waits', () => {
    expect(story('monitor1', 'monitor2', 'monitor3', '-monitor1')).toEqual([
      'monitor1: start monitor1',
      'monitor2: end monitor1',
      'monitor3: cancel monitor2',
      '-monitor1: start monitor3',
    ]);
  });

  it('refuses a monitor while another event runs or waits', () => {
    expect(story('startup', 'monitor', '-startup', 'monitor1', 'takeip', 'monitor2')).toEqual([
      'startup: start startup',
      'monitor: cancel monitor',
      '-startup',
      'monitor1: start monitor1',
      'takeip: end monitor1',
      'monitor2: cancel monitor2',
    ]);
  });

  it('lets go of an event that nobody wants any more', () => {
    expect(story('startup', 'takeip', 'recovered', '!takeip', '!startup', '!startup', '-startup', '!gone')).toEqual([
      'startup: start startup',
      'takeip',
      'recovered',
      '!takeip: cancel takeip',
      '!startup: end startup',
      '!startup',
      '-startup: start recovered',
      '!gone',
    ]);
  });

  it('starts each event at most once, one at a time, and leaves none behind', () => {
    const act = fc.record({
      kind: fc.constantFrom('ask', 'end', 'give_up'),
      event: fc.constantFrom('monitor', 'startup', 'takeip'),
      which: fc.nat(20),
    });
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
        let queue: ComponentQueue = EMPTY_QUEUE;
        const open = new Set<string>();
        const started = new Set<string>();
        let running: string | undefined;
        let asked = 0;
        const take = ({ queue: next, effects }: QueueStep): void => {
          queue = next;
          for (const { kind, run } of effects) {
            expect(open.has(run)).toBe(true);
            if (kind === 'cancel') {
              expect(started.has(run)).toBe(false);
              open.delete(run);
            }
            if (kind !== 'start') continue;
            expect([running, started.has(run)]).toEqual([undefined, false]);
            started.add(run);
            running = run;
          }
        };
        const end = (): void => {
          const over = running;
          if (over === undefined) return;
          running = undefined;
          open.delete(over);
          take(eventEnded(queue, over));
        };
        for (const { kind, event, which } of acts) {
          if (kind === 'ask') {
            const run = String(asked++);
            open.add(run);
            take(askEvent(queue, { run, event }));
          } else if (kind === 'end') end();
          else take(giveUpEvent(queue, String(which % Math.max(1, asked))));
        }
        while (running !== undefined) end();
        expect([open.size, queue]).toEqual([0, EMPTY_QUEUE]);
      }),
    );
  });
});
