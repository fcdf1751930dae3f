import './synchronise.css';
import { type getChanges, synchronise } from '@fallover/contract';
import { Alert } from '@patternfly/react-core/dist/dynamic/components/Alert';
import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { TextInput } from '@patternfly/react-core/dist/dynamic/components/TextInput';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Reply } from '../../api.ts';
import { changesQuery, configurationQuery, verificationQuery } from '../../live/queries.ts';
import { useAction } from '../../live/use-action.ts';
import { CommandStatus } from '../../smit/CommandStatus.tsx';
import { ChangesView } from '../../smit/definition/ChangesView.tsx';
import { entryPath } from '../../smit/definition/entry-path.ts';
import { describedBy, Field } from '../../smit/Field.tsx';
import { Known } from '../../smit/Known.tsx';
import { PanelForm } from '../../smit/PanelForm.tsx';
import { PanelFrame } from '../../smit/PanelFrame.tsx';
import { faultsAt } from '../../smit/problems.ts';
import { commandLine } from '../../smit/shell-words.ts';
import { ActiveRevision } from './ActiveRevision.tsx';
import { type Blocking, blockingOf, withoutFindings } from './findings.ts';
import { RevertButton, RevertDialog, useRevert } from './Revert.tsx';
import { useMovedSince } from './use-moved-since.ts';
import { Daily, Verification } from './Verification.tsx';

type Changes = Reply<typeof getChanges>;

export default function Synchronise() {
  const query = useQuery(changesQuery);
  const verification = useQuery(verificationQuery);
  const hasLibrary = useQuery(configurationQuery).data?.scriptLibrary !== undefined;
  const [comment, setComment] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const { moved, seen } = useMovedSince(query.isFetchedAfterMount ? query.data : undefined);
  const action = useAction(synchronise, ['configuration', 'cluster']);
  const trimmed = comment.trim();
  const found = verification.data?.draft?.findings ?? [];
  const blocking = blockingOf(found, chosen);
  const { override } = blocking;
  const run = (): void =>
    action.mutate(
      {
        body: {
          ...(trimmed === '' ? {} : { comment: trimmed }),
          ...(override.length === 0 ? {} : { override }),
          ...(query.data ? { draft: query.data.draft } : {}),
        },
      },
      {
        onSuccess() {
          setComment('');
          setChosen(new Set());
          seen();
        },
      },
    );
  const count = query.data?.count ?? 0;
  const wrong = faultsAt(action.error, 'comment');
  return (
    <PanelFrame
      title="Verify and Synchronise"
      fastPath="cm_synchronise"
      lead="Verifies the draft on every node and makes it active, all at once, as a new revision. Runs that go on keep the revision they began with."
      commands={[count === 0 && !hasLibrary ? 'fallover verify' : syncLine(trimmed, override)]}
      reset={() => {
        setComment('');
        setChosen(new Set());
        action.reset();
      }}
      enter={{
        label: 'Do: synchronise',
        form: 'synchronise',
        busy: action.isPending,
        disabled: count === 0 && !hasLibrary,
        needs: synchronise,
      }}
    >
      <CommandStatus
        action={{ ...action, error: withoutFindings(action.error, found) }}
        warnings={action.data ? worthKnowing(action.data.warnings) : undefined}
        done={
          <p>
            Revision <Link to={`/smit/cm_config_history/${action.data?.number}`}>{action.data?.number}</Link> is active
            {madeActiveWords(action.data?.changes.length ?? 0)}
          </p>
        }
        shownFields={['comment']}
        again={run}
      />
      <Known query={query}>
        {(changes) => (
          <>
            <ActiveRevision changes={changes} verification={verification.data} />
            <Moved moved={moved} seen={seen} />
            <Draft changes={changes} seen={seen} />
          </>
        )}
      </Known>
      {count > 0 ? (
        <Known query={verification}>
          {({ draft }) => (
            <Verification
              of="draft"
              result={draft}
              override={{
                chosen,
                change: (id, overridden) =>
                  setChosen((known) => new Set(overridden ? [...known, id] : [...known].filter((one) => one !== id))),
              }}
            />
          )}
        </Known>
      ) : null}
      <PanelForm id="synchronise" aria-label="Synchronise" hidden={count === 0} submit={run}>
        {verification.data?.draft?.upToDate ? <Blocked blocking={blocking} /> : null}
        <Field id="synchronise-comment" topic="comment" label="Comment" help="Why: kept with the revision." faults={wrong}>
          <TextInput
            {...describedBy('synchronise-comment', wrong)}
            value={comment}
            maxLength={500}
            onChange={(_, next) => setComment(next)}
            autoComplete="off"
          />
        </Field>
      </PanelForm>
      {query.data?.active && verification.data ? (
        <Verification of="active" result={verification.data.active}>
          <Daily daily={verification.data.daily} />
        </Verification>
      ) : null}
    </PanelFrame>
  );
}

