import './notification-method.css';
import { type EntryView, type TransportView, testNotification } from '@fallover/contract';
import { CLASS_WORDS, nodesOf } from '@fallover/events';
import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import { EntryForm } from '../../smit/definition/EntryForm.tsx';
import { useTopology } from '../../smit/definition/topology-queries.ts';
import { useLastKnown } from '../../smit/definition/use-last-known.ts';
import { Known } from '../../smit/Known.tsx';
import { METHOD_SPECS } from '../../smit/notification/method-specs.ts';
import { transportsQuery } from '../../smit/notification/queries.ts';
import { PanelFrame } from '../../smit/PanelFrame.tsx';
import { Permitted } from '../../smit/Permitted.tsx';
import { MethodEntries } from './MethodEntries.tsx';
import { PREVIEW, Preview } from './Preview.tsx';
import { Proof } from './Proof.tsx';
import type { About } from './queries.ts';

const ABOVE = '/smit/cm_remote_notification';
const WORDS = CLASS_WORDS.notification_method;

/** Adds a remote notification method, or changes the one that the URL names. */
export default function NotificationMethod() {
  const { name } = useParams();
  const known = useTopology('notification_method');
  const transports = useQuery(transportsQuery);
  const found = 'waitsFor' in known ? undefined : known.entries.find((other) => other.name === name);
  const entry = useLastKnown(name, found);
  const frame = {
    title: name ?? `Add a ${WORDS.one}`,
    fastPath: name === undefined ? 'cm_add_notification_method' : `cm_notification_method/${name}`,
    above: ABOVE,
  };
  if ('waitsFor' in known || !transports.data)
    return (
      <PanelFrame {...frame} commands={[]}>
        <Known query={'waitsFor' in known ? known.waitsFor : transports}>{() => null}</Known>
      </PanelFrame>
    );
  if (name !== undefined && !entry)
    return (
      <PanelFrame {...frame} commands={[]}>
        <p className="smit-empty">
          There is no {WORDS.one} {name}. <Link to={ABOVE}>All {WORDS.several}</Link>
        </p>
      </PanelFrame>
    );
  return <MethodForm key={name ?? ''} name={name} entry={entry} known={known} transports={transports.data} frame={frame} />;
}

interface MethodFormProps {
  name: string | undefined;
  entry: EntryView | undefined;
  known: Exclude<ReturnType<typeof useTopology>, { waitsFor: unknown }>;
  transports: readonly TransportView[];
  frame: { title: string; fastPath: string; above: string };
}

function MethodForm({ name, entry, known, transports, frame }: MethodFormProps) {
  const [about, setAbout] = useState<About>({});
  // Where a method is missing, a link brings its name along.
  const [search] = useSearchParams();
  return (
    <EntryForm
      entryClass="notification_method"
      specs={METHOD_SPECS}
      name={name === undefined ? { typed: search.get('name') ?? '' } : { fixed: name }}
      entry={entry}
      among={known.among}
      liveNodes={known.liveNodes}
      nameLabel="Method Name"
      frame={frame}
      layout={(parts) => (
        <>
          <div className="smit-line">
            {name === undefined ? null : <Proof name={name} />}
            <Permitted needs={testNotification}>
              <Button variant="link" isInline className="method-to-preview" onClick={toPreview}>
                Preview and test
              </Button>
            </Permitted>
          </div>
          <MethodEntries
            parts={parts}
            about={about}
            transports={transports}
            nodes={nodesOf(known.among, known.liveNodes).sort()}
          />
        </>
      )}
      beside={(parts) => <Preview parts={parts} about={about} change={setAbout} />}
    />
  );
}

function toPreview(): void {
  const heading = document.getElementById(PREVIEW);
  heading?.scrollIntoView?.({ block: 'start' });
  heading?.focus({ preventScroll: true });
}
