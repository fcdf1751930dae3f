import { Skeleton } from '@patternfly/react-core/dist/dynamic/components/Skeleton';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { isUnknown } from '../api.ts';
import { type Elsewhere, ProblemDisplay } from './ProblemDisplay.tsx';

interface KnownProps<Data> {
  query: UseQueryResult<Data, Error>;
  /** Where to look for what the address names, when there is no such thing. */
  elsewhere?: Elsewhere;
  children: (data: Data) => ReactNode;
}

/** A query's every state: loading, refused or out of reach, known, and known but not read again. */
export function Known<Data>({ query, elsewhere, children }: KnownProps<Data>) {
  const again = (): void => void query.refetch();
  if (query.data !== undefined)
    return (
      <>
        {query.isError ? <ProblemDisplay error={query.error} again={again} /> : null}
        {children(query.data)}
      </>
    );
  if (query.isError && elsewhere && isUnknown(query.error)) return <ProblemDisplay error={query.error} elsewhere={elsewhere} />;
  if (query.isError) return <ProblemDisplay error={query.error} again={again} />;
  return (
    <div className="smit-loading">
      {['70%', '55%', '62%', '40%'].map((width) => (
        <Skeleton key={width} width={width} screenreaderText="Reading …" />
      ))}
    </div>
  );
}
