import { deleteEntry, type EntryView } from '@fallover/contract';
import { CLASS_WORDS, classWord } from '@fallover/events';
import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { useForbidden } from '../../live/permission.ts';
import { useAction } from '../../live/use-action.ts';
import { ConfirmDialog } from '../ConfirmDialog.tsx';
import { ProblemDisplay } from '../ProblemDisplay.tsx';
import { commandLine } from '../shell-words.ts';
import { entryPath } from './entry-path.ts';

interface DeleteEntryProps {
  entry: EntryView;
  revision: number;
  /** Where its list is. */
  above: string;
}

/** Deletes an entry from the draft, after a question. While another entry names it, the question says which. */
export function DeleteEntry({ entry, revision, above }: DeleteEntryProps) {
  const { class: entryClass, name, usedBy } = entry;
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const action = useAction(deleteEntry, ['configuration', 'cluster'], () => void navigate(above));
  const forbidden = useForbidden(deleteEntry);
  const close = (): void => {
    setAsking(false);
    action.reset();
  };
  if (forbidden) return null;
  return (
    <p>
      <Button variant="link" isDanger isInline onClick={() => setAsking(true)}>
        Delete this {CLASS_WORDS[entryClass].one}
      </Button>
      {asking ? (
        <ConfirmDialog
          title={`Delete ${name}?`}
          confirm="Delete from the draft"
          danger
          busy={action.isPending}
          disabled={usedBy.length > 0}
          close={close}
          run={() => action.mutate({ parameters: { class: entryClass, name }, query: { revision } })}
        >
          {usedBy.length > 0 ? (
            <>
              <p>It cannot be deleted while it is named. Take it out there first:</p>
              <ul className="smit-sentences">
                {usedBy.map((user) => (
                  <li key={`${user.class} ${user.name}`}>
                    {CLASS_WORDS[user.class].one} <Link to={entryPath(user)}>{user.name}</Link>
                  </li>
                ))}
              </ul>
            </>
          ) : (
            <>
              <p>It is deleted from the draft; what is active stays until you synchronise.</p>
              <pre className="smit-command">{commandLine(['fallover', 'delete', classWord(entryClass), name])}</pre>
            </>
          )}
          {action.error ? <ProblemDisplay error={action.error} /> : null}
        </ConfirmDialog>
      ) : null}
    </p>
  );
}
