import type { getChanges, getVerification } from '@fallover/contract';
import { Link } from 'react-router';
import type { Reply } from '../../api.ts';
import { changesWords } from '../../smit/definition/changes.ts';
import { countsWords } from '../../smit/finding-words.ts';
import { clockTime } from '../../smit/times.ts';

interface ActiveRevisionProps {
  changes: Reply<typeof getChanges>;
  verification: Reply<typeof getVerification> | undefined;
}

/** What is active, and how the draft stands to it, at a glance. */
export function ActiveRevision({ changes: { active, count }, verification }: ActiveRevisionProps) {
  const found = verification?.draft;
  return (
    <dl className="smit-facts">
      <dt>Active revision</dt>
      <dd>
        {active ? (
          <>
            <Link to={`/smit/cm_config_history/${active.number}`}>{active.number}</Link>, by {active.by}, {clockTime(active.at)}
            {active.comment ? `: ${active.comment}` : ''}
          </>
        ) : (
          'none yet'
        )}
      </dd>
      {active?.verification ? (
        <>
          <dt>Verified with</dt>
          <dd>
            {countsWords(active.verification)}
            {active.verification.overridden.length > 0 ? (
              <>
                , overridden: <code className="smit-path">{active.verification.overridden.join(' ')}</code>
              </>
            ) : null}
          </dd>
        </>
      ) : null}
      <dt>Draft</dt>
      <dd>
        {count === 0 ? (
          'as active'
        ) : (
          <>
            <span className="smit-warning">not synchronised: {changesWords(count)}</span>
            {' · '}
            {found ? `${countsWords(found)}${found.upToDate ? '' : ' (the draft has changed since)'}` : 'not verified yet'}
          </>
        )}
      </dd>
    </dl>
  );
}
