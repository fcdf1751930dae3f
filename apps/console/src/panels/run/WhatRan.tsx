import type { RunView, StepView } from '@fallover/contract';
import { ExpandableSection } from '@patternfly/react-core/dist/dynamic/components/ExpandableSection';
import { type ReactNode, useState } from 'react';
import { Copy } from '../../smit/Copy.tsx';
import { Pathname } from '../../smit/Pathname.tsx';
import { commandLine } from '../../smit/shell-words.ts';
import { clockTime } from '../../smit/times.ts';
import { shortId } from './step-tree.ts';
import { UsedRevision } from './UsedRevision.tsx';

/** What exactly ran, as the journal has it: every argument, the whole environment, and which script it was. */
export function WhatRan({ run, step }: { run: RunView; step: StepView }) {
  const [shown, setShown] = useState(false);
  const argv = step.argv ?? (step.command ? [step.command] : []);
  const environment = Object.entries(step.environment ?? {});
  const assignments = environment.map(([name, value]) => `${name}=${value}`);
  return (
    <ExpandableSection toggleText="What exactly ran" isExpanded={shown} onToggle={(_, expanded) => setShown(expanded)} isIndented>
      <dl className="what-ran">
        <Fact name="Step" copy={step.id}>
          <code className="smit-path">{shortId(step.id)}</code>
        </Fact>
        <Fact name="Started">
          <Moment at={step.startedAt} />
        </Fact>
        {step.endedAt ? (
          <Fact name="Ended">
            <Moment at={step.endedAt} />
          </Fact>
        ) : null}
        <Fact name="Configuration">
          <UsedRevision revision={run.revision} />
        </Fact>
        {argv.length > 0 ? (
          <Fact name={`Arguments (${argv.length})`} copy={commandLine(argv)}>
            <ol className="argv" start={0}>
              {argv.map((word, index) => (
                <li key={index}>{word === '' ? <em className="smit-quiet">empty</em> : <Pathname>{word}</Pathname>}</li>
              ))}
            </ol>
          </Fact>
        ) : (
          <Fact name="Command">built into the cluster manager: no program was started</Fact>
        )}
        {step.sha256 ? (
          <Fact name="SHA-256 of the script" copy={step.sha256}>
            <code className="smit-path">{step.sha256}</code>
          </Fact>
        ) : null}
        {environment.length > 0 ? (
          <Fact name={`Environment (${environment.length})`} copy={assignments.join('\n')}>
            <table className="environment">
              <thead className="pf-v6-screen-reader">
                <tr>
                  <th scope="col">Name</th>
                  <th scope="col">Value</th>
                </tr>
              </thead>
              <tbody>
                {environment.map(([name, value]) => (
                  <tr key={name}>
                    <th scope="row">
                      <code>{name}</code>
                    </th>
                    <td>{value === '' ? <em className="smit-quiet">empty</em> : <Pathname>{value}</Pathname>}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Fact>
        ) : null}
      </dl>
    </ExpandableSection>
  );
}

function Fact({ name, copy, children }: { name: string; copy?: string; children: ReactNode }) {
  return (
    <div>
      <dt>
        {name}
        {copy === undefined ? null : <Copy text={copy} what={name} />}
      </dt>
      <dd>{children}</dd>
    </div>
  );
}

const Moment = ({ at }: { at: string }) => (
  <time dateTime={at}>
    {clockTime(at)} <span className="smit-quiet">({at})</span>
  </time>
);
