import { type CustomEventView, changeCustomEvent } from '@fallover/contract';
import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { Label } from '@patternfly/react-core/dist/dynamic/components/Label';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table/dist/dynamic/components/Table';
import { useQuery } from '@tanstack/react-query';
import { Fragment } from 'react';
import { Link, useNavigate } from 'react-router';
import { customEventsQuery } from '../../live/queries.ts';
import { Known } from '../../smit/Known.tsx';
import { PanelFrame } from '../../smit/PanelFrame.tsx';
import { Pathname } from '../../smit/Pathname.tsx';
import { Permitted } from '../../smit/Permitted.tsx';

export default function CustomEvents() {
  const navigate = useNavigate();
  const query = useQuery(customEventsQuery);
  return (
    <PanelFrame
      title="Configure Pre/Post-Event Commands"
      fastPath="cm_custom_events"
      lead="Custom events: scripts with a name. An event runs them before or after its command, where it lists them."
      commands={['fallover query event']}
    >
      <Permitted needs={changeCustomEvent}>
        <p>
          <Button variant="secondary" size="sm" onClick={() => void navigate('/smit/cm_add_custom_event')}>
            Add a custom event
          </Button>
        </p>
      </Permitted>
      <Known query={query}>
        {(customEvents) =>
          customEvents.length === 0 ? (
            <p className="smit-empty">
              No custom event is defined yet. Add one, then list it as a pre- or post-event of a{' '}
              <Link to="/smit/cm_events">pre-defined event</Link>.
            </p>
          ) : (
            <CustomEventTable customEvents={customEvents} />
          )
        }
      </Known>
    </PanelFrame>
  );
}

function CustomEventTable({ customEvents }: { customEvents: CustomEventView[] }) {
  return (
    <Table role="table" variant="compact" aria-label="Custom events" gridBreakPoint="grid-lg">
      <Thead>
        <Tr>
          <Th width={20}>Name</Th>
          <Th width={25}>Description</Th>
          <Th width={30}>Script</Th>
          <Th>Used by</Th>
          <Th>State</Th>
        </Tr>
      </Thead>
      <Tbody>
        {customEvents.map((customEvent) => {
          const { name, draft, active, usedBy } = customEvent;
          const fields = draft?.fields ?? active;
          return (
            <Tr key={name}>
              <Td dataLabel="Name">
                <Link to={`/smit/cm_custom_event/${encodeURIComponent(name)}`}>{name}</Link>
              </Td>
              <Td dataLabel="Description">{fields?.description?.cluster ?? ''}</Td>
              <Td dataLabel="Script">
                <Pathname>{String(fields?.script?.cluster ?? '')}</Pathname>
                {Object.keys(fields?.script?.nodes ?? {}).length > 0 ? (
                  <span className="smit-quiet"> differs by node</span>
                ) : null}
              </Td>
              <Td dataLabel="Used by">
                <span>
                  {usedBy.length === 0 ? <span className="smit-quiet">no event</span> : null}
                  {usedBy.map((event, index) => (
                    <Fragment key={event}>
                      {index > 0 ? ', ' : ''}
                      <Link to={`/smit/cm_event/${encodeURIComponent(event)}`}>{event}</Link>
                    </Fragment>
                  ))}
                </span>
              </Td>
              <Td dataLabel="State">
                <State customEvent={customEvent} />
              </Td>
            </Tr>
          );
        })}
      </Tbody>
    </Table>
  );
}

function State({ customEvent: { draft, synchronised } }: { customEvent: CustomEventView }) {
  if (synchronised)
    return (
      <Label isCompact status="success">
        synchronised
      </Label>
    );
  return (
    <Label isCompact status="warning">
      {draft ? 'not synchronised' : 'deleted, not synchronised'}
    </Label>
  );
}
