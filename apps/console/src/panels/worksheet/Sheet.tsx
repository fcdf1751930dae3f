import type { CustomEventView, EventView } from '@fallover/contract';
import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { Label } from '@patternfly/react-core/dist/dynamic/components/Label';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { Fields } from '../../smit/definition/values.ts';
import { EventChoice } from '../../smit/run-event/EventChoice.tsx';
import { customEventLines, customised, eventLines, FIELD_1, FIELD_4, type Line } from './lines.ts';
import { PanelForm } from '../../smit/PanelForm.tsx';

export interface SheetProps {
  cluster: string;
  nodes: readonly string[];
  /** Nothing: what holds for all nodes. */
  node: string | undefined;
  events: readonly EventView[];
  customEvents: readonly CustomEventView[];
}

/** One sheet of the worksheet on the screen: what is filled in, and where it comes from. */
export function Sheet({ cluster, nodes, node, events, customEvents }: SheetProps) {
  const navigate = useNavigate();
  const [chosen, setChosen] = useState('');
  const found = customised(events);
  const formOf = (event: string): string =>
    `/smit/cm_worksheet/${encodeURIComponent(event)}${node === undefined ? '' : `?node=${encodeURIComponent(node)}`}`;
  return (
    <div className="worksheet">
      <p className="worksheet-line">
        <Numbered {...FIELD_1} /> <strong>{cluster}</strong>
      </p>
      <CustomEvents nodes={nodes} node={node} customEvents={customEvents.filter(({ draft }) => draft)} />
      <section aria-labelledby="worksheet-events">
        <h2 id="worksheet-events">Customised events</h2>
        {found.length === 0 ? <Beginning customEvents={customEvents.length} /> : null}
        {found.map((event) => (
          <EventGrid key={event.name} event={event} nodes={nodes} node={node} form={formOf(event.name)} />
        ))}
        <PanelForm
          className="smit-form worksheet-begin"
          aria-label="Customise an event"
          submit={() => {
            if (chosen !== '') void navigate(formOf(chosen));
          }}
        >
          <EventChoice events={events} value="" choose={setChosen} />
          <Button type="submit" variant="secondary" size="sm" isDisabled={chosen === ''}>
            Fill in its fields
          </Button>
        </PanelForm>
      </section>
    </div>
  );
}

function Beginning({ customEvents }: { customEvents: number }) {
  return (
    <div className="smit-empty">
      <p>Nothing is customised yet: every event runs its own command and nothing else. To begin:</p>
      <ol className="smit-sentences">
        {customEvents === 0 ? (
          <li>
            Where a script of yours is to run before or after an event,{' '}
            <Link to="/smit/cm_add_custom_event">add it as a custom event</Link> (fields 2 and 3).
          </li>
        ) : null}
        <li>
          Choose an event below, or <Link to="/smit/cm_events">look for it in the catalogue</Link> (field 4).
        </li>
        <li>Fill in only what is to be different, and see how each command will be called (fields 5 to 13).</li>
        <li>
          <Link to="/smit/cm_synchronise">Synchronise</Link>: from then on it holds.
        </li>
      </ol>
    </div>
  );
}

function CustomEvents({ nodes, node, customEvents }: Pick<SheetProps, 'nodes' | 'node' | 'customEvents'>) {
  return (
    <section aria-labelledby="worksheet-custom-events">
      <h2 id="worksheet-custom-events">Custom events</h2>
      {customEvents.length === 0 ? (
        <p className="smit-quiet">
          None is defined. <Link to="/smit/cm_add_custom_event">Add a custom event</Link>
        </p>
      ) : (
        <>
          {customEvents.map(({ name, draft }) => (
            <table key={name} className="worksheet-grid" aria-label={`Custom event ${name}`}>
              <caption>
                <span className="worksheet-line">
                  <Link className="smit-event-name" to={`/smit/cm_custom_event/${encodeURIComponent(name)}`}>
                    {name}
                  </Link>
                </span>
              </caption>
              <Head node={node} />
              <tbody>
                {customEventLines((draft?.fields ?? {}) as Fields, nodes, node).map((line) => (
                  <GridLine key={line.field} line={line} node={node} />
                ))}
              </tbody>
            </table>
          ))}
          <p>
            <Link to="/smit/cm_add_custom_event">Add a custom event</Link>
          </p>
        </>
      )}
    </section>
  );
}

interface EventGridProps extends Pick<SheetProps, 'nodes' | 'node'> {
  event: EventView;
  form: string;
}

function EventGrid({ event, nodes, node, form }: EventGridProps) {
  const lines = eventLines(event, nodes, node).filter(
    ({ field, value, differsOn }) => value !== undefined || differsOn.length > 0 || field === 'timeUntilWarning',
  );
  return (
    <table className="worksheet-grid" aria-label={`Event ${event.name}`}>
      <caption>
        <span className="worksheet-line">
          <Numbered {...FIELD_4} />{' '}
          <Link className="smit-event-name" to={form}>
            {event.name}
          </Link>{' '}
          {event.synchronised ? null : (
            <Label isCompact status="warning">
              not synchronised
            </Label>
          )}
        </span>
      </caption>
      <Head node={node} />
      <tbody>
        {lines.map((line) => (
          <GridLine
            key={line.field}
            line={line}
            node={node}
            standard={line.field === 'timeUntilWarning' ? String(event.defaultTimeUntilWarning) : undefined}
          />
        ))}
      </tbody>
    </table>
  );
}

function Head({ node }: Pick<SheetProps, 'node'>) {
  return (
    <>
      <colgroup>
        <col className="worksheet-field-column" />
        <col />
        <col className="worksheet-from-column" />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">{node === undefined ? 'Value' : `Value on ${node}`}</th>
          <th scope="col">Comes from</th>
        </tr>
      </thead>
    </>
  );
}

function GridLine({ line, node, standard }: { line: Line; node: string | undefined; standard?: string | undefined }) {
  const { number, label, value, nodeOnly, differsOn } = line;
  return (
    <tr>
      <th scope="row">
        <Numbered number={number} label={label} />
      </th>
      <td className="smit-path">
        {value ?? <span className="smit-quiet">{standard ?? 'nothing'}</span>}
        {value !== undefined && line.field === 'timeUntilWarning' ? ' s' : standard && value === undefined ? ' s' : ''}
      </td>
      <td className="worksheet-from">
        {value === undefined && standard ? 'default' : nodeOnly ? `${node} only` : 'cluster-wide'}
        {differsOn.length > 0 ? `; ${differsOn.join(', ')} ${differsOn.length === 1 ? 'differs' : 'differ'}` : ''}
      </td>
    </tr>
  );
}

/** A field with its number on the worksheet; what is not on it has none. */
export function Numbered({ number, label }: { number: number | undefined; label: string }) {
  return (
    <span className="worksheet-field">
      <span className="worksheet-number">{number}</span> <span>{label}</span>
    </span>
  );
}
