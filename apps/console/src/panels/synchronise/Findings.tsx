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
import { Sentence } from '../../smit/Sentence.tsx';

interface FindingsProps {
  /** Two lists may stand on one panel: what their filters are called in the address begins with it. */
  of: 'draft' | 'active';
  label: string;
  findings: readonly FindingView[];
  /** Errors can be overridden here: their ids, and what changes them. */
  override?: { chosen: ReadonlySet<string>; change: (id: string, overridden: boolean) => void } | undefined;
}

const PAGE = 50;
const FILTERED_FROM = 8;

/** What verification found: each with its place, its reason, and the way there. */
export function Findings({ of, label, findings, override }: FindingsProps) {
  const names = { finding: `${of}-finding`, severity: `${of}-severity`, page: `${of}-page` };
  const [filter, change] = useFilter(Object.values(names));
  const { [names.finding]: search, [names.severity]: severity, [names.page]: page = '1' } = filter;
  const text = useDeferredValue(search);
  const found = shownFindings(findings, { text, severity });
  const count = Math.ceil(found.length / PAGE);
  const at = Math.min(Math.max(1, Number.parseInt(page, 10) || 1), Math.max(1, count));
  if (findings.length === 0) return null;
  return (
    <>
      {findings.length >= FILTERED_FROM || search || severity ? (
        <search className="smit-filters" aria-label={label}>
          <SearchInput
            aria-label="Search findings"
            placeholder="Name, field, reason"
            value={search ?? ''}
            onChange={(_, typed) => change({ [names.finding]: typed, [names.page]: '' })}
            onClear={() => change({ [names.finding]: '', [names.page]: '' })}
          />
          <FormSelect
            aria-label="Severity"
            value={severity ?? ''}
            onChange={(_, chosen) => change({ [names.severity]: chosen, [names.page]: '' })}
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
              <p>
                <Sentence>{finding.sentence}</Sentence>
              </p>
              {finding.severity === 'error' && override ? <Override finding={finding} override={override} /> : null}
            </div>
          </li>
        ))}
      </ul>
      <Pages at={at} count={count} name={names.page} />
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
