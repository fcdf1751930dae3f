import { type EntryChangeView, type getChanges, revertChanges } from '@fallover/contract';
import { CLASS_WORDS, labelOf } from '@fallover/events';
import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { useState } from 'react';
import type { Reply } from '../../api.ts';
import { useAction } from '../../live/use-action.ts';
import { ConfirmDialog } from '../../smit/ConfirmDialog.tsx';
import { changesWords, countOf, valueText } from '../../smit/definition/changes.ts';
import { Permitted } from '../../smit/Permitted.tsx';
import { ProblemDisplay } from '../../smit/ProblemDisplay.tsx';
import { revertLine } from './revert-line.ts';

type Change = Reply<typeof getChanges>['changes'][number];
type Value = EntryChangeView['values'][number];

/** What is to be taken back: a value, an entry, or everything. */
export type Asked = { kind: 'value'; change: Change; value: Value } | { kind: 'entry'; change: Change } | { kind: 'all' };

export function RevertDialog({
  asked,
  changes,
  close,
  done,
}: {
  asked: Asked;
  changes: readonly Change[];
  close: () => void;
  done: (sentence: string) => void;
}) {
  const action = useAction(revertChanges, ['configuration', 'cluster']);
  // The entry as the draft has it now: after a refusal it is asked for again with what somebody else has made of it.
  const now = asked.kind === 'all' ? undefined : changes.find((one) => isSame(one, asked.change));
  const gone = asked.kind === 'value' ? valueIn(now, asked.value) === undefined : asked.kind === 'entry' && now === undefined;
  const body =
    asked.kind === 'all'
      ? changes.map(({ class: entryClass, name, revision }) => ({ class: entryClass, name, revision }))
      : [{ ...refOf(now ?? asked.change), ...(asked.kind === 'value' ? placeOf(asked.value) : {}) }];
  // Only once the draft is read anew: what is shown behind the dialog is then what was asked for.
  const run = (): void =>
    action.mutate(
      { body: { changes: body } },
      {
        onSuccess({ count }) {
          done(`${doneWords(asked)} ${count === 0 ? 'The draft is what is active.' : `${changesWords(count)} left.`}`);
          close();
        },
      },
    );
  return (
    <ConfirmDialog
      title={titleOf(asked)}
      confirm="Revert in the draft"
      danger
      busy={action.isPending}
      disabled={gone || body.length === 0}
      close={close}
      run={run}
    >
      <div className="smit-stack">
        <Said asked={asked} now={now} changes={changes} />
        {gone ? <p className="smit-warning">The draft does not have this change any more.</p> : null}
        <pre className="smit-command">{revertLine(asked.kind === 'all' ? {} : asked)}</pre>
        {action.error ? <ProblemDisplay error={action.error} /> : null}
      </div>
    </ConfirmDialog>
  );
}

function Said({ asked, now, changes }: { asked: Asked; now: Change | undefined; changes: readonly Change[] }) {
  if (asked.kind === 'all')
    return (
      <p>
        This takes back {changesWords(countOf(changes))} in {changes.length === 1 ? '1 entry' : `${changes.length} entries`}: the
        draft is then what is active. What is lost cannot be brought back.
      </p>
    );
  if (asked.kind === 'entry') {
    const { kind } = asked.change;
    return (
      <p>
        {kind === 'added'
          ? 'It is not active, so it is deleted from the draft.'
          : kind === 'deleted'
            ? 'It comes back into the draft as it is active.'
            : `It is then in the draft as it is active. This takes back ${changesWords(countOf([now ?? asked.change]))}.`}
      </p>
    );
  }
  const { field } = asked.value;
  const value = valueIn(now, asked.value) ?? asked.value;
  return (
    <dl className="smit-facts">
      <dt>In the draft</dt>
      <dd>{valueText(field, value.after) || '(empty)'}</dd>
      <dt>Then again, as active</dt>
      <dd>{valueText(field, value.before) || '(empty)'}</dd>
    </dl>
  );
}

export function RevertButton({ asked, ask }: { asked: Asked; ask: (asked: Asked) => void }) {
  return (
    <Permitted needs={revertChanges}>
      <Button variant="link" isInline size="sm" aria-label={buttonLabel(asked)} onClick={() => ask(asked)}>
        {asked.kind === 'value' ? 'Revert' : asked.kind === 'entry' ? 'Revert entry' : 'Revert all'}
      </Button>
    </Permitted>
  );
}

/** Which change is asked about, and what was said when it was taken back. */
export function useRevert() {
  const [asked, setAsked] = useState<Asked>();
  const [said, setSaid] = useState<string>();
  return {
    asked,
    said,
    ask(next: Asked): void {
      setSaid(undefined);
      setAsked(next);
    },
    close: () => setAsked(undefined),
    say: setSaid,
  };
}

const isSame = (one: Change, other: Change): boolean => one.class === other.class && one.name === other.name;
const valueIn = (change: Change | undefined, { field, node }: Value): Value | undefined =>
  change?.values.find((one) => one.field === field && one.node === node);
const refOf = ({ class: entryClass, name, revision }: Change) => ({ class: entryClass, name, revision });
const placeOf = ({ field, node }: Value) => ({ field, ...(node === undefined ? {} : { node }) });

const entryWords = ({ class: entryClass, name }: Change): string => `${CLASS_WORDS[entryClass].one} ${name}`;
const valueWords = ({ change, value: { field, node } }: { change: Change; value: Value }): string =>
  `${labelOf(field)} of ${change.name}${node === undefined ? '' : ` on ${node}`}`;

function titleOf(asked: Asked): string {
  if (asked.kind === 'all') return 'Revert all changes?';
  return asked.kind === 'entry' ? `Revert the ${entryWords(asked.change)}?` : `Revert ${valueWords(asked)}?`;
}

function buttonLabel(asked: Asked): string {
  if (asked.kind === 'all') return 'Revert all changes';
  return asked.kind === 'entry' ? `Revert entry: ${entryWords(asked.change)}` : `Revert ${valueWords(asked)}`;
}

function doneWords(asked: Asked): string {
  if (asked.kind === 'all') return 'All changes are reverted.';
  return asked.kind === 'entry' ? `The ${entryWords(asked.change)} is reverted.` : `${valueWords(asked)} is reverted.`;
}
