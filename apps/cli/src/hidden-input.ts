import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/** A line that is typed at the terminal and not shown; undefined when the person gives up. */
export async function askHidden(prompt: string): Promise<string | undefined> {
  process.stderr.write(prompt);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: nowhere, terminal: true, historySize: 0 });
  const answer = await new Promise<string | undefined>((resolve) => {
    terminal.once('line', resolve);
    terminal.once('SIGINT', () => resolve(undefined));
    terminal.once('close', () => resolve(undefined));
  });
  terminal.close();
  process.stderr.write('\n');
  return answer;
}
