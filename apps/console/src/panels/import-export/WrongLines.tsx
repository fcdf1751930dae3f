import { Refused } from '../../api.ts';

const MOST = 20;
const LONGEST = 160;

/** The lines of the file that cannot be read, as they stand there; what is wrong with each, the problem says. */
export function WrongLines({ text, error }: { text: string; error: Error | null }) {
  const numbers = error instanceof Refused ? (error.problem.faults ?? []).flatMap(({ line }) => line ?? []) : [];
  const wrong = [...new Set(numbers)].slice(0, MOST);
  if (wrong.length === 0) return null;
  const lines = text.split('\n');
  return (
    <section aria-label="Lines that cannot be read">
      <h2 className="exchange-title">Lines that cannot be read</h2>
      <ol className="exchange-lines">
        {wrong.map((number) => (
          <li key={number} value={number}>
            <code className="smit-path">{(lines[number - 1] ?? '').slice(0, LONGEST)}</code>
          </li>
        ))}
      </ol>
    </section>
  );
}
