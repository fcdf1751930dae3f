import type { RevisionView } from '@fallover/contract';
import { Label } from '@patternfly/react-core/dist/dynamic/components/Label';
import { countsWords } from '../../smit/finding-words.ts';

/** What verification had found when the revision became active. */
export function VerifiedWith({ verification }: { verification: RevisionView['verification'] }) {
  if (!verification) return <span className="smit-quiet">not verified</span>;
  const { errors, warnings, overridden } = verification;
  return (
    <>
      <Label isCompact status={errors > 0 ? 'danger' : warnings > 0 ? 'warning' : 'success'}>
        {countsWords(verification)}
      </Label>
      {overridden.length > 0 ? (
        <span className="smit-count" title={overridden.join('\n')}>
          {' '}
          {overridden.length === 1 ? '1 error overridden' : `${overridden.length} errors overridden`}
        </span>
      ) : null}
    </>
  );
}
