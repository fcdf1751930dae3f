import { Alert } from '@patternfly/react-core/dist/dynamic/components/Alert';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useNow } from '../use-now.ts';
import { silencesQuery } from './queries.ts';
import { silenceSentence } from './words.ts';

/** The silences that hold: whoever wonders why nobody was told sees it where they look first. */
export function SilencesNow() {
  const silences = useQuery(silencesQuery).data ?? [];
  const some = silences.some(({ active }) => active);
  const now = useNow(some);
  const holding = silences.filter(({ active, until }) => active && Date.parse(until) > now);
  if (holding.length === 0) return null;
  return (
    <div className="smit-stack">
      {holding.map((silence) => (
        <Alert key={silence.id} component="p" isInline variant="warning" title={silenceSentence(silence, now)}>
          {silence.kept === 0 ? 'Nothing was kept back so far.' : `Kept back so far: ${silence.kept}.`}{' '}
          <Link to="/smit/cm_silences">Silences</Link>
        </Alert>
      ))}
    </div>
  );
}
