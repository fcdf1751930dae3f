import type { ComponentProps } from 'react';
import { Known } from '../Known.tsx';
import { PanelFrame } from '../PanelFrame.tsx';
import { EntryForm } from './EntryForm.tsx';
import type { FieldSpec } from './specs.ts';
import { useTopology } from './topology-queries.ts';
import { useLastKnown } from './use-last-known.ts';

/** Some fields of the cluster's one entry; each panel has its own and leaves the others as they are. */
export function ClusterSettings({
  frame,
  specs,
}: {
  frame: ComponentProps<typeof EntryForm>['frame'];
  specs: readonly FieldSpec[];
}) {
  const known = useTopology('cluster');
  const found = 'waitsFor' in known ? undefined : known.entries.find(({ name }) => name === known.cluster);
  const entry = useLastKnown('waitsFor' in known ? undefined : known.cluster, found);
  if ('waitsFor' in known)
    return (
      <PanelFrame {...frame} commands={[]}>
        <Known query={known.waitsFor}>{() => null}</Known>
      </PanelFrame>
    );
  return (
    <EntryForm
      entryClass="cluster"
      specs={specs}
      name={{ fixed: known.cluster }}
      entry={entry}
      among={known.among}
      liveNodes={known.liveNodes}
      frame={frame}
    />
  );
}
