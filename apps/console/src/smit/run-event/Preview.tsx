import './run-event.css';
import type { emulate } from '@fallover/contract';
import { Alert } from '@patternfly/react-core/dist/dynamic/components/Alert';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table/dist/dynamic/components/Table';
import type { Reply } from '../../api.ts';
import { Warnings } from '../CommandStatus.tsx';
import { BreaksAtSlashes } from '../Pathname.tsx';
import { commandLine } from '../shell-words.ts';
import { keyWords } from '../step-words.ts';
import { EmulatedLanes } from './EmulatedLanes.tsx';
import { ForeseenList } from './Foreseen.tsx';

export type Plan = Reply<typeof emulate>;

interface PreviewProps {
  plan: Plan;
  title?: string;
  /** The root event: steps of another one are of a sub-event. */
  event: string;
}

/** What will be run, in order: the same planner that runs it. */
export function Preview({ plan, title = 'What will be run', event }: PreviewProps) {
  return (
    <section aria-label={title} className="preview">
      <h2>{title}</h2>
      {plan.warnings.length > 0 ? (
        <Alert component="p" isInline variant="warning" title="Allowed, but worth knowing">
          <Warnings warnings={plan.warnings} />
        </Alert>
      ) : null}
      <ForeseenList label="What comes before it" facts={plan.before} />
      <Steps plan={plan} event={event} />
      <ForeseenList label="What comes behind it" facts={plan.after} />
      <WouldBeTold notifications={plan.notifications} />
    </section>
  );
}

/** A lane for each node; what one node does at once is a table. */
function Steps({ plan, event }: Pick<PreviewProps, 'plan' | 'event'>) {
  const phases = new Set(plan.steps.map(({ phase }) => phase)).size;
  const nodes = [...new Set(plan.steps.map(({ node }) => node))];
  if (plan.steps.length === 0)
    return plan.event === undefined ? null : <p className="smit-empty">Nothing: no command is configured for it on any node.</p>;
  if (plan.phases.length > 1 || (plan.phases[0]?.lanes.length ?? 0) > 1) return <EmulatedLanes {...plan} />;
  return (
    <Table role="table" variant="compact" aria-label="Steps in order" gridBreakPoint="grid-md">
      <Thead>
        <Tr>
          {phases > 1 ? <Th>Phase</Th> : null}
          {nodes.length > 1 ? <Th>Node</Th> : null}
          <Th width={30}>Step</Th>
          <Th>Command with its arguments</Th>
        </Tr>
      </Thead>
      <Tbody>
        {plan.steps.map((step, index) => (
          <Tr key={index}>
            {phases > 1 ? <Td dataLabel="Phase">{step.phase}</Td> : null}
            {nodes.length > 1 ? <Td dataLabel="Node">{step.node}</Td> : null}
            <Td dataLabel="Step">
              <span className={step.event === event ? '' : 'preview-sub-event'}>
                {step.event === event ? '' : <span className="smit-quiet">sub-event {step.event}: </span>}
                {keyWords(step)}
                {step.atMost === undefined ? null : (
                  <span className="smit-quiet"> only after a failure, at most {step.atMost}×</span>
                )}
              </span>
            </Td>
            <Td dataLabel="Command">
              <code className="smit-path">
                <BreaksAtSlashes>{commandLine(step.argv)}</BreaksAtSlashes>
              </code>
              {step.builtIn ? <span className="smit-quiet"> built-in</span> : null}
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}

/** Whom remote notification would tell of it. */
function WouldBeTold({ notifications }: Pick<Plan, 'notifications'>) {
  if (notifications.length === 0) return null;
  return (
    <>
      <h3>Remote notification</h3>
      <ul className="preview-told">
        {notifications.map(({ method, recipients, senders, moments, events, escalatesTo }) => (
          <li key={method}>
            <strong>{method}</strong>
            {recipients.length === 0 ? null : <> tells {recipients.join(', ')}</>}: {moments.join(', ')} of {events.join(', ')}
            {senders.length < 2 ? null : <span className="smit-quiet"> sent by {senders.join(', else ')}</span>}
            {escalatesTo.length === 0 ? null : (
              <span className="smit-quiet"> then {escalatesTo.join(', ')}, unless somebody acknowledges</span>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
