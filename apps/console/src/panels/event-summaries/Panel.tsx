import './event-summaries.css';
import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { FormSelect, FormSelectOption } from '@patternfly/react-core/dist/dynamic/components/FormSelect';
import { TextInput } from '@patternfly/react-core/dist/dynamic/components/TextInput';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useDeferredValue, useRef } from 'react';
import { Link, useLocation, useNavigate, useSearchParams } from 'react-router';
import { nodesQuery, sessionQuery } from '../../live/queries.ts';
import { Known } from '../../smit/Known.tsx';
import { ALL_NODES, NodeChoice } from '../../smit/nodes/NodeChoice.tsx';
import { Unanswered } from '../../smit/nodes/Unanswered.tsx';
import { PanelFrame } from '../../smit/PanelFrame.tsx';
import { commandLine } from '../../smit/shell-words.ts';
import { useFilter } from '../../smit/use-filter.ts';
import { BroughtSummaries } from './BroughtSummaries.tsx';
import { type ShownSummary, SUMMARY_OUTCOMES, type SummaryFilter } from './filter.ts';
import { LogContext } from './LogContext.tsx';
import { saveUrl, summariesQuery } from './queries.ts';
import { Summary, visibleLines } from './Summary.tsx';
import { useBroughtFiles } from './use-brought-files.ts';

const DAYS = [1, 7, 30, 365];

export default function EventSummaries() {
  const [inUrl, change] = useFilter(['event', 'outcome', 'node', 'about', 'text', 'days', 'since', 'until'] as const);
  const { since, until, about, ...asked } = inUrl;
  const own = useQuery(sessionQuery).data?.node;
  const isAlone = useQuery(nodesQuery).data?.length === 1;
  const filter: SummaryFilter = {
    ...asked,
    since,
    until,
    node: (asked.node ?? own) === ALL_NODES ? undefined : (asked.node ?? own),
    days: Math.min(3650, Math.max(1, Math.trunc(Number(inUrl.days)) || 7)),
    outcome: SUMMARY_OUTCOMES.find((one) => one === inUrl.outcome),
  };
  const files = useBroughtFiles();
  const chooser = useRef<HTMLInputElement>(null);
  const { brought } = files;
  const [search] = useSearchParams();
  const inLog = search.has('file') && !brought;
  return (
    <PanelFrame
      title="View Event Summaries"
      fastPath="cm_event_summaries"
      lead="Compiled from hacmp.out: one block for each event that the cluster manager initiated. Times are those of the node's own clock."
      commands={summaryCommands(isAlone ? { ...filter, node: undefined } : filter)}
    >
      {inLog ? null : (
        <>
          <div className="smit-filters">
            <Text label="Event" value={filter.event} change={(event) => change({ event })} />
            {brought ? (
              <Text label="Node" value={about} change={(about) => change({ about })} />
            ) : (
              <NodeChoice orAll value={asked.node} change={(node) => change({ node })} />
            )}
            <Text label="Text" value={filter.text} change={(text) => change({ text })} />
            <FormSelect aria-label="Outcome" value={filter.outcome ?? ''} onChange={(_, outcome) => change({ outcome })}>
              <FormSelectOption value="" label="every outcome" />
              {SUMMARY_OUTCOMES.map((one) => (
                <FormSelectOption key={one} value={one} label={one} />
              ))}
            </FormSelect>
            {brought ? null : (
              <FormSelect
                aria-label="Days"
                value={String(filter.days)}
                onChange={(_, days) => change({ days: days === '7' ? '' : days })}
              >
                {[...new Set([...DAYS, filter.days])].map((days) => (
                  <FormSelectOption
                    key={days}
                    value={String(days)}
                    label={days === 1 ? 'the last day' : `the last ${days} days`}
                  />
                ))}
              </FormSelect>
            )}
            <Time label="from" value={since} change={(since) => change({ since })} />
            <Time label="until" value={until} change={(until) => change({ until })} />
          </div>
          <p className="summaries-file">
            <Button variant="secondary" size="sm" onClick={() => chooser.current?.click()}>
              Open a hacmp.out …
            </Button>
            <input
              ref={chooser}
              type="file"
              multiple
              hidden
              aria-label="Files of one log"
              onChange={({ target }) => {
                files.open([...(target.files ?? [])]);
                target.value = '';
              }}
            />
            <span className="smit-count">
              or drop one here, from AIX too: it is read in this browser, and neither sent nor kept.
            </span>
          </p>
        </>
      )}
      {files.over ? <p className="summaries-drop">Drop it to compile its event summaries.</p> : null}
      {brought ? (
        <BroughtSummaries brought={brought} filter={{ ...filter, node: about }} times={{ since, until }} close={files.close} />
      ) : (
        <OfTheCluster filter={filter} />
      )}
    </PanelFrame>
  );
}

