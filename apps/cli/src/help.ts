import type { Verb } from './verb.ts';
import { VERBS } from './verbs.ts';

export function generalHelp(): string[] {
  const width = Math.max(...VERBS.map((verb) => verb.name.length));
  return [
    'Usage: fallover [--state DIR] VERB …',
    '',
    ...VERBS.map((verb) => `  ${verb.name.padEnd(width)}  ${verb.summary}`),
    '',
    '"fallover help VERB" says more. --state, or FALLOVER_STATE, names the state directory of the cluster manager;',
    'without it, it is var in the checkout. --json prints the reply of the API unchanged.',
    'Exit status: 0 done, 1 failed, 2 wrong usage or refused, 3 no cluster manager reached.',
  ];
}

export const verbHelp = ({ summary, usage, help = [] }: Verb): string[] => [
  summary,
  '',
  ...usage.map((line, index) => (index === 0 ? `Usage: ${line}` : `       ${line}`)),
  ...(help.length === 0 ? [] : ['', ...help]),
];
