import './event-summaries.css';
import type { EventSummaryView } from '@fallover/contract';
import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { ExpandableSection } from '@patternfly/react-core/dist/dynamic/components/ExpandableSection';
import { FormSelect, FormSelectOption } from '@patternfly/react-core/dist/dynamic/components/FormSelect';
import { Label } from '@patternfly/react-core/dist/dynamic/components/Label';
import { TextInput } from '@patternfly/react-core/dist/dynamic/components/TextInput';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { Link } from 'react-router';
import { visible } from '../../smit/ansi.ts';
import { Known } from '../../smit/Known.tsx';
import { PanelFrame } from '../../smit/PanelFrame.tsx';
import { commandLine } from '../../smit/shell-words.ts';
import { useFilter } from '../../smit/use-filter.ts';
import { SUMMARY_OUTCOMES, type SummaryFilter, saveUrl, summariesQuery } from './queries.ts';

const DAYS = [1, 7, 30, 365];

export default function EventSummaries() {
  const [inUrl, change] = useFilter(['event', 'outcome', 'node', 'text', 'days'] as const);
  const filter: SummaryFilter = {
    ...inUrl,
    days: Math.min(3650, Math.max(1, Math.trunc(Number(inUrl.days)) || 7)),
    outcome: SUMMARY_OUTCOMES.find((one) => one === inUrl.outcome),
  };
  const query = useQuery(summariesQuery(useDeferredValue(filter)));
  return (
    <PanelFrame
      title="View Event Summaries"
      fastPath="cm_event_summaries"
      lead="Compiled from hacmp.out: one block for each event that the cluster manager initiated."
      commands={summaryCommands(filter)}
    >
      <div className="smit-filters">
        <Text label="Event" value={filter.event} change={(event) => change({ event })} />
        <Text label="Node" value={filter.node} change={(node) => change({ node })} />
        <Text label="Text" value={filter.text} change={(text) => change({ text })} />
        <FormSelect aria-label="Outcome" value={filter.outcome ?? ''} onChange={(_, outcome) => change({ outcome })}>
          <FormSelectOption value="" label="every outcome" />
          {SUMMARY_OUTCOMES.map((one) => (
            <FormSelectOption key={one} value={one} label={one} />
          ))}
        </FormSelect>
        <FormSelect
          aria-label="Days"
          value={String(filter.days)}
          onChange={(_, days) => change({ days: days === '7' ? '' : days })}
        >
          {[...new Set([...DAYS, filter.days])].map((days) => (
            <FormSelectOption key={days} value={String(days)} label={days === 1 ? 'the last day' : `the last ${days} days`} />
          ))}
        </FormSelect>
        <Button component="a" variant="secondary" size="sm" href={saveUrl(filter)} download="event-summaries.txt">
          Save to file
        </Button>
      </div>
      <Known query={query}>
        {({ summaries, found, resourceGroups }) => (
          <>
            {summaries.length === 0 ? (
              <p className="smit-empty">
                No event summary matches in these days. Widen the filter, or <Link to="/smit/cm_run_event">run an event</Link>.
              </p>
            ) : (
              <p className="smit-count" aria-live="polite">
                {found === summaries.length ? `${found} summaries` : `the newest ${summaries.length} of ${found} summaries`}
              </p>
            )}
            {summaries.map((summary) => (
              <Summary key={`${summary.node} ${summary.file} ${summary.offset}`} summary={summary} />
            ))}
            {resourceGroups.trim() === '' ? null : (
              <section aria-label="Resource groups">
                <h2>Resource groups</h2>
                <pre className="smit-command">{visibleLines(resourceGroups)}</pre>
              </section>
            )}
          </>
        )}
      </Known>
    </PanelFrame>
  );
}

function Text({ label, value, change }: { label: string; value: string | undefined; change: (value: string) => void }) {
  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder={label}
      value={value ?? ''}
      onChange={(_, next) => change(next)}
      autoComplete="off"
      spellCheck={false}
    />
  );
}

const STATUSES = { succeeded: 'success', failed: 'danger', unknown: 'warning' } as const;

function Summary({ summary }: { summary: EventSummaryView }) {
  const [shown, setShown] = useState(false);
  const { actions, event, node, outcome, startTime, endTime, status } = summary;
  return (
    <article className="summary" aria-label={`${event}, ${startTime}`}>
      <header className="summary-head">
        <strong className="smit-event-name">{visible(event)}</strong>
        <Label isCompact status={STATUSES[outcome]}>
          {outcome}
          {status === undefined || status === 0 ? '' : ` · status ${status}`}
        </Label>
        <span className="smit-quiet">
          {node} · {fromTo(startTime, endTime)}
        </span>
      </header>
      {actions.length > 0 ? (
        <table className="summary-actions">
          <thead>
            <tr>
              <th scope="col">Action</th>
              <th scope="col">Resource</th>
              <th scope="col">Script Name</th>
            </tr>
          </thead>
          <tbody>
            {actions.map((action, index) => (
              <tr key={index}>
                <td>{visible(action.action)}</td>
                <td>{visible(action.resource)}</td>
                <td>{visible(action.scriptName)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      <ExpandableSection toggleText="As it stands in the log" isExpanded={shown} onToggle={(_, expanded) => setShown(expanded)}>
        <p className="smit-help">
          {summary.file}, from byte {summary.offset}
        </p>
        <pre className="smit-command">{visibleLines(summary.text)}</pre>
      </ExpandableSection>
    </article>
  );
}

/** The node's own time, as the log has it; the day is said once. */
function fromTo(start: string, end: string | undefined): string {
  const [day, time] = start.split('T');
  const [endDay, endTime] = end?.split('T') ?? [];
  const whole = time === undefined ? start : `${day} ${time}`;
  if (end === undefined) return whole;
  return `${whole} – ${endTime === undefined ? end : endDay === day ? endTime : `${endDay} ${endTime}`}`;
}

const visibleLines = (text: string): string => text.split(/\r?\n/).map(visible).join('\n');

function summaryCommands({ days, event, node, outcome, text }: SummaryFilter): string[] {
  const words = [
    'fallover',
    'summaries',
    '--days',
    String(days),
    ...(event ? ['--event', event] : []),
    ...(node ? ['--node', node] : []),
  ];
  return [commandLine(words), ...(outcome || text ? ['# Outcome and text are filtered in the console only.'] : [])];
}
