import { err, ok, type Result } from '@fallover/events';

export const LAB_NODES = ['n1', 'n2', 'n3'] as const;
export type LabNode = (typeof LAB_NODES)[number];
export const ACTIONS = ['kill', 'start', 'pause', 'resume', 'cut', 'heal'] as const;
export type Action = (typeof ACTIONS)[number];

/** What is typed at the prompt of the laboratory, or behind `npm run lab --` in another terminal. */
export type LabCommand =
  | { kind: 'act'; action: Action; node: LabNode }
  | { kind: 'report'; event: string; args: string[] }
  | { kind: 'nodes' | 'help' }
  | { kind: 'quit' };

export type WordFault =
  | { code: 'not_a_command'; word: string }
  | { code: 'not_a_node'; action: Action; word: string | undefined }
  | { code: 'word_too_many'; word: string }
  | { code: 'no_event' };

export function readCommand([word = '', ...rest]: readonly string[]): Result<LabCommand, WordFault> {
  const action = ACTIONS.find((one) => one === word);
  const tooMany = (from: number) => err<WordFault>({ code: 'word_too_many', word: rest[from] ?? '' });
  if (action) {
    const node = LAB_NODES.find((name) => name === rest[0]);
    if (!node) return err({ code: 'not_a_node', action, word: rest[0] });
    return rest.length > 1 ? tooMany(1) : ok({ kind: 'act', action, node });
  }
  if (word === 'report') {
    const [event, ...args] = rest;
    return event === undefined ? err({ code: 'no_event' }) : ok({ kind: 'report', event, args });
  }
  if (word === 'nodes' || word === 'help' || word === 'quit') return rest.length > 0 ? tooMany(0) : ok({ kind: word });
  return err({ code: 'not_a_command', word });
}

export function wordSentence(fault: WordFault): string {
  switch (fault.code) {
    case 'not_a_command':
      return `"${fault.word}" is nothing that the laboratory does; help shows what it does.`;
    case 'not_a_node':
      return `${fault.word === undefined ? 'No node is named' : `"${fault.word}" is no node of the laboratory`}; write ${fault.action} and one of ${LAB_NODES.join(', ')}.`;
    case 'word_too_many':
      return `"${fault.word}" is one word too many; help shows what each command takes.`;
    case 'no_event':
      return 'No event is named; write for example: report network_down -1 net1';
  }
}

export const HELP = `  report network_down -1 net1       as a monitor would: the event crosses the nodes, with a barrier in between
  report swap_adapter n2 net1 a b   an event whose command fails: RP_FAILED, until somebody recovers
  kill n2                           ends it at once, with all it runs: a power cut
  start n2                          a node that was killed comes back
  cut n2                            it reaches neither the store nor the others
  heal n2                           it reaches them again
  pause n2                          all of it stands still: a machine that hangs
  resume n2                         it goes on
  nodes                             what each node is, and where its console is
  quit                              ends the laboratory and removes all that it has written; so does Ctrl-C
From another terminal: npm run lab -- kill n2`;

/** A shell on a node: each has a state directory of its own. */
export const shellLine = (directory: string): string =>
  `The shell of n1 there: FALLOVER_STATE=${directory}/n1 npx fallover query services`;
