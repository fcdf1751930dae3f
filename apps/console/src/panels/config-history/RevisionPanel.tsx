import './config-history.css';
import { EXPORT_FORMATS, exportConfiguration, type getRevision } from '@fallover/contract';
import { changesBetween, type DefinitionDocument, exportFileName } from '@fallover/events';
import { FormSelect, FormSelectOption } from '@patternfly/react-core/dist/dynamic/components/FormSelect';
import { Label } from '@patternfly/react-core/dist/dynamic/components/Label';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { type Reply, urlOf } from '../../api.ts';
import { configurationQuery, revisionsQuery } from '../../live/queries.ts';
import { ChangesView } from '../../smit/definition/ChangesView.tsx';
import { Known } from '../../smit/Known.tsx';
import { PanelFrame } from '../../smit/PanelFrame.tsx';
import { commandLine } from '../../smit/shell-words.ts';
import { clockTime } from '../../smit/times.ts';
import { useFilter } from '../../smit/use-filter.ts';
import { compareQuery, revisionQuery } from './queries.ts';
import { RestoreRevision } from './RestoreRevision.tsx';
import { AddSnapshot } from './Snapshots.tsx';
import { choicesOf, type Sides, sidesOf } from './sides.ts';
import { VerifiedWith } from './VerifiedWith.tsx';

type Revision = Reply<typeof getRevision>;
const ABOVE = '/smit/cm_config_history';

/** One revision: what it says, or in what it differs from another one. */
export default function RevisionPanel() {
  const given = useParams().number ?? '';
  const number = /^[1-9]\d{0,14}$/.test(given) ? Number(given) : undefined;
  if (number !== undefined) return <OneRevision key={number} number={number} />;
  return (
    <PanelFrame title="No such revision" fastPath="cm_config_history" commands={['fallover history']} above={ABOVE}>
      <p className="smit-empty">
        {given} is not the number of a revision. <Link to={ABOVE}>All revisions</Link>
      </p>
    </PanelFrame>
  );
}

function OneRevision({ number }: { number: number }) {
  const query = useQuery(revisionQuery(number));
  const known = useQuery(revisionsQuery()).data;
  const active = useQuery(configurationQuery).data?.active?.number;
  const [{ with: other }, change] = useFilter(['with', 'find', 'class', 'change', 'page'] as const);
  const snapshots = known?.snapshots ?? [];
  const sides = other === undefined ? undefined : sidesOf(number, other, { active, snapshots });
  const choices = choicesOf(number, { active, snapshots, numbers: known?.revisions.map((one) => one.number) ?? [] });
  return (
    <PanelFrame
      title={`Revision ${number}`}
      fastPath={`cm_config_history/${number}`}
      commands={[sides ? commandLine(['fallover', 'diff', sides.from, sides.to]) : `fallover query revision ${number}`]}
      above={ABOVE}
    >
      <Known query={query}>
        {(revision) => (
          <>
            <Facts revision={revision} />
            <div className="smit-line revision-actions">
              <RestoreRevision number={number} />
              <AddSnapshot revision={number} />
            </div>
            <Exports number={number} cluster={revision.cluster} />
            <p className="smit-filters compare-with">
              <label htmlFor="compare-with">Compare with</label>
              <FormSelect
                id="compare-with"
                value={other ?? ''}
                onChange={(_, value) => change({ with: value, find: '', class: '', change: '', page: '' })}
              >
                <FormSelectOption value="" label="nothing: show what it says" />
                {other !== undefined && !choices.some(({ value }) => value === other) ? (
                  <FormSelectOption value={other} label={/^\d+$/.test(other) ? `revision ${other}` : other} />
                ) : null}
                {choices.map(({ value, label }) => (
                  <FormSelectOption key={value} value={value} label={label} />
                ))}
              </FormSelect>
            </p>
            {sides ? <Compared sides={sides} /> : <Says revision={revision} />}
          </>
        )}
      </Known>
    </PanelFrame>
  );
}

function Facts({ revision }: { revision: Revision }) {
  const { at, by, comment, verification, snapshots, hash, active } = revision;
  return (
    <dl className="smit-facts">
      <dt>Made active</dt>
      <dd className="smit-line">
        <span>
          <time dateTime={at}>{clockTime(at)}</time> by {by}
        </span>
        {active ? (
          <Label isCompact status="success">
            active
          </Label>
        ) : null}
      </dd>
      <dt>Comment</dt>
      <dd>{comment ?? <span className="smit-quiet">none</span>}</dd>
      <dt>Verification</dt>
      <dd>
        <VerifiedWith verification={verification} />
      </dd>
      {verification && verification.overridden.length > 0 ? (
        <>
          <dt>Overridden</dt>
          <dd>
            <ul className="overridden">
              {verification.overridden.map((id) => (
                <li key={id}>
                  <code className="smit-path">{id}</code>
                </li>
              ))}
            </ul>
          </dd>
        </>
      ) : null}
      <dt>Snapshots</dt>
      <dd>{snapshots.length === 0 ? <span className="smit-quiet">none</span> : snapshots.join(', ')}</dd>
      <dt>SHA-256</dt>
      <dd>
        <code className="smit-path">{hash}</code>
      </dd>
    </dl>
  );
}

const FORMATS: Record<(typeof EXPORT_FORMATS)[number], string> = {
  json: 'JSON',
  csv: 'CSV',
  worksheet: 'worksheet',
  odm: 'ODM stanzas',
  clmgr: 'clmgr',
  fallover: 'fallover',
};

/** A plain download: the cluster manager makes the file. */
function Exports({ number, cluster }: { number: number; cluster: string }) {
  return (
    <p className="smit-line">
      <span className="smit-quiet">Save to a file as</span>
      {EXPORT_FORMATS.map((format) => (
        <a
          key={format}
          href={urlOf(exportConfiguration, { query: { format, of: String(number) } })}
          download={exportFileName(cluster, String(number), format)}
        >
          {FORMATS[format]}
        </a>
      ))}
    </p>
  );
}

function Compared({ sides: { from, to, before, after } }: { sides: Sides }) {
  const query = useQuery(compareQuery(from, to));
  return (
    <section aria-label="Comparison">
      <h2>
        {before} against {after.toLowerCase()}
      </h2>
      <Known query={query}>
        {({ changes }) =>
          changes.length === 0 ? (
            <p className="smit-empty">They say the same.</p>
          ) : (
            <ChangesView label={`${before} against ${after.toLowerCase()}`} changes={changes} before={before} after={after} />
          )
        }
      </Known>
    </section>
  );
}

/** What it says: all that is not in an empty configuration. */
function Says({ revision: { cluster, entries } }: { revision: Revision }) {
  const changes = changesBetween(undefined, { format: 1, cluster, entries: entries as DefinitionDocument['entries'] });
  return (
    <section aria-label="Entries">
      <h2>What it says</h2>
      {changes.length === 0 ? (
        <p className="smit-empty">Nothing is configured in it.</p>
      ) : (
        <ChangesView label="Entries of the revision" changes={changes} after="Value" />
      )}
    </section>
  );
}
