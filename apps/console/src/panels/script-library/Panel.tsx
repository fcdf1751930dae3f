import { changeScript, type listScripts } from '@fallover/contract';
import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { Label } from '@patternfly/react-core/dist/dynamic/components/Label';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table/dist/dynamic/components/Table';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from 'react-router';
import type { Reply } from '../../api.ts';
import { scriptsQuery } from '../../live/queries.ts';
import { Copy } from '../../smit/Copy.tsx';
import { EntryState } from '../../smit/definition/EntryState.tsx';
import { entryPath } from '../../smit/definition/entry-path.ts';
import { Known } from '../../smit/Known.tsx';
import { PanelFrame } from '../../smit/PanelFrame.tsx';
import { Pathname } from '../../smit/Pathname.tsx';
import { Permitted } from '../../smit/Permitted.tsx';
import { LibraryOff } from '../../smit/script/LibraryOff.tsx';
import { LAID_DOWN } from '../../smit/script/laid-down.ts';

export default function ScriptLibrary() {
  const navigate = useNavigate();
  const query = useQuery(scriptsQuery);
  return (
    <PanelFrame
      title="Script Library"
      fastPath="cm_script_library"
      lead="Scripts that the configuration itself keeps. Synchronise lays them down on every node, so that all nodes run the same bytes."
      commands={['fallover query script']}
    >
      <Known query={query}>
        {({ enabled, directory, scripts }) => (
          <>
            {enabled ? (
              <Permitted needs={changeScript}>
                <p>
                  <Button variant="secondary" size="sm" onClick={() => void navigate('/smit/cm_add_script')}>
                    Add a library script
                  </Button>
                </p>
              </Permitted>
            ) : (
              <LibraryOff />
            )}
            {directory === undefined ? null : (
              <p className="smit-quiet">
                Laid down in <Pathname>{directory}</Pathname> on every node.
              </p>
            )}
            {scripts.length > 0 ? <ScriptTable scripts={scripts} /> : null}
            {scripts.length === 0 && enabled ? (
              <p className="smit-empty">
                The library is empty. Add a script, then give its full pathname to a command of an{' '}
                <Link to="/smit/cm_events">event</Link> or to a <Link to="/smit/cm_custom_events">custom event</Link>; F4 List
                offers it there.
              </p>
            ) : null}
          </>
        )}
      </Known>
    </PanelFrame>
  );
}

function ScriptTable({ scripts }: { scripts: Reply<typeof listScripts>['scripts'] }) {
  return (
    <Table role="table" variant="compact" aria-label="Library scripts" gridBreakPoint="grid-lg">
      <Thead>
        <Tr>
          <Th width={15}>Name</Th>
          <Th width={15}>Description</Th>
          <Th>Full pathname</Th>
          <Th modifier="fitContent">File on this node</Th>
          <Th>Used by</Th>
          <Th width={20}>State</Th>
        </Tr>
      </Thead>
      <Tbody>
        {scripts.map((script) => {
          const { name, path, laidDown, usedBy, draft, active } = script;
          const { words, wrong } = LAID_DOWN[laidDown];
          return (
            <Tr key={name}>
              <Td dataLabel="Name">
                <Link className="smit-event-name" to={`/smit/cm_script/${encodeURIComponent(name)}`}>
                  {name}
                </Link>
              </Td>
              <Td dataLabel="Description">{String((draft?.fields ?? active)?.remark?.cluster ?? '')}</Td>
              <Td dataLabel="Full pathname">
                <Pathname>{path}</Pathname> <Copy text={path} what={`full pathname of ${name}`} />
              </Td>
              <Td dataLabel="File on this node">
                {wrong ? (
                  <Label isCompact status="danger">
                    {words}
                  </Label>
                ) : (
                  <span className={laidDown === 'not_active' ? 'smit-quiet' : ''}>{words}</span>
                )}
              </Td>
              <Td dataLabel="Used by" className="smit-users">
                {usedBy.length === 0 ? <span className="smit-quiet">nothing</span> : null}
                {usedBy.map((user, index) => (
                  <span key={`${user.class} ${user.name}`}>
                    {index > 0 ? ', ' : ''}
                    <Link to={entryPath(user)}>{user.name}</Link>
                  </span>
                ))}
              </Td>
              <Td dataLabel="State">
                <EntryState entry={script} />
              </Td>
            </Tr>
          );
        })}
      </Tbody>
    </Table>
  );
}
