import './time-until-warning.css';
import { changeEventCustomization, type EventView } from '@fallover/contract';
import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { Checkbox } from '@patternfly/react-core/dist/dynamic/components/Checkbox';
import { SearchInput } from '@patternfly/react-core/dist/dynamic/components/SearchInput';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { eventsQuery } from '../../live/queries.ts';
import { useAction } from '../../live/use-action.ts';
import { CommandStatus } from '../../smit/CommandStatus.tsx';
import { Known } from '../../smit/Known.tsx';
import { PanelForm } from '../../smit/PanelForm.tsx';
import { PanelFrame } from '../../smit/PanelFrame.tsx';
import { useFilter } from '../../smit/use-filter.ts';
import { commandsOf, fieldsWith, type Row, rowOf, type Typed } from './rows.ts';

const TITLE = 'Change/Show Time Until Warning';
const FORM = 'time-until-warning';

/** The time until warning of every event: its default, what is configured, and what holds. */
export default function TimeUntilWarning() {
  const query = useQuery(eventsQuery);
  const [typed, setTyped] = useState<Record<string, Typed>>({});
  const [saved, setSaved] = useState(0);
  const [filter, change] = useFilter(['q', 'own'] as const);
  const action = useAction(changeEventCustomization, ['configuration', 'cluster']);
  const all = (query.data ?? []).map((event) => rowOf(event, typed[event.name]));
  const changed = all.filter((row) => row.changed);
  const ready = changed.length > 0 && changed.every(({ faults, movedOn }) => faults.length === 0 && !movedOn);
  const drop = (name: string): void =>
    setTyped((known) => Object.fromEntries(Object.entries(known).filter(([event]) => event !== name)));
  const save = async (): Promise<void> => {
    setSaved(0);
    // One after the other: the first that is refused stops, and what was typed for the others is still here.
    for (const { event, text } of changed) {
      const body = { revision: event.draft?.revision ?? 0, fields: fieldsWith(event, text) };
      await action.mutateAsync({ parameters: { event: event.name }, body });
      drop(event.name);
      setSaved((count) => count + 1);
    }
  };
  const submit = (): void => {
    // The command status shows what was refused.
    if (ready && !action.isPending) save().catch(() => undefined);
  };
  const words = (filter.q ?? '').toLowerCase();
  const shown = all.filter(
    (row) =>
      row.event.name.includes(words) && (filter.own !== 'yes' || row.own !== undefined || row.onNodes.length > 0 || row.changed),
  );
  return (
    <PanelFrame
      title={TITLE}
      fastPath="cm_time_until_warning"
      lead="Seconds until config_too_long warns that an event takes long. It is a warning; it ends nothing. Empty: the default."
      commands={changed.length > 0 ? commandsOf(changed) : ['fallover query event']}
      reset={() => {
        setTyped({});
        action.reset();
      }}
      enter={{
        label: 'Do: save in the draft',
        form: FORM,
        busy: action.isPending,
        disabled: !ready,
        needs: changeEventCustomization,
      }}
    >
      <div className="smit-filters">
        <SearchInput
          aria-label="Search events"
          placeholder="Event"
          value={filter.q ?? ''}
          onChange={(_, q) => change({ q })}
          onClear={() => change({ q: '' })}
        />
        <Checkbox
          id="only-own"
          label="only with an own value"
          isChecked={filter.own === 'yes'}
          onChange={(_, checked) => change({ own: checked ? 'yes' : '' })}
        />
      </div>
      <CommandStatus
        action={action}
        again={submit}
        done={
          <p>
            {saved === 1 ? 'One event is' : `${saved} events are`} saved in the draft. It holds once it is{' '}
            <Link to="/smit/cm_synchronise">synchronised</Link>.
          </p>
        }
      />
      <Known query={query}>
        {() =>
          shown.length === 0 ? (
            <p className="smit-empty">No event of {all.length} matches. Clear the search.</p>
          ) : (
            <PanelForm id={FORM} className="" aria-label={TITLE} submit={submit}>
              <Rows rows={shown} type={(event, next) => setTyped((known) => ({ ...known, [event]: next }))} drop={drop} />
            </PanelForm>
          )
        }
      </Known>
    </PanelFrame>
  );
}

interface RowsProps {
  rows: readonly Row[];
  type: (event: string, typed: Typed) => void;
  drop: (event: string) => void;
}

function Rows({ rows, type, drop }: RowsProps) {
  return (
    <table className="warning-times">
      <thead>
        <tr>
          <th scope="col">Event</th>
          <th scope="col">Default</th>
          <th scope="col">Own value</th>
          <th scope="col">Effective</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.event.name} className={row.changed ? 'warning-times-changed' : ''}>
            <th scope="row">
              <Link to={`/smit/cm_event/${encodeURIComponent(row.event.name)}`} className="smit-event-name">
                {row.event.name}
              </Link>{' '}
              <span className="smit-count">{row.event.slow ? 'slow' : 'fast'}</span>
            </th>
            <td data-label="Default">{row.event.defaultTimeUntilWarning}</td>
            <td>
              <OwnValue row={row} type={type} drop={drop} />
            </td>
            <td data-label="Effective">
              {row.effective === undefined ? '–' : `${row.effective} s`}
              {row.onNodes.map(([node, seconds]) => (
                <div key={node} className="smit-count">
                  {node}: {seconds} s
                </div>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function OwnValue({ row, type, drop }: { row: Row; type: RowsProps['type']; drop: RowsProps['drop'] }) {
  const { event, own, text, faults, movedOn } = row;
  const id = `time-${event.name}`;
  return (
    <div data-smit-field={id} data-smit-label={`Time Until Warning of ${event.name}`} data-smit-topic="timeUntilWarning">
      <input
        id={id}
        className="smit-find warning-times-entry"
        aria-label={`Time Until Warning of ${event.name}`}
        aria-describedby={`${id}-says`}
        aria-invalid={faults.length > 0}
        inputMode="numeric"
        autoComplete="off"
        placeholder={defaultWords(event)}
        value={text}
        onChange={({ target }) => type(event.name, { text: target.value, before: row.before })}
      />
      <div id={`${id}-says`} aria-live="polite">
        {faults.map((fault) => (
          <p key={fault} className="smit-fault">
            {fault}
          </p>
        ))}
        {movedOn ? (
          <p className="smit-warning">
            Somebody saved {own ?? 'the default'} meanwhile.{' '}
            <Button variant="link" isInline size="sm" onClick={() => type(event.name, { text, before: own })}>
              Keep mine
            </Button>{' '}
            <Button variant="link" isInline size="sm" onClick={() => drop(event.name)}>
              Take theirs
            </Button>
          </p>
        ) : null}
      </div>
    </div>
  );
}

const defaultWords = ({ defaultTimeUntilWarning }: EventView): string => `${defaultTimeUntilWarning} (default)`;
