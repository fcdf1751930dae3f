import './components.css';
import '../log/log.css';
import type { ScriptResultView } from '@fallover/contract';
import { useMemo } from 'react';
import { LogLine } from '../log/LogLine.tsx';
import { readLines } from '../log/log-lines.ts';
import { size } from '../times.ts';

/** What scripts said in one event, each under its name; those that said nothing are left out. */
export function ScriptOutputs({ event, results }: { event: string; results: readonly ScriptResultView[] }) {
  const said = results.filter(({ output = '', debugOutput = '' }) => output !== '' || debugOutput !== '');
  if (said.length === 0) return <p className="smit-quiet">None of them has said anything in {event}.</p>;
  return said.map((result) => <ScriptOutput key={result.script} result={result} />);
}

function ScriptOutput({ result: { script, output = '', outputCut = 0, debugOutput = '' } }: { result: ScriptResultView }) {
  return (
    <>
      {output === '' ? null : (
        <Said label={`Output of ${script}`} text={output} note={outputCut > 0 ? `without its first ${size(outputCut)}` : ''} />
      )}
      {debugOutput === '' ? null : <Said label={`What the debug script said of ${script}`} text={debugOutput} note="" />}
    </>
  );
}

/** Text that a script wrote, and never anything else. */
function Said({ label, text, note }: { label: string; text: string; note: string }) {
  const lines = useMemo(
    () =>
      readLines(
        text
          .replace(/\n$/, '')
          .split('\n')
          .map((line) => ({ text: line })),
      ),
    [text],
  );
  return (
    <div className="component-said">
      <h3>
        {label} {note === '' ? null : <span className="smit-quiet">{note}</span>}
      </h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard */}
      <section className="output-box output-wrapped" aria-label={label} tabIndex={0}>
        {lines.map((line, index) => (
          <LogLine key={index} number={index + 1} line={line} href={undefined} marked={false} hit={undefined} times="off" />
        ))}
      </section>
    </div>
  );
}
