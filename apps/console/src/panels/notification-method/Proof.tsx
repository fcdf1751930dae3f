import { Label } from '@patternfly/react-core/dist/dynamic/components/Label';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { methodsQuery } from '../../smit/notification/queries.ts';
import { proofWords } from '../../smit/notification/words.ts';
import { useNow } from '../../smit/use-now.ts';

/** Whether anybody knows that it works. */
export function Proof({ name }: { name: string }) {
  const now = useNow(true);
  const method = useQuery(methodsQuery).data?.find((one) => one.name === name);
  if (!method) return null;
  const { says, status } = proofWords(method, now);
  return (
    <p className="method-proof">
      <span className="smit-quiet">Last proven</span>{' '}
      <Label isCompact {...(status ? { status } : {})} title={method.lastProven ?? ''}>
        {says}
      </Label>{' '}
      <Link to={`/smit/cm_notifications?${new URLSearchParams({ method: name })}`}>What it has sent</Link>
    </p>
  );
}
