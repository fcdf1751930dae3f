import { Alert } from '@patternfly/react-core/dist/dynamic/components/Alert';
import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { Link, useNavigate } from 'react-router';
import { Sentence } from '../../smit/Sentence.tsx';
import type { Waiting } from './waiting.ts';

/** Is anything waiting for me: each with the way to deal with it. */
export function WaitingForMe({ waiting }: { waiting: readonly Waiting[] }) {
  const navigate = useNavigate();
  return (
    <section aria-label="Waiting for you">
      <h2>Waiting for you</h2>
      {waiting.length === 0 ? <p className="smit-empty">Nothing is waiting for you.</p> : null}
      <div className="home-waiting">
        {waiting.map(({ level, sentence, detail, to, run }) => (
          <Alert
            key={sentence}
            component="p"
            isInline
            variant={level}
            title={<Sentence>{sentence}</Sentence>}
            {...(to && level === 'danger'
              ? {
                  actionLinks: (
                    <Button variant="danger" size="sm" onClick={() => void navigate(to.path)}>
                      {to.label}
                    </Button>
                  ),
                }
              : {})}
          >
            {detail ? (
              <p>
                <Sentence>{detail}</Sentence>
              </p>
            ) : null}
            {run ? <Link to={run.path}>{run.label}</Link> : null}
            {to && level !== 'danger' ? <Link to={to.path}>{to.label}</Link> : null}
          </Alert>
        ))}
      </div>
    </section>
  );
}