function OfTheCluster({ filter }: { filter: SummaryFilter }) {
  const query = useQuery(summariesQuery(useDeferredValue(filter)));
  const [search, setSearch] = useSearchParams();
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const file = search.get('file');
  if (file !== null)
    return (
      <LogContext
        file={file}
        searchOn={search.get('search') ?? undefined}
        node={search.get('on') ?? undefined}
        offset={Number(search.get('at')) || 0}
        close={() => {
          // The place was come to from the list, mostly: then Back is what closing means.
          if (window.history.state?.idx > 0) void navigate(-1);
          else setSearch(without(search), { replace: true });
        }}
      />
    );
  const placeUrl = (summary: ShownSummary, searchOn?: string): string => {
    const place = new URLSearchParams(without(search));
    place.set('file', summary.file);
    if (summary.node !== undefined) place.set('on', summary.node);
    if (searchOn === undefined) place.set('at', String(summary.offset));
    else place.set('search', searchOn);
    return `${pathname}?${place}`;
  };
  return (
    <Known query={query}>
      {({ summaries, found, resourceGroups, unanswered = [] }) => (
        <>
          <Unanswered nodes={unanswered} what="its event summaries" />
          {summaries.length === 0 ? (
            <p className="smit-empty">
              No event summary matches in these days{onWords(filter.node)}. Widen the filter, or{' '}
              <Link to="/smit/cm_run_event">run an event</Link>.
            </p>
          ) : (
            <Count shown={summaries.length} found={found}>
              <Button component="a" variant="link" isInline href={saveUrl(filter)} download="event-summaries.txt">
                Save to file
              </Button>
            </Count>
          )}
          {summaries.map((summary) => (
            <Summary key={`${summary.node} ${summary.file} ${summary.offset}`} summary={summary} placeUrl={placeUrl} />
          ))}
          {resourceGroups.trim() === '' ? null : (
            <section aria-label="Resource groups">
              <h2>Resource groups</h2>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard */}
              <pre className="smit-command summary-groups" tabIndex={0}>
                {visibleLines(resourceGroups)}
              </pre>
            </section>
          )}
        </>
      )}
    </Known>
  );
}

const onWords = (node: string | undefined): string => (node === undefined ? ' on any node' : ` on ${node}`);

function Count({ shown, found, children }: { shown: number; found: number; children: ReactNode }) {
  return (
    <p className="summaries-file">
      <span className="smit-count" aria-live="polite">
        {found === shown ? (found === 1 ? '1 summary' : `${found} summaries`) : `the newest ${shown} of ${found} summaries`}
      </span>
      {children}
    </p>
  );
}

function without(search: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams(search);
  for (const name of ['file', 'on', 'at', 'search']) next.delete(name);
  return next;
}

interface FilterEntryProps {
  label: string;
  value: string | undefined;
  change: (value: string) => void;
}

function Text({ label, value, change }: FilterEntryProps) {
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

function Time({ label, value, change }: FilterEntryProps) {
  return (
    <span className="summaries-time">
      <label htmlFor={`time-${label}`} className="smit-count">
        {label}
      </label>
      <TextInput id={`time-${label}`} type="datetime-local" value={value ?? ''} onChange={(_, next) => change(next)} />
    </span>
  );
}

function summaryCommands({ days, event, node, outcome, text, since, until }: SummaryFilter): string[] {
  const words = [
    'fallover',
    'summaries',
    '--days',
    String(days),
    ...(event ? ['--event', event] : []),
    ...(node ? ['--node', node] : []),
  ];
  return [
    commandLine(words),
    ...(outcome || text || since || until
      ? ['# fallover summaries does not choose by outcome, text or times; the console does.']
      : []),
  ];
}
