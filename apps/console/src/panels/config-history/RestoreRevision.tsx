import { restoreRevision } from '@fallover/contract';
import { CLASS_WORDS } from '@fallover/events';
import { Alert } from '@patternfly/react-core/dist/dynamic/components/Alert';
import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { Checkbox } from '@patternfly/react-core/dist/dynamic/components/Checkbox';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { OutOfReach } from '../../api.ts';
import { changesQuery } from '../../live/queries.ts';
import { useAction } from '../../live/use-action.ts';
import { ConfirmDialog } from '../../smit/ConfirmDialog.tsx';
import { changesWords } from '../../smit/definition/changes.ts';
import { Permitted } from '../../smit/Permitted.tsx';
import { ProblemDisplay } from '../../smit/ProblemDisplay.tsx';
import { compareQuery } from './queries.ts';

const MOST_NAMED = 8;

const lossWords = (count: number): string =>
  count === 1
    ? 'The draft has 1 change that is not synchronised. It is lost.'
    : `The draft has ${count} changes that are not synchronised. They are lost.`;

/** Makes the draft what a revision says. Nothing becomes active by it, and nothing of the draft is lost unasked. */
export function RestoreRevision({ number }: { number: number }) {
  const [asking, setAsking] = useState(false);
  const [restored, setRestored] = useState<number>();
  return (
    <Permitted needs={restoreRevision}>
      <Button
        variant="secondary"
        size="sm"
        onClick={() => {
          setRestored(undefined);
          setAsking(true);
        }}
      >
        Restore as draft
      </Button>
      {asking ? (
        <RestoreDialog
          number={number}
          close={() => setAsking(false)}
          done={(count) => {
            setAsking(false);
            setRestored(count);
          }}
        />
      ) : null}
      <div role="status" className="restored">
        {restored === undefined ? null : (
          <Alert component="p" isInline variant="success" title={`The draft is as revision ${number}.`}>
            <p>
              {restored === 0
                ? 'It is what is active.'
                : `It has ${changesWords(restored)} against what is active; nothing is active yet.`}{' '}
              <Link to="/smit/cm_synchronise">Verify and Synchronise</Link>
            </p>
          </Alert>
        )}
      </div>
    </Permitted>
  );
}

function RestoreDialog({ number, close, done }: { number: number; close: () => void; done: (count: number) => void }) {
  const draft = useQuery(changesQuery);
  const effect = useQuery(compareQuery('draft', String(number)));
  const [discard, setDiscard] = useState(false);
  const action = useAction(restoreRevision, ['configuration', 'cluster']);
  const changes = draft.data?.changes ?? [];
  const loses = changes.length > 0;
  const run = (): void =>
    action.mutate(
      {
        parameters: { number },
        body: { ...(loses ? { discardChanges: discard } : {}), ...(draft.data ? { draft: draft.data.draft } : {}) },
      },
      { onSuccess: ({ count }) => done(count) },
    );
  return (
    <ConfirmDialog
      title={`Restore revision ${number} as draft?`}
      confirm="Restore as draft"
      danger={loses}
      busy={action.isPending}
      disabled={draft.data === undefined || (loses && !discard)}
      close={close}
      run={run}
    >
      <div className="smit-stack">
        <p>
          The draft becomes what revision {number} says. What is active stays until you synchronise.
          {effect.data
            ? ` ${effect.data.count === 0 ? 'Nothing' : changesWords(effect.data.count)} of the draft changes by it.`
            : ''}
        </p>
        {loses ? (
          <Alert component="p" isInline variant="warning" title={lossWords(draft.data?.count ?? 0)}>
            <p>
              {changes
                .slice(0, MOST_NAMED)
                .map(({ class: entryClass, name }) => `${CLASS_WORDS[entryClass].one} ${name}`)
                .join(', ')}
              {changes.length > MOST_NAMED ? ` and ${changes.length - MOST_NAMED} more entries` : ''}.{' '}
              <Link to="/smit/cm_synchronise">Look at them first</Link>
            </p>
            <Checkbox
              id="restore-discard"
              label="Discard these changes"
              isChecked={discard}
              onChange={(_, checked) => setDiscard(checked)}
            />
          </Alert>
        ) : null}
        <pre className="smit-command">{`fallover restore ${number}${loses ? ' --discard' : ''}`}</pre>
        {action.error ? (
          <ProblemDisplay error={action.error} again={action.error instanceof OutOfReach ? run : undefined} />
        ) : null}
      </div>
    </ConfirmDialog>
  );
}
