import type { EventView } from '@fallover/contract';

type Argument = EventView['arguments'][number];

/** The words after the event's name. An empty one ends them; `several` takes one word from each line. */
export function argumentsFrom(list: readonly Argument[], typed: Record<string, string>): string[] {
  const args: string[] = [];
  for (const argument of list) {
    const value = (typed[argument.name] ?? '').trim();
    if (argument.several)
      return [
        ...args,
        ...value
          .split(/\n/)
          .map((line) => line.trim())
          .filter((line) => line !== ''),
      ];
    if (value === '') return args;
    args.push(value);
  }
  return args;
}

export const missingArguments = (list: readonly Argument[], typed: Record<string, string>): string[] =>
  list.filter(({ name, required }) => required && (typed[name] ?? '').trim() === '').map(({ name }) => name);

/** The line of F6 Command. `--` keeps an argument that looks like an option an argument. */
export function runWords(event: string, args: readonly string[], options: { node?: string; drill: boolean }): string[] {
  return [
    'fallover',
    'run',
    event,
    ...(options.node ? ['--node', options.node] : []),
    ...(options.drill ? ['--drill'] : []),
    ...(args.some((arg) => arg.startsWith('--')) ? ['--'] : []),
    ...args,
  ];
}
