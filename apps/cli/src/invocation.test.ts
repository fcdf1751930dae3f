import { describe, expect, it } from 'vitest';
import { invocationSentence, readInvocation } from './invocation.ts';

function told(...words: string[]) {
  const read = readInvocation(words);
  if (!read.ok) return invocationSentence(read.error);
  const { value } = read;
  if (value.kind === 'verb') return [value.verb.name, value.args, value.state];
  return value.kind === 'help' ? `help ${value.verb?.name ?? ''}` : value.kind;
}

describe('the command line', () => {
  it.each([
    [
      ['query', 'event', '--json'],
      ['query', ['event', '--json'], undefined],
    ],
    [
      ['--state', '/s', 'sync'],
      ['sync', [], '/s'],
    ],
    [
      ['query', 'run', '--state=/s'],
      ['query', ['run'], '/s'],
    ],
    [
      ['run', '--state', '/s', 'node_up', 'a'],
      ['run', ['node_up', 'a'], '/s'],
    ],
    [
      ['run', 'node_up', '--state', '/s', '--help'],
      ['run', ['node_up', '--state', '/s', '--help'], undefined],
    ],
    [
      ['call-event', 'start_server', '--json', '--'],
      ['call-event', ['start_server', '--json', '--'], undefined],
    ],
    [
      ['sync', '--', '--help'],
      ['sync', ['--', '--help'], undefined],
    ],
    [['help'], 'help '],
    [['--help'], 'help '],
    [['help', 'recover'], 'help recover'],
    [['recover', '--as', 'skip', '--help'], 'help recover'],
    [['run', '--help'], 'help run'],
    [['--version'], 'version'],
  ])('%j', (words, meaning) => {
    expect(told(...words)).toEqual(meaning);
  });

  it.each([
    [[], 'A verb is missing; "fallover help" lists them.'],
    [['recvoer'], 'There is no verb "recvoer". Did you mean recover?'],
    [['synch'], 'There is no verb "synch". Did you mean sync?'],
    [['frobnicate'], 'There is no verb "frobnicate". "fallover help" lists the verbs.'],
    [['--json', 'query'], 'There is no option --json before the verb; only --state, --help and --version may stand there.'],
    [['query', '--state'], '--state needs the path of a directory behind it.'],
  ])('%j is refused', (words, sentence) => {
    expect(told(...words)).toBe(sentence);
  });
});