/** Without a change it has laid the scripts of the active revision down anew. */
const madeActiveWords = (entries: number): string => {
  if (entries === 0) return '; the files of its library scripts are as they were laid down.';
  return entries === 1 ? ', with changes in 1 entry.' : `, with changes in ${entries} entries.`;
};

const MOST_SAID = 10;

/** Each sentence once, and not so many that the rest of the panel is out of sight. */
function worthKnowing(found: readonly { sentence: string }[]): { sentence: string }[] {
  const sentences = [...new Set(found.map(({ sentence }) => sentence))];
  const more = sentences.length - MOST_SAID;
  return [
    ...sentences.slice(0, MOST_SAID),
    ...(more > 0 ? [`And ${more} more: verify the active revision to see them.`] : []),
  ].map((sentence) => ({ sentence }));
}

const syncLine = (comment: string, override: readonly string[]): string =>
  commandLine([
    'fallover',
    'sync',
    ...(comment === '' ? [] : comment.startsWith('-') ? [`--comment=${comment}`] : ['--comment', comment]),
    ...override.flatMap((id) => ['--override', id]),
  ]);

/** Draft against active, each change with the way to take it back. */
function Draft({ changes: { changes }, seen }: { changes: Changes; seen: () => void }) {
  const revert = useRevert();
  const { asked, said, ask } = revert;
  return (
    <section aria-label="Draft against active">
      <div className="draft-head">
        <h2>Draft against active</h2>
        {changes.length > 0 ? <RevertButton asked={{ kind: 'all' }} ask={ask} /> : null}
      </div>
      <p role="status" className="smit-help">
        {said ?? ''}
      </p>
      {changes.length === 0 ? (
        <p className="smit-empty">The draft is what is active: there is nothing to synchronise.</p>
      ) : (
        <ChangesView
          label="Changes that are not synchronised"
          changes={changes}
          before="Active"
          after="Draft"
          action={(change, value) =>
            value === undefined ? (
              <RevertButton asked={{ kind: 'entry', change }} ask={ask} />
            ) : change.kind === 'deleted' ? null : (
              <span className="smit-line">
                <RevertButton asked={{ kind: 'value', change, value }} ask={ask} />
                {/* The hash says that a script is another one; what is other about it, its own panel says. */}
                {value.field === 'content' && change.kind === 'changed' ? (
                  <Link to={`${entryPath(change)}?view=differences`}>Line by line</Link>
                ) : null}
              </span>
            )
          }
        />
      )}
      {asked ? (
        <RevertDialog
          asked={asked}
          changes={changes}
          close={revert.close}
          done={(sentence) => {
            seen();
            revert.say(sentence);
          }}
        />
      ) : null}
    </section>
  );
}

const MOST_NAMED = 5;

function Moved({ moved, seen }: { moved: readonly string[]; seen: () => void }) {
  if (moved.length === 0) return null;
  const more = moved.length - MOST_NAMED;
  return (
    <Alert
      component="p"
      isInline
      variant="info"
      title="Somebody else has changed the draft since you opened this panel."
      actionLinks={
        <Button variant="link" isInline onClick={seen}>
          I have seen it
        </Button>
      }
    >
      <p>
        What is shown is the draft as it is now. It has moved in: {moved.slice(0, MOST_NAMED).join(', ')}
        {more > 0 ? ` and ${more} more` : ''}.
      </p>
    </Alert>
  );
}

/** What keeps the draft from becoming active, before it is tried. */
function Blocked({ blocking: { open, override } }: { blocking: Blocking }) {
  if (open.length + override.length === 0) return null;
  const errors = open.length === 1 ? '1 error keeps' : `${open.length} errors keep`;
  return (
    <Alert
      component="p"
      isInline
      variant={open.length > 0 ? 'danger' : 'warning'}
      title={
        open.length > 0
          ? `${errors} the draft from becoming active.`
          : `${override.length === 1 ? '1 error is' : `${override.length} errors are`} overridden.`
      }
    >
      <p>
        {open.length > 0
          ? 'Mend what is wrong, or override each error above that can be. Synchronise verifies once more.'
          : 'The draft becomes active in spite of what is wrong with it. The revision keeps which errors were overridden.'}
      </p>
    </Alert>
  );
}
