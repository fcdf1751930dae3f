import type { FindingView } from '@fallover/contract';
import { Checkbox } from '@patternfly/react-core/dist/dynamic/components/Checkbox';
import { FormSelect, FormSelectOption } from '@patternfly/react-core/dist/dynamic/components/FormSelect';
import { Label } from '@patternfly/react-core/dist/dynamic/components/Label';
import { SearchInput } from '@patternfly/react-core/dist/dynamic/components/SearchInput';
import { useDeferredValue } from 'react';
import { Link } from 'react-router';
import { entryPath } from '../../smit/definition/entry-path.ts';
import { Pages } from '../../smit/Pages.tsx';
import { useFilter } from '../../smit/use-filter.ts';
import { placeWords, shownFindings } from './findings.ts';

interface FindingsProps {
  label: string;
  findings: readonly FindingView[];
  /** Errors can be overridden here: their ids, and what changes them. */
  override?: { chosen: ReadonlySet<string>; change: (id: string, overridden: boolean) => void } | undefined;
}

const FILTERS = ['finding', 'severity', 'findings'] as const;
const PAGE = 50;
const FILTERED_FROM = 8;

/** What verification found: each with its place, its reason, and the way there. */
export function Findings({ label, findings, override }: FindingsProps) {
  const [filter, change] = useFilter(FILTERS);
  const text = useDeferredValue(filter.finding);
  const found = shownFindings(findings, { text, severity: filter.severity });
  const count = Math.ceil(found.length / PAGE);
  const at = Math.min(Math.max(1, Number.parseInt(filter.findings ?? '1', 10) || 1), Math.max(1, count));
  if (findings.length === 0) return null;
  return (
    <>
      {findings.length >= FILTERED_FROM ? (
        <search className="smit-filters" aria-label={label}>
          <SearchInput
            aria-label="Search findings"
            placeholder="Name, field, reason"
            value={filter.finding ?? ''}
            onChange={(_, finding) => change({ finding, findings: '' })}
            onClear={() => change({ finding: '', findings: '' })}
          />
          <FormSelect
            aria-label="Severity"
            value={filter.severity ?? ''}
            onChange={(_, severity) => change({ severity, findings: '' })}
          >
            <FormSelectOption value="" label="errors and warnings" />
            <FormSelectOption value="error" label="errors" />
            <FormSelectOption value="warning" label="warnings" />
          </FormSelect>
        </search>
      ) : null}
      {found.length === 0 ? <p className="smit-empty">No finding matches. Change the search, or clear it.</p> : null}
      <ul className="findings" aria-label={label}>
        {found.slice((at - 1) * PAGE, at * PAGE).map((finding) => (
          <li key={finding.id} className={`finding finding-${finding.severity}`}>
            <Label isCompact status={finding.severity === 'error' ? 'danger' : 'warning'}>
              {finding.severity}
            </Label>
            <div className="finding-says">
              <p className="finding-place">
                <Place finding={finding} />
              </p>
              <p>{finding.sentence}</p>
              {finding.severity === 'error' && override ? <Override finding={finding} override={override} /> : null}
            </div>
          </li>
        ))}
      </ul>
      <Pages at={at} count={count} name="findings" />
    </>
  );
}

function Place({ finding }: { finding: FindingView }) {
  const { class: entryClass, name, field, node } = finding;
  if (entryClass === undefined || name === undefined) return placeWords(finding);
  return <Link to={entryPath({ class: entryClass, name, field, node })}>{placeWords(finding)}</Link>;
}

function Override({ finding, override }: { finding: FindingView; override: NonNullable<FindingsProps['override']> }) {
  const { id, overridable } = finding;
  if (!overridable) return <p className="smit-help">It cannot be overridden: mend it.</p>;
  const chosen = override.chosen.has(id);
  return (
    <Checkbox
      id={`override ${id}`}
      label={
        <>
          Override <code className="smit-path">{id}</code>
        </>
      }
      description={
        chosen
          ? 'The draft becomes active in spite of it. That you overrode it is kept with the revision and audited.'
          : undefined
      }
      isChecked={chosen}
      onChange={(_, checked) => override.change(id, checked)}
    />
  );
}
