import { CLASS_WORDS } from '@fallover/events';
import { Link, useParams, useSearchParams } from 'react-router';
import { CLASS_PANELS, type TopologyClass } from '../../smit/definition/class-panels.ts';
import { EntryForm } from '../../smit/definition/EntryForm.tsx';
import { CLUSTER_SPECS } from '../../smit/definition/specs.ts';
import { useTopology } from '../../smit/definition/topology-queries.ts';
import { useLastKnown } from '../../smit/definition/use-last-known.ts';
import { Known } from '../../smit/Known.tsx';
import { PanelFrame } from '../../smit/PanelFrame.tsx';

/** The panel that adds an entry of this class, or changes the one that the URL names. */
export function entryPanel(entryClass: TopologyClass) {
  return function EntryPanel() {
    const { name } = useParams();
    // Where an entry is missing, a link brings its name along.
    const [search] = useSearchParams();
    const known = useTopology(entryClass);
    const found = 'waitsFor' in known ? undefined : known.entries.find((other) => other.name === name);
    const entry = useLastKnown(name, found);
    const { one, add, list, nameLabel } = CLASS_PANELS[entryClass];
    const words = CLASS_WORDS[entryClass];
    const above = `/smit/${list}`;
    const frame = {
      title: name ?? `Add a ${words.one}`,
      fastPath: name === undefined ? add : `${one}/${name}`,
      above,
    };
    if ('waitsFor' in known)
      return (
        <PanelFrame {...frame} commands={[]}>
          <Known query={known.waitsFor}>{() => null}</Known>
        </PanelFrame>
      );
    if (name !== undefined && !entry)
      return (
        <PanelFrame {...frame} commands={[]}>
          <p className="smit-empty">
            There is no {words.one} {name}. <Link to={above}>All {words.several}</Link>
          </p>
        </PanelFrame>
      );
    return (
      <EntryForm
        key={name ?? ''}
        entryClass={entryClass}
        specs={CLUSTER_SPECS[entryClass]}
        name={name === undefined ? { typed: search.get('name') ?? '' } : { fixed: name }}
        entry={entry}
        among={known.among}
        liveNodes={known.liveNodes}
        nameLabel={nameLabel}
        frame={frame}
      />
    );
  };
}
