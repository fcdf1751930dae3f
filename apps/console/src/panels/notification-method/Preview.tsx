import { testNotification } from '@fallover/contract';
import { effectiveMethod, NOTIFICATION_MOMENTS, type NotificationMoment, type RemoteNotificationMethod } from '@fallover/events';
import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { FormSelect, FormSelectOption } from '@patternfly/react-core/dist/dynamic/components/FormSelect';
import { useState } from 'react';
import { Link } from 'react-router';
import { useForbidden } from '../../live/permission.ts';
import { useAction } from '../../live/use-action.ts';
import type { EntryFormParts } from '../../smit/definition/EntryForm.tsx';
import type { Fields } from '../../smit/definition/values.ts';
import { TestDialog } from '../../smit/notification/TestDialog.tsx';
import { costOf, recipientWords, shownText } from '../../smit/notification/words.ts';
import { ProblemDisplay } from '../../smit/ProblemDisplay.tsx';
import { eventOf, useMethodPreview } from './preview-faults.ts';
import { type About, typedMethod } from './queries.ts';

interface PreviewProps {
  parts: EntryFormParts;
  about: About;
  change: (about: About) => void;
}

/** Its heading: where the form is too narrow for it to stand beside, a button leads there. */
export const PREVIEW = 'method-preview';

/** What would be sent, with the values as they stand in the form, and the button that sends a test of just that. */
export function Preview({ parts, about, change }: PreviewProps) {
  const { definition, name } = parts;
  const forbidden = useForbidden(testNotification);
  const query = useMethodPreview(name, definition.fields, about);
  const [testing, setTesting] = useState<Fields>();
  const { events, when, transport } = effectiveMethod(name, definition.fields as RemoteNotificationMethod);
  const preview = query.data;
  if (forbidden)
    return (
      <section className="method-preview" aria-label="Preview">
        <h2>Preview</h2>
        <p className="smit-quiet">To see what would be sent {forbidden}.</p>
      </section>
    );
  const test = (): void => {
    const asked = definition.asked();
    if (asked) setTesting(asked.fields);
  };
  return (
    <section className="method-preview" aria-label="Preview">
      <div className="method-preview-head">
        <h2 id={PREVIEW} tabIndex={-1}>
          Preview
        </h2>
        <Button variant="secondary" size="sm" onClick={test}>
          Test Notification …
        </Button>
      </div>
      <div className="method-preview-about">
        {events.length > 1 ? (
          <FormSelect
            aria-label="Preview: cluster event"
            value={eventOf(about, events)}
            onChange={(_, event) => change({ ...about, event })}
          >
            {events.map((event) => (
              <FormSelectOption key={event} value={event} label={event} />
            ))}
          </FormSelect>
        ) : null}
        <FormSelect
          aria-label="Preview: moment"
          value={about.moment ?? preview?.moment ?? 'failure'}
          onChange={(_, moment) => change({ ...about, moment: moment as NotificationMoment })}
        >
          {NOTIFICATION_MOMENTS.map((moment) => (
            <FormSelectOption key={moment} value={moment} label={`at ${moment}`} />
          ))}
        </FormSelect>
      </div>
      {query.error ? <ProblemDisplay error={query.error} /> : null}
      {preview ? <Shown preview={preview} /> : query.error ? null : <p className="smit-quiet">Type a destination to see it.</p>}
      {testing ? (
        <TestTyped
          name={name}
          fields={testing}
          events={events}
          moments={when}
          recipients={preview?.recipients ?? []}
          // By the values themselves: the preview may still be on its way, and nothing is to be paid by accident.
          cost={costOf(transport)}
          close={() => setTesting(undefined)}
        />
      ) : null}
    </section>
  );
}

type Previewed = NonNullable<ReturnType<typeof useMethodPreview>['data']>;

function Shown({ preview }: { preview: Previewed }) {
  const { subject, text, recipients, measure, run, event, faults, warnings } = preview;
  const elsewhere = warnings.filter(({ field }) => field === undefined || !field.startsWith('settings.'));
  return (
    <>
      <figure className="notification-text">
        <figcaption>{shownText(subject)}</figcaption>
        <pre>{shownText(text)}</pre>
      </figure>
      {measure ? <p className={measure.segments > 1 ? 'smit-warning' : ''}>{measureWords(measure)}</p> : null}
      <dl className="smit-facts">
        <dt>To</dt>
        <dd>
          {recipients.length === 0 ? (
            <span className="smit-quiet">nobody yet</span>
          ) : (
            recipients.map((to) => (
              <span key={to} className="smit-path method-recipient">
                {recipientWords(to)}
              </span>
            ))
          )}
        </dd>
        <dt>With the data of</dt>
        <dd>
          {run === undefined ? (
            <>an example: no {event} has been processed yet</>
          ) : (
            <Link to={`/runs/${run}`}>the newest {event}</Link>
          )}
        </dd>
      </dl>
      {faults.length > 0 ? (
        <div className="method-preview-faults">
          <h3>Not complete yet</h3>
          <ul className="smit-sentences">
            {faults.map(({ field, sentence }) => (
              <li key={`${field} ${sentence}`}>{sentence}</li>
            ))}
          </ul>
        </div>
      ) : null}
      {elsewhere.map(({ sentence }) => (
        <p key={sentence} className="smit-warning">
          {sentence}
        </p>
      ))}
    </>
  );
}

/** `178 characters, 2 segments of 153, GSM 7-bit`. */
function measureWords({ characters, segments, perSegment, encoding }: NonNullable<Previewed['measure']>): string {
  const one = segments === 1;
  return `${characters} ${characters === 1 ? 'character' : 'characters'}, ${one ? '1 segment' : `${segments} segments`} of ${perSegment}, ${encoding}`;
}

interface TestTypedProps {
  name: string;
  fields: Fields;
  events: readonly string[];
  moments: readonly string[];
  recipients: readonly string[];
  cost: string | undefined;
  close: () => void;
}

/** With the values as they were typed when the button was pressed, saved or not. */
function TestTyped({ name, fields, ...dialog }: TestTypedProps) {
  const action = useAction(testNotification, ['notifications']);
  return (
    <TestDialog
      method={name === '' ? 'the new method' : name}
      says="With the values as they stand in the form, saved or not, by the same path as a real one."
      action={action}
      send={(about) => action.mutate({ body: { method: typedMethod(name, fields), ...about } })}
      {...dialog}
    />
  );
}
