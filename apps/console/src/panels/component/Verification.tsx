import type { verifyComponent } from '@fallover/contract';
import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table/dist/dynamic/components/Table';
import { useQuery } from '@tanstack/react-query';
import type { Reply } from '../../api.ts';
import { visible } from '../../smit/ansi.ts';
import { SaidLabel } from '../../smit/components/Labels.tsx';
import { componentVerificationQuery } from '../../smit/components/queries.ts';
import { Known } from '../../smit/Known.tsx';
import { Unanswered } from '../../smit/nodes/Unanswered.tsx';
import { clockTime } from '../../smit/times.ts';

type Verified = Reply<typeof verifyComponent>;

const LEVELS = {
  error: { says: 'error', status: 'danger' },
  warning: { says: 'warning', status: 'warning' },
  note: { says: 'note', status: 'info' },
} as const;
const ORDER = Object.keys(LEVELS);

/** What is in the directory: what keeps an event from running, what is passed over, what differs from other nodes. */
export function Verification({ component }: { component: string }) {
  const query = useQuery(componentVerificationQuery(component));
  return (
    <Known query={query}>
      {(verified) => (
        <>
          <div className="component-head">
            <span>
              {summaryOf(verified)}{' '}
              <span className="smit-quiet">
                Looked at {clockTime(verified.at)}
                {verified.compared.length === 0 ? '' : `, compared with ${verified.compared.join(', ')}`}.
              </span>
            </span>
            <Button variant="secondary" size="sm" isLoading={query.isFetching} onClick={() => void query.refetch()}>
              Verify again
            </Button>
          </div>
          <Unanswered nodes={verified.unanswered} what="their scripts of this component" />
          {verified.findings.length === 0 ? null : <Findings findings={verified.findings} />}
        </>
      )}
    </Known>
  );
}

function summaryOf({ findings }: Verified): string {
  const count = (level: string): number => findings.filter((one) => one.level === level).length;
  const errors = count('error');
  const warnings = count('warning');
  if (errors + warnings === 0) return findings.length === 0 ? 'Nothing was found.' : 'Nothing is wrong.';
  const of = (number: number, word: string): string[] => (number === 0 ? [] : [`${number} ${word}${number === 1 ? '' : 's'}`]);
  return `${[...of(errors, 'error'), ...of(warnings, 'warning')].join(' and ')} to look at.`;
}

function Findings({ findings }: Pick<Verified, 'findings'>) {
  const sorted = findings.toSorted((one, other) => ORDER.indexOf(one.level) - ORDER.indexOf(other.level));
  return (
    <Table role="table" variant="compact" aria-label="Findings" gridBreakPoint="grid-md">
      <Thead>
        <Tr>
          <Th modifier="fitContent">Level</Th>
          <Th>Finding</Th>
          <Th width={25}>File</Th>
          <Th modifier="fitContent">Node</Th>
        </Tr>
      </Thead>
      <Tbody>
        {sorted.map(({ level, sentence, file, node, code }) => (
          <Tr key={`${code} ${file ?? ''} ${node} ${sentence}`}>
            <Td dataLabel="Level">
              <SaidLabel said={LEVELS[level]} />
            </Td>
            <Td dataLabel="Finding">{visible(sentence)}</Td>
            <Td dataLabel="File">
              {file === undefined ? <span className="smit-quiet">–</span> : <code className="smit-path">{visible(file)}</code>}
            </Td>
            <Td dataLabel="Node">{node}</Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
