import type { ConversationLine, Message, SendContext } from '../transport.ts';

/** A message about a run; a test changes what it is about. */
export const aMessage = (changes: Partial<Message> = {}): Message => ({
  subject: 'node_down nodea: failure',
  text: 'node_down of nodea on nodeb failed.',
  severity: 'error',
  moment: 'failure',
  cluster: 'clusterx',
  node: 'nodeb',
  event: 'node_down',
  args: ['nodea', 'graceful'],
  run: '01990000-0000-7000-8000-000000000001',
  drill: false,
  at: '2026-03-01T12:34:56.000Z',
  dedupe: '01990000.failure.ops.1',
  thread: '01990000',
  ...changes,
});

/** A context that keeps the conversation, with a minute's time unless a test gives another signal. */
export function aContext(changes: Partial<SendContext> = {}): SendContext & { said: ConversationLine[]; dialogue(): string[] } {
  const said: ConversationLine[] = [];
  const mark = { sent: '>', received: '<', note: '#' };
  return {
    cluster: 'clusterx',
    node: 'nodeb',
    signal: AbortSignal.timeout(60_000),
    say: (line) => said.push(line),
    allowedTargets: [],
    ownPorts: [],
    runCommand: () => Promise.resolve({ refused: 'This test runs no command.' }),
    said,
    dialogue: () => said.map(({ direction, text }) => `${mark[direction]} ${text}`),
    ...changes,
  };
}
