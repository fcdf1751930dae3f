import { addSnapshot, deleteSnapshot, type listRevisions } from '@fallover/contract';
import { inputSentence, parseName } from '@fallover/events';
import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { TextInput } from '@patternfly/react-core/dist/dynamic/components/TextInput';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table/dist/dynamic/components/Table';
import { useState } from 'react';
import { Link } from 'react-router';
import { OutOfReach, type Reply } from '../../api.ts';
import { useAction } from '../../live/use-action.ts';
import { ConfirmDialog } from '../../smit/ConfirmDialog.tsx';
import { describedBy, Field } from '../../smit/Field.tsx';
import { Permitted } from '../../smit/Permitted.tsx';
import { ProblemDisplay } from '../../smit/ProblemDisplay.tsx';
import { faultsAt } from '../../smit/problems.ts';
import { commandLine } from '../../smit/shell-words.ts';
import { clockTime } from '../../smit/times.ts';
import { PanelForm } from '../../smit/PanelForm.tsx';

type Snapshot = Reply<typeof listRevisions>['snapshots'][number];

/** Names of revisions: what an administrator comes back to. */
export function Snapshots({ snapshots }: { snapshots: readonly Snapshot[] }) {
  if (snapshots.length === 0) return null;
  return (
    <section aria-label="Snapshots">
      <h2>Snapshots</h2>
      <Table role="table" variant="compact" aria-label="Snapshots" gridBreakPoint="grid-md">
        <Thead>
          <Tr>
            <Th>Name</Th>
            <Th>Revision</Th>
            <Th>Added</Th>
            <Th width={40}>Description</Th>
            <Th>What to do</Th>
          </Tr>
        </Thead>
        <Tbody>
          {snapshots.map((snapshot) => {
            const { name, revision, at, by, remark } = snapshot;
            return (
              <Tr key={name}>
                <Td dataLabel="Name">
                  <span className="smit-event-name">{name}</span>
                </Td>
                <Td dataLabel="Revision">
                  <Link to={`/smit/cm_config_history/${revision}`}>{revision}</Link>
                </Td>
                <Td dataLabel="Added">
                  {clockTime(at)} by {by}
                </Td>
                <Td dataLabel="Description" modifier="breakWord">
                  {remark ?? ''}
                </Td>
                <Td dataLabel="What to do">
                  <Permitted needs={deleteSnapshot}>
                    <DeleteSnapshot snapshot={snapshot} />
                  </Permitted>
                </Td>
              </Tr>
            );
          })}
        </Tbody>
      </Table>
    </section>
  );
}

function DeleteSnapshot({ snapshot: { name, revision } }: { snapshot: Snapshot }) {
  const [asking, setAsking] = useState(false);
  const action = useAction(deleteSnapshot, ['configuration'], () => setAsking(false));
  const close = (): void => {
    setAsking(false);
    action.reset();
  };
  return (
    <>
      <Button variant="link" isDanger isInline size="sm" aria-label={`Delete snapshot ${name}`} onClick={() => setAsking(true)}>
        Delete
      </Button>
      {asking ? (
        <ConfirmDialog
          title={`Delete snapshot ${name}?`}
          confirm="Delete the name"
          danger
          busy={action.isPending}
          close={close}
          run={() => action.mutate({ parameters: { name } })}
        >
          <p>Revision {revision} stays; it only loses this name.</p>
          <pre className="smit-command">{commandLine(['fallover', 'delete', 'snapshot', name])}</pre>
          {action.error ? <ProblemDisplay error={action.error} /> : null}
        </ConfirmDialog>
      ) : null}
    </>
  );
}

/** Gives a revision a name. */
export function AddSnapshot({ revision }: { revision: number }) {
  const [asking, setAsking] = useState(false);
  return (
    <Permitted needs={addSnapshot}>
      <Button variant="secondary" size="sm" onClick={() => setAsking(true)}>
        Add a snapshot name
      </Button>
      {asking ? <AddSnapshotDialog revision={revision} close={() => setAsking(false)} /> : null}
    </Permitted>
  );
}

function AddSnapshotDialog({ revision, close }: { revision: number; close: () => void }) {
  const [name, setName] = useState('');
  const [remark, setRemark] = useState('');
  const [tried, setTried] = useState(false);
  const action = useAction(addSnapshot, ['configuration'], close);
  const [typed, said] = [name.trim(), remark.trim()];
  const parsed = parseName(typed, 'name');
  const nameFaults = [
    ...(tried && !parsed.ok ? [inputSentence({ ...parsed.error, field: 'Name' })] : []),
    ...faultsAt(action.error, 'name'),
  ];
  const remarkFaults = faultsAt(action.error, 'remark');
  const run = (): void => {
    setTried(!parsed.ok);
    if (parsed.ok) action.mutate({ parameters: { name: typed }, body: { revision, ...(said === '' ? {} : { remark: said }) } });
  };
  const words = ['fallover', 'add', 'snapshot', typed, `REVISION=${revision}`, ...(said === '' ? [] : [`DESCRIPTION=${said}`])];
  return (
    <ConfirmDialog
      title={`A name for revision ${revision}`}
      confirm="Add the name"
      busy={action.isPending}
      close={close}
      run={run}
    >
      <PanelForm className="smit-form smit-form-narrow" aria-label="Snapshot" submit={run}>
        <Field
          id="snapshot-name"
          label="Name"
          marks={['*']}
          help="1 to 64 letters, digits, dots, underscores and hyphens."
          faults={nameFaults}
        >
          <TextInput
            {...describedBy('snapshot-name', nameFaults)}
            value={name}
            onChange={(_, next) => setName(next)}
            autoComplete="off"
            spellCheck={false}
          />
        </Field>
        <Field id="snapshot-remark" label="Description" help="What it is kept for." faults={remarkFaults}>
          <TextInput
            {...describedBy('snapshot-remark', remarkFaults)}
            value={remark}
            maxLength={500}
            onChange={(_, next) => setRemark(next)}
            autoComplete="off"
          />
        </Field>
        <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
      </PanelForm>
      {parsed.ok ? <pre className="smit-command">{commandLine(words)}</pre> : null}
      {action.error && nameFaults.length + remarkFaults.length === 0 ? (
        <ProblemDisplay error={action.error} again={action.error instanceof OutOfReach ? run : undefined} />
      ) : null}
    </ConfirmDialog>
  );
}
