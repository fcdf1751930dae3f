import type { CustomEventView, EventView } from '@fallover/contract';
import type { Fields } from '../../smit/definition/values.ts';
import { customEventLines, customised, eventLines, FIELD_1, FIELD_4, type Line } from './lines.ts';
import { Numbered } from './Sheet.tsx';

interface PaperProps {
  cluster: string;
  nodes: readonly string[];
  /** The nodes that get a sheet. */
  sheets: readonly string[];
  events: readonly EventView[];
  customEvents: readonly CustomEventView[];
}

/** The worksheet as on paper: ruled, one sheet a node, all thirteen fields, those to be filled in by hand too. */
export function Paper({ cluster, nodes, sheets, events, customEvents }: PaperProps) {
  const found = customised(events);
  const defined = customEvents.filter(({ draft }) => draft);
  return (
    <div className="worksheet-paper">
      {sheets.map((node, index) => (
        <article key={node} className="worksheet-page" aria-label={`Worksheet of ${node}`}>
          <header>
            <h2>Cluster Event Worksheet</h2>
            <p>
              Node <strong>{node}</strong> · sheet {index + 1} of {sheets.length}
            </p>
          </header>
          <dl className="worksheet-block">
            <Ruled {...FIELD_1} value={cluster} />
          </dl>
          {defined.map(({ name, draft }) => (
            <dl key={name} className="worksheet-block" aria-label={`Custom event ${name}`}>
              <Ruled number={undefined} label="Custom event" value={name} />
              {customEventLines((draft?.fields ?? {}) as Fields, nodes, node).map((line) => (
                <Ruled key={line.field} {...ruled(line, node)} />
              ))}
            </dl>
          ))}
          {defined.length === 0 ? (
            <dl className="worksheet-block" aria-label="Custom event, not filled in">
              {customEventLines({}, nodes, node).map((line) => (
                <Ruled key={line.field} {...ruled(line, node)} />
              ))}
            </dl>
          ) : null}
          {found.map((event) => (
            <dl key={event.name} className="worksheet-block" aria-label={`Event ${event.name}`}>
              <Ruled {...FIELD_4} value={event.name} />
              {onPaper(eventLines(event, nodes, node)).map((line) => (
                <Ruled key={line.field} {...ruled(line, node, event.defaultTimeUntilWarning)} />
              ))}
            </dl>
          ))}
          {found.length === 0 ? (
            <dl className="worksheet-block" aria-label="Event, not filled in">
              <Ruled {...FIELD_4} value="" />
              {onPaper(eventLines(NO_EVENT, nodes, node)).map((line) => (
                <Ruled key={line.field} {...ruled(line, node)} />
              ))}
            </dl>
          ) : null}
        </article>
      ))}
    </div>
  );
}

const NO_EVENT = {} as EventView;

/** The thirteen, and what is set beside them. */
const onPaper = (lines: Line[]): Line[] => lines.filter(({ number, value }) => number !== undefined || value !== undefined);

const ruled = ({ field, number, label, value, nodeOnly }: Line, node: string, seconds?: number) => ({
  number,
  label,
  value: value ?? (field === 'timeUntilWarning' && seconds !== undefined ? String(seconds) : ''),
  remark:
    field === 'timeUntilWarning' && value === undefined && seconds !== undefined
      ? 'seconds, the default'
      : [field === 'timeUntilWarning' && value !== undefined ? 'seconds' : '', nodeOnly ? `${node} only` : '']
          .filter((part) => part !== '')
          .join(', '),
});

interface RuledProps {
  number: number | undefined;
  label: string;
  value: string;
  remark?: string;
}

function Ruled({ number, label, value, remark = '' }: RuledProps) {
  return (
    <div className="worksheet-ruled">
      <dt>
        <Numbered number={number} label={label} />
      </dt>
      <dd>
        {value} {remark === '' ? null : <span className="worksheet-remark">{remark}</span>}
      </dd>
    </div>
  );
}
