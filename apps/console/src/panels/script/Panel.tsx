import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearchParams } from 'react-router';
import { scriptsQuery } from '../../live/queries.ts';
import { useLastKnown } from '../../smit/definition/use-last-known.ts';
import { Known } from '../../smit/Known.tsx';
import { PanelFrame } from '../../smit/PanelFrame.tsx';
import { LibraryOff } from '../../smit/script/LibraryOff.tsx';
import { scriptQuery } from './queries.ts';
import { ScriptPanel } from './ScriptPanel.tsx';

const ABOVE = '/smit/cm_script_library';

/** Adds a script to the library, or changes the one that the URL names. */
export default function Script() {
  const { name } = useParams();
  const [search] = useSearchParams();
  const library = useQuery(scriptsQuery);
  const script = useQuery({ ...scriptQuery(name ?? ''), enabled: name !== undefined });
  const known = useLastKnown(name, script.data);
  if (library.data?.enabled && name === undefined)
    return <ScriptPanel taken={library.data.scripts.map((one) => one.name)} proposed={search.get('name') ?? ''} />;
  if (library.data && known) return <ScriptPanel key={name} script={known} off={!library.data.enabled} />;
  return (
    <PanelFrame
      title={name ?? 'Add a library script'}
      fastPath={name === undefined ? 'cm_add_script' : `cm_script/${name}`}
      commands={[]}
      above={ABOVE}
    >
      {script.data === null ? (
        <p className="smit-empty">
          There is no library script {name}. <Link to={ABOVE}>The script library</Link>
        </p>
      ) : library.data && name === undefined ? (
        <LibraryOff />
      ) : (
        <Known query={(library.data ? script : library) as typeof library}>{() => null}</Known>
      )}
    </PanelFrame>
  );
}
