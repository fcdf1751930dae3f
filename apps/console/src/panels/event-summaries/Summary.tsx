import { ExpandableSection } from '@patternfly/react-core/dist/dynamic/components/ExpandableSection';
import { Label } from '@patternfly/react-core/dist/dynamic/components/Label';
import { useState } from 'react';
import { Link } from 'react-router';
import { visible } from '../../smit/ansi.ts';
import { duration } from '../../smit/times.ts';
import { dateAndTime, durationOf, type ShownSummary } from './filter.ts';

const STATUSES = { succeeded: 'success', failed: 'danger', unknown: 'warning' } as const;

interface SummaryProps {
  summary: ShownSummary;
  /** Where a place of the log is shown; missing for a file that is not kept. */
  placeUrl?: ((summary: ShownSummary, searchOn?: string) => string) | undefined;
}

export function Summary({ summary, placeUrl }: SummaryProps) {
  const [shown, setShown] = useState(false);
  const { actions, event, node, outcome, startTime = '', endTime, status } = summary;
  const ms = durationOf(summary);
  return (
    <article className="summary" aria-label={`${event}, ${startTime}`}>
      <header className="summary-head">
        <strong className="smit-event-name">{visible(event)}</strong>
        <Label isCompact status={STATUSES[outcome]}>
          {outcome}
          {status === undefined || status === 0 ? '' : ` · status ${status}`}
        </Label>
        <span className="smit-quiet">
          {node ? `${node} · ` : ''}
          {startTime === '' ? (endTime ? `until ${dateAndTime(endTime)}` : 'time not known') : dateAndTime(startTime)}
          {ms === undefined ? '' : ` · ${ms === 0 ? 'less than 1 s' : duration(ms)}`}
        </span>
        {placeUrl ? (
          <Link className="summary-place" to={placeUrl(summary)}>
            In hacmp.out
          </Link>
        ) : null}
      </header>
      {actions.length > 0 ? (
        <table className="summary-actions">
          <thead>
            <tr>
              <th scope="col">Action</th>
              <th scope="col">Resource</th>
              <th scope="col">Script Name</th>
              {placeUrl ? <th scope="col">Search on</th> : null}
            </tr>
          </thead>
          <tbody>
            {actions.map((action, index) => (
              <tr key={index}>
                <td>{visible(action.action)}</td>
                <td>{visible(action.resource)}</td>
                <td>{visible(action.scriptName)}</td>
                {placeUrl ? (
                  <td>
                    {action.searchOn ? <Link to={placeUrl(summary, action.searchOn)}>{visible(action.searchOn)}</Link> : '–'}
                  </td>
                ) : null}
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <p className="smit-count">No resources changed as a result of this event.</p>
      )}
      <ExpandableSection toggleText="As it stands in the log" isExpanded={shown} onToggle={(_, expanded) => setShown(expanded)}>
        <p className="smit-help">
          {summary.file}, from byte {summary.offset}
        </p>
        <pre className="smit-command">{visibleLines(summary.text)}</pre>
      </ExpandableSection>
    </article>
  );
}

export const visibleLines = (text: string): string => text.split(/\r?\n/).map(visible).join('\n');
