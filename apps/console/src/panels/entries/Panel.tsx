import { changeEntry, type EntryView } from '@fallover/contract';
import { CLASS_WORDS } from '@fallover/events';
import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { SearchInput } from '@patternfly/react-core/dist/dynamic/components/SearchInput';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table/dist/dynamic/components/Table';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from 'react-router';
import { clusterQuery, entriesQuery } from '../../live/queries.ts';
import { CLASS_PANELS, entryPathOf, type TopologyClass } from '../../smit/definition/class-panels.ts';
import { EntryState } from '../../smit/definition/EntryState.tsx';
import { entryPath } from '../../smit/definition/entry-path.ts';
import { CLUSTER_SPECS } from '../../smit/definition/specs.ts';
import { Known } from '../../smit/Known.tsx';
import { PanelFrame } from '../../smit/PanelFrame.tsx';
import { Permitted } from '../../smit/Permitted.tsx';
import { useFilter } from '../../smit/use-filter.ts';
import { matches, valueWords } from './rows.ts';

/** A list is searched once it is longer than a look. */
const SEARCHED_FROM = 8;

/** The list of all entries of a class. */
export function entriesPanel(entryClass: TopologyClass) {
  return function EntriesPanel() {
    const navigate = useNavigate();
    const query = useQuery(entriesQuery(entryClass));
    const { list, add, lead, none } = CLASS_PANELS[entryClass];
    const words = CLASS_WORDS[entryClass];
    return (
      <PanelFrame title={words.several} fastPath={list} lead={lead} commands={[`fallover query ${entryClass}`]}>
        <Permitted needs={changeEntry}>
          <p>
            <Button variant="secondary" size="sm" onClick={() => void navigate(`/smit/${add}`)}>
              Add a {words.one}
            </Button>
          </p>
        </Permitted>
        <Known query={query}>
          {(entries) => (
            <>
              {entries.length === 0 ? (
                <p className="smit-empty">{none}</p>
              ) : (
                <Entries entryClass={entryClass} entries={entries} />
              )}
              {entryClass === 'node' ? <NodesNotDefined defined={entries} /> : null}
            </>
          )}
        </Known>
      </PanelFrame>
    );
  };
}

function Entries({ entryClass, entries }: { entryClass: TopologyClass; entries: readonly EntryView[] }) {
  const [{ q }, change] = useFilter(['q'] as const);
  const { nameLabel } = CLASS_PANELS[entryClass];
  const specs = CLUSTER_SPECS[entryClass];
  const found = entries.filter((entry) => matches(entry, specs, q ?? ''));
  const searched = entries.length >= SEARCHED_FROM || q !== undefined;
  return (
    <>
      {searched ? (
        <>
          <div className="smit-filters">
            <SearchInput
              aria-label={`Search ${CLASS_WORDS[entryClass].several}`}
              placeholder="Name, value"
              value={q ?? ''}
              onChange={(_, typed) => change({ q: typed })}
              onClear={() => change({ q: '' })}
            />
          </div>
          <p className="smit-count" aria-live="polite">
            {found.length} of {entries.length}
          </p>
        </>
      ) : null}
      {found.length === 0 ? (
        <p className="smit-empty">Nothing matches. Change the search, or clear it.</p>
      ) : (
        <Table role="table" variant="compact" aria-label={CLASS_WORDS[entryClass].several} gridBreakPoint="grid-lg">
          <Thead>
            <Tr>
              <Th width={20}>{nameLabel}</Th>
              {specs.map(({ name, label }) => (
                <Th key={name} modifier="wrap">
                  {label}
                </Th>
              ))}
              <Th>Named by</Th>
              <Th>State</Th>
            </Tr>
          </Thead>
          <Tbody>
            {found.map((entry) => (
              <Tr key={entry.name}>
                <Td dataLabel={nameLabel}>
                  <Link className="smit-event-name" to={entryPathOf(entryClass, entry.name)}>
                    {entry.name}
                  </Link>
                </Td>
                {specs.map((spec) => (
                  <Td key={spec.name} dataLabel={spec.label}>
                    {valueWords(entry, spec)}
                  </Td>
                ))}
                <Td dataLabel="Named by">
                  <Users entry={entry} />
                </Td>
                <Td dataLabel="State">
                  <EntryState entry={entry} />
                </Td>
              </Tr>
            ))}
          </Tbody>
        </Table>
      )}
    </>
  );
}

const USERS_SHOWN = 3;

function Users({ entry: { usedBy } }: { entry: EntryView }) {
  if (usedBy.length === 0) return <span className="smit-quiet">nothing</span>;
  return (
    <span className="smit-users">
      {usedBy.slice(0, USERS_SHOWN).map((user, index) => (
        <span key={`${user.class} ${user.name}`}>
          {index > 0 ? ', ' : ''}
          <Link to={entryPath(user)}>{user.name}</Link>
        </span>
      ))}
      {usedBy.length > USERS_SHOWN ? <span className="smit-quiet"> and {usedBy.length - USERS_SHOWN} more</span> : null}
    </span>
  );
}

/** A node whose cluster manager takes part is known without a definition; one may be added for its description. */
function NodesNotDefined({ defined }: { defined: readonly EntryView[] }) {
  const live = useQuery(clusterQuery).data?.nodes ?? [];
  const missing = live.filter((node) => !defined.some(({ name, draft }) => draft && name === node));
  if (missing.length === 0) return null;
  return (
    <p className="smit-quiet">
      Takes part without a definition:{' '}
      {missing.map((node, index) => (
        <span key={node}>
          {index > 0 ? ', ' : ''}
          {node} (<Link to={`/smit/${CLASS_PANELS.node.add}?name=${encodeURIComponent(node)}`}>define {node}</Link>)
        </span>
      ))}
    </p>
  );
}
