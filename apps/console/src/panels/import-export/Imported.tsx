import type { importConfiguration } from '@fallover/contract';
import { Alert } from '@patternfly/react-core/dist/dynamic/components/Alert';
import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import type { Reply } from '../../api.ts';
import { ChangesView } from '../../smit/definition/ChangesView.tsx';
import { FORMATS } from './formats.ts';

/** What a file would change in the draft, or has changed; and what of it the configuration cannot hold. */
export function Imported({
  result: { format, whole, saved, count, changes, notes },
}: {
  result: Reply<typeof importConfiguration>;
}) {
  const here = useRef<HTMLElement>(null);
  // It stands below the form that asked for it, often out of sight.
  useEffect(() => {
    here.current?.scrollIntoView?.({ block: saved ? 'nearest' : 'start' });
  }, [saved]);
  return (
    <section ref={here} aria-label={saved ? 'What was changed in the draft' : 'What would change in the draft'}>
      <h2 className="exchange-title">{saved ? 'What was changed in the draft' : 'What would change in the draft'}</h2>
      <p className="smit-quiet">
        Read as {FORMATS[format].label}, {whole ? 'the whole configuration' : 'a part of the configuration'}.
      </p>
      {notes.length > 0 ? (
        <Alert
          component="p"
          isInline
          variant="warning"
          title={notes.length === 1 ? '1 thing to know' : `${notes.length} things to know`}
        >
          <ul className="smit-sentences exchange-notes">
            {notes.map(({ code, line, sentence }, index) => (
              <li key={`${code} ${line ?? ''} ${index}`}>{sentence}</li>
            ))}
          </ul>
        </Alert>
      ) : null}
      {count === 0 ? (
        <p className="smit-empty">Nothing: the draft says all of it already.</p>
      ) : (
        <ChangesView
          label="Changes in the draft"
          changes={changes}
          before="Draft"
          after={saved ? 'Draft now' : 'After it'}
          linked={saved}
        />
      )}
      {saved ? (
        <p>
          <Link to="/smit/cm_synchronise">Verify and synchronise</Link>
        </p>
      ) : null}
    </section>
  );
}
