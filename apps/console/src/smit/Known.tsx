import { Skeleton } from '@patternfly/react-core/dist/dynamic/components/Skeleton';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ProblemDisplay } from './ProblemDisplay.tsx';

/** A query's every state: loading, refused or out of reach, known, and known but not read again. */
export function Known<Data>({ query, children }: { query: UseQueryResult<Data, Error>; children: (data: Data) => ReactNode }) {
  const again = (): void => void query.refetch();
  if (query.data !== undefined)
    return (
      <>
        {query.isError ? <ProblemDisplay error={query.error} again={again} /> : null}
        {children(query.data)}
      </>
    );
  if (query.isError) return <ProblemDisplay error={query.error} again={again} />;
  return (
    <div className="smit-loading">
      {['70%', '55%', '62%', '40%'].map((width) => (
        <Skeleton key={width} width={width} screenreaderText="Reading …" />
      ))}
    </div>
  );
}
