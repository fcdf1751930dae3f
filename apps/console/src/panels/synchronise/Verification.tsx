import { type getVerification, verify } from '@fallover/contract';
import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { Label } from '@patternfly/react-core/dist/dynamic/components/Label';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { OutOfReach, type Reply } from '../../api.ts';
import { useAction } from '../../live/use-action.ts';
import { countsWords } from '../../smit/finding-words.ts';
import { Permitted } from '../../smit/Permitted.tsx';
import { ProblemDisplay } from '../../smit/ProblemDisplay.tsx';
import { clockTime, duration } from '../../smit/times.ts';
import { useFocusFromAddress } from '../../smit/use-focus-from-address.ts';
import { Findings } from './Findings.tsx';

type Known = Reply<typeof getVerification>;
type Result = NonNullable<Known['draft']>;

interface VerificationProps {
  of: 'draft' | 'active';
  result: Result | undefined;
  override?: Parameters<typeof Findings>[0]['override'];
  children?: ReactNode;
}

const WORDS = {
  draft: {
    title: 'Verification of the draft',
    button: 'Verify the draft',
    since: 'The draft has changed since: verify it again.',
  },
  active: {
    title: 'Verification of the active revision',
    button: 'Verify the active revision',
    since: 'Another revision is active since: verify it again.',
  },
};

/** What the last verification found, and the way to have another one. */
export function Verification({ of, result, override, children }: VerificationProps) {
  const action = useAction(verify, ['configuration']);
  const words = WORDS[of];
  const id = `verification-${of}`;
  useFocusFromAddress(id);
  const run = (): void => action.mutate({ body: { of } });
  return (
    <section id={id} aria-label={words.title} className="verification" tabIndex={-1}>
      <h2>{words.title}</h2>
      {children}
      <p className="smit-line">
        <Permitted needs={verify}>
          <Button variant="secondary" size="sm" onClick={run} isLoading={action.isPending} isDisabled={action.isPending}>
            {words.button}
          </Button>
        </Permitted>
        <span role="status">
          {action.isPending ? (
            'Looking at every command on every node …'
          ) : result ? (
            <ResultLine result={result} />
          ) : (
            <span className="smit-quiet">It has not been verified yet.</span>
          )}
        </span>
      </p>
      {result && !result.upToDate && !action.isPending ? <p className="smit-warning">{words.since}</p> : null}
      {result ? <NotLooked result={result} /> : null}
      {action.error && !action.isPending ? (
        <ProblemDisplay error={action.error} again={action.error instanceof OutOfReach ? run : undefined} />
      ) : null}
      {result ? (
        <Findings
          of={of}
          label={`What verification of the ${of === 'draft' ? 'draft' : 'active revision'} found`}
          findings={result.findings}
          override={override}
        />
      ) : null}
    </section>
  );
}

function ResultLine({ result }: { result: Result }) {
  const { errors, warnings, at, by, automatic, commands, durationMs, nodes, etcd } = result;
  const on = nodes.filter(({ looked }) => looked).map(({ node }) => node);
  return (
    <span className="smit-line">
      <Label isCompact status={errors > 0 ? 'danger' : warnings > 0 ? 'warning' : 'success'}>
        {countsWords(result)}
      </Label>
      <span className="smit-quiet">
        {clockTime(at)}, {automatic ? 'automatic' : `by ${by}`}: {commands === 1 ? '1 command' : `${commands} commands`}
        {on.length > 0 ? ` on ${on.join(', ')}` : ''} in {duration(durationMs)}
      </span>
      {etcd === undefined ? null : <span className="smit-quiet">{etcd}</span>}
    </span>
  );
}

function NotLooked({ result }: { result: Result }) {
  const missing = result.nodes.filter(({ looked }) => !looked).map(({ node }) => node);
  if (missing.length === 0) return null;
  return (
    <p className="smit-warning">
      Nothing could be looked at on {missing.join(', ')}: the cluster manager there does not take part.
    </p>
  );
}

/** When the active revision is verified by itself. */
export function Daily({ daily }: { daily: Known['daily'] }) {
  const settings = <Link to="/smit/cm_auto_verification">Settings of automatic verification</Link>;
  if (!daily) return <p className="smit-quiet">Automatic verification is off. {settings}</p>;
  return (
    <p className="smit-quiet">
      Automatic verification: every day at {String(daily.hour).padStart(2, '0')}:00 on {daily.node}, next {clockTime(daily.next)}.{' '}
      {settings}
    </p>
  );
}
