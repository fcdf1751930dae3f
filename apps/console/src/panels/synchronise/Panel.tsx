import { type getConfiguration, synchronise } from '@fallover/contract';
import { labelOf } from '@fallover/events';
import { Label } from '@patternfly/react-core/dist/dynamic/components/Label';
import { TextInput } from '@patternfly/react-core/dist/dynamic/components/TextInput';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table/dist/dynamic/components/Table';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Reply } from '../../api.ts';
import { configurationQuery } from '../../live/queries.ts';
import { useAction } from '../../live/use-action.ts';
import { CommandStatus } from '../../smit/CommandStatus.tsx';
import { describedBy, Field } from '../../smit/Field.tsx';
import { Known } from '../../smit/Known.tsx';
import { PanelFrame } from '../../smit/PanelFrame.tsx';
import { faultsAt } from '../../smit/problems.ts';
import { commandLine } from '../../smit/shell-words.ts';
import { clockTime } from '../../smit/times.ts';

type Configuration = Reply<typeof getConfiguration>;

export default function Synchronise() {
  const query = useQuery(configurationQuery);
  const [comment, setComment] = useState('');
  const action = useAction(synchronise, ['configuration', 'cluster'], () => setComment(''));
  const trimmed = comment.trim();
  const run = (): void => action.mutate({ body: trimmed === '' ? {} : { comment: trimmed } });
  const count = query.data?.changes.length ?? 0;
  const wrong = faultsAt(action.error, 'comment');
  return (
    <PanelFrame
      title="Synchronise"
      fastPath="cm_synchronise"
      lead="Makes the draft active, all at once, as a new revision. Runs that go on keep the revision they began with."
      commands={[commandLine(['fallover', 'sync', ...(trimmed === '' ? [] : ['--comment', trimmed])])]}
      reset={() => {
        setComment('');
        action.reset();
      }}
      enter={{ label: 'Do: synchronise', form: 'synchronise', busy: action.isPending, disabled: count === 0 }}
    >
      <CommandStatus
        action={action}
        warnings={action.data?.warnings}
        done={
          <p>
            Revision {action.data?.number} is active, with {changeCount(action.data?.changes.length ?? 0)}.
          </p>
        }
        shownFields={['comment']}
        again={run}
      />
      <Known query={query}>
        {(configuration) => (
          <>
            <ActiveRevision configuration={configuration} />
            {configuration.changes.length === 0 ? (
              <p className="smit-empty">The draft is what is active: there is nothing to synchronise.</p>
            ) : (
              <Changes changes={configuration.changes} />
            )}
          </>
        )}
      </Known>
      <form
        id="synchronise"
        className="smit-form"
        hidden={count === 0}
        onSubmit={(submitted) => {
          submitted.preventDefault();
          run();
        }}
      >
        <Field id="synchronise-comment" label="Comment" help="Why: kept with the revision." faults={wrong}>
          <TextInput
            {...describedBy('synchronise-comment', wrong)}
            value={comment}
            maxLength={500}
            onChange={(_, next) => setComment(next)}
            autoComplete="off"
          />
        </Field>
      </form>
    </PanelFrame>
  );
}

const changeCount = (count: number): string => (count === 1 ? '1 change' : `${count} changes`);

function ActiveRevision({ configuration: { active } }: { configuration: Configuration }) {
  if (!active) return <p className="smit-lead">No revision is active yet.</p>;
  return (
    <dl className="smit-facts">
      <dt>Active revision</dt>
      <dd>
        {active.number}, by {active.by}, {clockTime(active.at)}
      </dd>
      {active.comment ? (
        <>
          <dt>Comment</dt>
          <dd>{active.comment}</dd>
        </>
      ) : null}
      <dt>SHA-256</dt>
      <dd>
        <code className="smit-path">{active.hash}</code>
      </dd>
    </dl>
  );
}

const KINDS = { added: 'green', changed: 'blue', deleted: 'red' } as const;

function Changes({ changes }: { changes: Configuration['changes'] }) {
  return (
    <Table role="table" variant="compact" aria-label="Changes that are not synchronised" gridBreakPoint="grid-md">
      <Thead>
        <Tr>
          <Th width={15}>Change</Th>
          <Th width={15}>What</Th>
          <Th width={30}>Name</Th>
          <Th>Fields</Th>
        </Tr>
      </Thead>
      <Tbody>
        {changes.map((change) => (
          <Tr key={`${change.class} ${change.name}`}>
            <Td dataLabel="Change">
              <Label isCompact color={KINDS[change.kind]}>
                {change.kind}
              </Label>
            </Td>
            <Td dataLabel="What">{change.class === 'custom_event' ? 'custom event' : 'event'}</Td>
            <Td dataLabel="Name">
              <Link
                to={`/smit/${change.class === 'custom_event' ? 'cm_custom_event' : 'cm_event'}/${encodeURIComponent(change.name)}`}
              >
                {change.name}
              </Link>
            </Td>
            <Td dataLabel="Fields">{change.fields.map(labelOf).join(', ')}</Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
