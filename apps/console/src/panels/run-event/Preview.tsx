import type { emulate } from '@fallover/contract';
import { Alert } from '@patternfly/react-core/dist/dynamic/components/Alert';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table/dist/dynamic/components/Table';
import type { Reply } from '../../api.ts';
import { Warnings } from '../../smit/CommandStatus.tsx';
import { commandLine } from '../../smit/shell-words.ts';
import { keyWords } from '../../smit/step-words.ts';

export type Plan = Reply<typeof emulate>;

/** What will be run, in order: the same planner that runs it. */
export function Preview({ plan }: { plan: Plan }) {
  const phases = new Set(plan.steps.map(({ phase }) => phase)).size;
  const nodes = [...new Set(plan.steps.map(({ node }) => node))];
  return (
    <section aria-label="What will be run" className="preview">
      <h2>What will be run</h2>
      {plan.warnings.length > 0 ? (
        <Alert component="p" isInline variant="warning" title="Allowed, but worth knowing">
          <Warnings warnings={plan.warnings} />
        </Alert>
      ) : null}
      {plan.steps.length === 0 ? (
        <p className="smit-empty">Nothing: no command is configured for it on any node.</p>
      ) : (
        <Table variant="compact" aria-label="Steps in order" gridBreakPoint="grid-md">
          <Thead>
            <Tr>
              {phases > 1 ? <Th>Phase</Th> : null}
              {nodes.length > 1 ? <Th>Node</Th> : null}
              <Th width={25}>Step</Th>
              <Th>Command with its arguments</Th>
            </Tr>
          </Thead>
          <Tbody>
            {plan.steps.map((step) => (
              <Tr key={`${step.phase} ${step.node} ${step.event} ${step.key}`}>
                {phases > 1 ? <Td dataLabel="Phase">{step.phase}</Td> : null}
                {nodes.length > 1 ? <Td dataLabel="Node">{step.node}</Td> : null}
                <Td dataLabel="Step">
                  {keyWords(step)}
                  {step.atMost === undefined ? null : (
                    <span className="smit-quiet"> only after a failure, at most {step.atMost}×</span>
                  )}
                </Td>
                <Td dataLabel="Command">
                  <code className="smit-path">{commandLine(step.argv)}</code>
                  {step.builtIn ? <span className="smit-quiet"> built-in</span> : null}
                </Td>
              </Tr>
            ))}
          </Tbody>
        </Table>
      )}
    </section>
  );
}
