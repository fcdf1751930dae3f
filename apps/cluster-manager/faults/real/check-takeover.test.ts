import type { RunRecord } from '@fallover/events';
import { describe, expect, it } from 'vitest';
import { checkTakeover, type Thaw } from './check-takeover.ts';
import { readWitness } from './witness.ts';

const RUN = (number: number): string => `01939b1e-0000-7000-8000-00000000000${number}`;
const journal = (runs: Record<number, { event: string; args: string[]; lost?: string }>) =>
  new Map([
    [
      'node1',
      new Map(
        Object.entries(runs).map(([number, { event, args, lost }]) => [
          RUN(Number(number)),
          [
            { kind: 'planned', at: '', plan: { event, args } },
            ...(lost === undefined ? [] : [{ kind: 'lost', at: '', node: lost }]),
          ] as unknown as RunRecord[],
        ]),
      ),
    ],
  ]);

/** A step as the witness has it: run, phase, node, the seconds from which to which it lived, and its speed. */
const lived = (run: number, phase: number, node: string, from: number, to: number, speed: 'slow' | 'fast' = 'slow'): string =>
  [
    ['start', from],
    ['end', to],
  ]
    .map(([kind, at]) => `${kind} ${RUN(run)}/${phase}/${node}/event/1 ${node} 7 ${at} ${speed}`)
    .join('\n');

const said = (lines: string[], journals: ReturnType<typeof journal>, thaws: Thaw[] = []): string[] =>
  checkTakeover({
    witness: readWitness(lines.join('\n'), () => 0),
    journals,
    thaws,
  }).map(({ code, sentence }) => `${code}: ${sentence.replaceAll(/01939b1e-0000-7000-8000-00000000000/g, 'RUN ')}`);

describe('a node in whose place others act', () => {
  const runs = journal({
    1: { event: 'reconfig_resource_release', args: [], lost: 'node2' },
    2: { event: 'node_down', args: ['node2'] },
    3: { event: 'node_up', args: ['node2'] },
  });
  const others = [
    lived(1, 1, 'node1', 10, 11),
    lived(1, 2, 'node1', 15, 16),
    lived(2, 1, 'node1', 17, 18),
    lived(3, 1, 'node1', 30, 31),
  ];

  it.each<[string, string, string[]]>([
    ['has ended its slow step before', lived(1, 1, 'node2', 10, 14.9), []],
    [
      'runs a slow step while they go on to the next phase',
      lived(1, 1, 'node2', 10, 15.5),
      [
        'slow_step_overlaps_takeover: Step RUN 1/1/node2/event/1 of a slow event lived for 500 ms after the others had begun with the next phase of the run.',
      ],
    ],
    ['lets a fast step finish', lived(1, 1, 'node2', 10, 15.5, 'fast'), []],
    [
      'starts something while they process its node_down',
      lived(4, 1, 'node2', 20, 20.1, 'fast'),
      [
        'started_while_others_acted: Step RUN 4/1/node2/event/1 was started 3000 ms after the others had begun with node_down node2.',
      ],
    ],
    ['starts something again after its node_up', lived(3, 2, 'node2', 32, 33), []],
  ])('%s', (_, own, expected) => {
    expect(said([...others, own], runs)).toEqual(expected);
  });

  it('may start again from its node_up on, also where nobody else is left to take part in that', () => {
    const alone = [...others.slice(0, 3), lived(3, 1, 'node2', 30, 31), lived(4, 1, 'node2', 32, 33)];
    expect(said(alone, runs)).toEqual([]);
  });

  it('has a moment to end what stood still with its whole host', () => {
    const own = lived(1, 1, 'node2', 10, 18.2);
    expect(said([...others, own], runs, [{ node: 'node2', at: 18_000 }])).toEqual([]);
    expect(said([...others, own], runs, [{ node: 'node2', at: 18_209 }])).toEqual([]);
    expect(said([...others, own], runs, [{ node: 'node2', at: 17_000 }])).toHaveLength(2);
  });
});

describe('the witness', () => {
  it('is read in the time of the machine, also of a node that counts from another start', () => {
    const lines = `start ${RUN(1)}/1/node2/pre_event.1/2 node2 12 86410.50 fast\nlives ${RUN(1)}/1/node2/pre_event.1/2 node2 12 86410.61 fast`;
    expect(readWitness(lines, (node) => (node === 'node2' ? 86_400_000 : 0))).toEqual([
      {
        ...{ run: RUN(1), step: `${RUN(1)}/1/node2/pre_event.1/2`, node: 'node2', attempt: 2, token: 12, slow: false },
        ...{ startedAt: 10_500, lastSeenAt: 10_610 },
      },
    ]);
  });

  it('refuses what is no line of it', () => {
    expect(() => readWitness('start nothing', () => 0)).toThrow('Not a line of a witness: start nothing');
  });
});
