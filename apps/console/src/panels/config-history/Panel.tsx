import './config-history.css';
import type { RevisionView } from '@fallover/contract';
import { Label } from '@patternfly/react-core/dist/dynamic/components/Label';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table/dist/dynamic/components/Table';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { revisionsQuery } from '../../live/queries.ts';
import { Known } from '../../smit/Known.tsx';
import { PanelFrame } from '../../smit/PanelFrame.tsx';
import { clockTime } from '../../smit/times.ts';
import { Snapshots } from './Snapshots.tsx';
import { VerifiedWith } from './VerifiedWith.tsx';

/** Every revision that was made active, newest first, and the names that some of them have. */
export default function ConfigHistory() {
  const [search] = useSearchParams();
  const given = Number(search.get('before'));
  const before = Number.isSafeInteger(given) && given > 0 ? given : undefined;
  const query = useQuery(revisionsQuery(before));
  return (
    <PanelFrame
      title="Configuration History"
      fastPath="cm_config_history"
      lead="Every revision that was made active, newest first. Choose one to look at it, to compare it, to restore it as a draft or to save it to a file."
      commands={['fallover history']}
    >
      <Known query={query}>
        {({ revisions, more, snapshots }) => (
          <>
            {revisions.length === 0 ? (
              <p className="smit-empty">
                {before === undefined ? (
                  <>
                    No revision has been made active yet. <Link to="/smit/cm_synchronise">Verify and Synchronise</Link>
                  </>
                ) : (
                  'There are no earlier revisions.'
                )}
              </p>
            ) : (
              <Revisions revisions={revisions} />
            )}
            <Pages before={before} last={more ? revisions.at(-1)?.number : undefined} />
            <Snapshots snapshots={snapshots} />
          </>
        )}
      </Known>
    </PanelFrame>
  );
}

function Revisions({ revisions }: { revisions: RevisionView[] }) {
  return (
    <Table role="table" variant="compact" aria-label="Revisions" gridBreakPoint="grid-lg">
      <Thead>
        <Tr>
          <Th modifier="fitContent">Revision</Th>
          <Th modifier="nowrap">Made active</Th>
          <Th>By</Th>
          <Th width={30}>Comment</Th>
          <Th>Verification</Th>
          <Th modifier="nowrap">Snapshots</Th>
          <Th modifier="nowrap">What it changed</Th>
        </Tr>
      </Thead>
      <Tbody>
        {revisions.map(({ number, at, by, comment, verification, snapshots, active }) => (
          <Tr key={number}>
            <Td dataLabel="Revision">
              <span className="smit-line revision-number">
                <Link to={`/smit/cm_config_history/${number}`}>{number}</Link>
                {active ? (
                  <Label isCompact status="success">
                    active
                  </Label>
                ) : null}
              </span>
            </Td>
            <Td dataLabel="Made active">
              <time dateTime={at} title={at}>
                {clockTime(at)}
              </time>
            </Td>
            <Td dataLabel="By">{by}</Td>
            <Td dataLabel="Comment" modifier="breakWord">
              {comment ?? <span className="smit-quiet">none</span>}
            </Td>
            <Td dataLabel="Verification">
              <VerifiedWith verification={verification} />
            </Td>
            <Td dataLabel="Snapshots">
              {snapshots.length === 0 ? <span className="smit-quiet">none</span> : snapshots.join(', ')}
            </Td>
            <Td dataLabel="What it changed">
              <Link to={`/smit/cm_config_history/${number}?with=${number - 1}`} aria-label={`Changes of revision ${number}`}>
                changes
              </Link>
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}

function Pages({ before, last }: { before: number | undefined; last: number | undefined }) {
  if (before === undefined && last === undefined) return null;
  return (
    <nav className="smit-pages" aria-label="Pages">
      {before === undefined ? null : <Link to="/smit/cm_config_history">Newest revisions</Link>}
      {last === undefined ? null : <Link to={`/smit/cm_config_history?before=${last}`}>Earlier revisions</Link>}
    </nav>
  );
}
