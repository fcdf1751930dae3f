import { Alert } from '@patternfly/react-core/dist/dynamic/components/Alert';
import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { OutOfReach, Refused } from '../api.ts';
import { faultsElsewhere } from './problems.ts';

interface ProblemDisplayProps {
  error: Error;
  /** Fields that show their faults themselves. */
  shownFields?: readonly string[];
  again?: (() => void) | undefined;
}

/** What went wrong, in the cluster manager's own sentences, with the way out. */
export function ProblemDisplay({ error, shownFields = [], again }: ProblemDisplayProps) {
  const sentences = faultsElsewhere(error, shownFields);
  const title =
    error instanceof Refused || error instanceof OutOfReach ? error.message : 'This panel has failed. Reload the page.';
  const detail = error instanceof Refused ? error.problem.detail : undefined;
  return (
    <Alert
      component="p"
      isInline
      role="alert"
      variant={error instanceof OutOfReach ? 'warning' : 'danger'}
      title={title}
      {...(again ? { actionLinks: <AgainButton again={again} /> } : {})}
    >
      {detail ? <p>{detail}</p> : null}
      {sentences.length > 0 ? (
        <ul className="smit-sentences">
          {sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
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
