import { Alert } from '@patternfly/react-core/dist/dynamic/components/Alert';
import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { Link } from 'react-router';
import { OutOfReach, Refused } from '../api.ts';
import { faultsElsewhere } from './problems.ts';
import { Sentence } from './Sentence.tsx';

interface ProblemDisplayProps {
  error: Error;
  /** Fields that show their faults themselves. */
  shownFields?: readonly string[];
  again?: (() => void) | undefined;
  /** Where to go instead of trying again. */
  elsewhere?: Elsewhere | undefined;
}

export interface Elsewhere {
  path: string;
  label: string;
}

/** What went wrong, in the cluster manager's own sentences, with the way out. */
export function ProblemDisplay({ error, shownFields = [], again, elsewhere }: ProblemDisplayProps) {
  const title =
    error instanceof Refused || error instanceof OutOfReach ? error.message : 'This panel has failed. Reload the page.';
  // A single fault is often the whole problem; it is not said twice.
  const sentences = faultsElsewhere(error, shownFields).filter((sentence) => sentence !== title);
  const detail = error instanceof Refused ? error.problem.detail : undefined;
  return (
    <Alert
      component="p"
      isInline
      role="alert"
      variant={error instanceof OutOfReach ? 'warning' : 'danger'}
      title={<Sentence>{title}</Sentence>}
      {...(again ? { actionLinks: <AgainButton again={again} /> } : {})}
    >
      {elsewhere ? (
        <p>
          <Link to={elsewhere.path}>{elsewhere.label}</Link>
        </p>
      ) : null}
      {detail ? (
        <p>
          <Sentence>{detail}</Sentence>
        </p>
      ) : null}
      {sentences.length > 0 ? (
        <ul className="smit-sentences">
          {sentences.map((sentence) => (
            <li key={sentence}>
              <Sentence>{sentence}</Sentence>
            </li>
          ))}
        </ul>
      ) : null}
    </Alert>
  );
}

function AgainButton({ again }: { again: () => void }) {
  return (
    <Button variant="link" isInline onClick={again}>
      Try again
    </Button>
  );
}
