import type { getScript } from '@fallover/contract';
import { CLASS_WORDS } from '@fallover/events';
import { Link } from 'react-router';
import type { Reply } from '../../api.ts';
import { Copy } from '../../smit/Copy.tsx';
import { Pathname } from '../../smit/Pathname.tsx';
import { EntryState } from '../../smit/definition/EntryState.tsx';
import { entryPath } from '../../smit/definition/entry-path.ts';
import { LAID_DOWN } from '../../smit/script/laid-down.ts';

/** Where the script is, whether its file is as it should be, and which commands it is. */
export function ScriptFacts({ script }: { script: Reply<typeof getScript> }) {
  const { path, laidDown, usedBy } = script;
  return (
    <dl className="smit-facts">
      <dt>Full pathname</dt>
      <dd>
        <Pathname>{path}</Pathname> <Copy text={path} what="full pathname" />
      </dd>
      <dt>State</dt>
      <dd>
        <EntryState entry={script} />{' '}
        <span className={LAID_DOWN[laidDown].wrong ? 'smit-fault' : 'smit-quiet'}>{LAID_DOWN[laidDown].sentence}</span>
      </dd>
      <dt>Used by</dt>
      <dd>
        {usedBy.length === 0 ? <span className="smit-quiet">nothing yet: give the full pathname to a command</span> : null}
        {usedBy.map((user, index) => (
          <span key={`${user.class} ${user.name}`}>
            {index > 0 ? ', ' : ''}
            {CLASS_WORDS[user.class].one} <Link to={entryPath(user)}>{user.name}</Link>
          </span>
        ))}
      </dd>
    </dl>
  );
}
