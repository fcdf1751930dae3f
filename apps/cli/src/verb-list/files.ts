import type { Verb } from '../verb.ts';

/** What is read from a file, without a daemon. */
export const FILE_VERBS: readonly Verb[] = [
  {
    name: 'check-program',
    usage: ['fallover check-program FILE|-'],
    summary: 'Reads a recovery program, and says line by line what is wrong with it; it needs no daemon.',
    help: [
      'A line is all|event|other "COMMAND" STATUS NULL, or barrier; # begins a comment. COMMAND is a full pathname or a cluster',
      'event, STATUS a whole number from 0 to 255, or X where any will do. It exits with 1 when something is wrong.',
    ],
    load: async () => (await import('../verbs/check-program.ts')).checkProgram,
  },
  {
    name: 'summaries',
    usage: ['fallover summaries [--days 7] [--file hacmp.out…] [--node NAME] [--event EVENT] [--json] [--save FILE]'],
    summary: 'Shows event summaries, compiled from hacmp.out; with --file it needs no daemon.',
    load: async () => (await import('../verbs/summaries.ts')).summaries,
  },
];
