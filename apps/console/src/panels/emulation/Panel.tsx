import type { Emulation, EventView } from '@fallover/contract';
import { Alert } from '@patternfly/react-core/dist/dynamic/components/Alert';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import { Link } from 'react-router';
import { clusterQuery, configurationQuery, entriesQuery, eventsQuery } from '../../live/queries.ts';
import { Known } from '../../smit/Known.tsx';
import { PanelForm } from '../../smit/PanelForm.tsx';
import { PanelFrame } from '../../smit/PanelFrame.tsx';
import { ProblemDisplay } from '../../smit/ProblemDisplay.tsx';
import { faultsAt } from '../../smit/problems.ts';
import { emulateWords, eventSearch, nodeDiesWords } from '../../smit/run-event/arguments.ts';
import { EventAndArguments } from '../../smit/run-event/EventAndArguments.tsx';
import { Preview } from '../../smit/run-event/Preview.tsx';
import { nodeDeathQuery, previewQuery } from '../../smit/run-event/queries.ts';
import { useEventArguments } from '../../smit/run-event/use-event-arguments.ts';
import { commandLine } from '../../smit/shell-words.ts';
import { useFilter } from '../../smit/use-filter.ts';
import { ConfigurationField, MembersField, NodeField, WhatField } from './Fields.tsx';
import { type What, whatOf } from './what.ts';

const LEAD =
  'Shows who would run what, with which arguments, in which order and past which barriers. Nothing is run, and nobody is notified.';

export default function EventEmulation() {
  const events = useQuery(eventsQuery);
  const cluster = useQuery(clusterQuery);
  if (events.data && cluster.data) return <EmulationForm events={events.data} members={cluster.data.nodes} />;
  return (
    <PanelFrame title="Event Emulation" fastPath="cm_event_emulation" commands={[]} lead={LEAD}>
      <Known query={events}>{() => null}</Known>
    </PanelFrame>
  );
}

const FILTER = ['what', 'dies', 'nodes', 'configuration'] as const;

function EmulationForm({ events, members }: { events: EventView[]; members: string[] }) {
  const [filter, change] = useFilter(FILTER);
  const changes = useQuery(configurationQuery).data?.changes.length ?? 0;
  const defined = (useQuery(entriesQuery('node')).data ?? []).map(({ name }) => name);
  const known = [...new Set([...members, ...defined])].sort();
  const what = whatOf(filter.what);
  const nodes = (filter.nodes ?? '').split(',').filter((node) => known.includes(node));
  const draft = filter.configuration === 'draft';
  const entered = useEventArguments(events, known);
  const { name, args } = entered;
  const dies = filter.dies ?? (known.length === 1 ? known[0] : undefined) ?? '';
  const isComplete = what === 'dies' ? dies !== '' : entered.complete;
  const supposed = { draft, nodes };
  const ofEvent = useQuery({
    ...previewQuery(name, useDeferredValue(args), { ...supposed, happens: what === 'happens' }),
    enabled: isComplete && what !== 'dies',
  });
  const ofDeath = useQuery({ ...nodeDeathQuery(dies, supposed), enabled: isComplete && what === 'dies' });
  const query = what === 'dies' ? ofDeath : ofEvent;
  const faultsOf = (...fields: string[]): string[] => (isComplete ? faultsAt(query.error, ...fields) : []);
  const shownFields = ['node', 'nodes', ...entered.list.flatMap(({ name }, index) => [name, `args.${index}`])];
  return (
    <PanelFrame
      title="Event Emulation"
      fastPath="cm_event_emulation"
      lead={LEAD}
      commands={commandsOf(what, isComplete || entered.event !== undefined, { name, args, dies, nodes, draft })}
      reset={() => {
        entered.reset();
        change({ what: '', dies: '', nodes: '', configuration: '' });
      }}
    >
      <PanelForm aria-label="What is emulated">
        <WhatField what={what} choose={(next) => change({ what: next === 'happens' ? '' : next })} />
        {what === 'dies' ? (
          <NodeField nodes={known} value={dies} faults={faultsOf('node')} choose={(next) => change({ dies: next })} />
        ) : (
          <EventAndArguments
            events={events}
            nodes={known}
            entered={entered}
            faultsOf={(argument, index) => faultsOf(argument, `args.${index}`)}
            draft={draft}
          />
        )}
        {known.length > 1 ? (
          <MembersField
            known={known}
            chosen={nodes}
            faults={faultsOf('nodes')}
            choose={(next) => change({ nodes: next.join(',') })}
          />
        ) : null}
        <ConfigurationField changes={changes} draft={draft} choose={(next) => change({ configuration: next ? 'draft' : '' })} />
      </PanelForm>
      {isComplete ? null : (
        <p className="smit-empty">
          {what === 'dies' ? 'Choose the node.' : 'Fill in what is marked * to see what would be run.'}
        </p>
      )}
      {isComplete && query.isError ? (
        <ProblemDisplay error={query.error} shownFields={shownFields} again={() => void query.refetch()} />
      ) : null}
      {isComplete && query.data && !query.isError ? (
        <Answer plan={query.data} what={what} dies={dies} event={name} args={args} draft={draft} />
      ) : null}
    </PanelFrame>
  );
}

function commandsOf(
  what: What,
  isKnown: boolean,
  { name, args, dies, nodes, draft }: { name: string; args: string[]; dies: string; nodes: string[]; draft: boolean },
): string[] {
  if (!isKnown) return [];
  const words =
    what === 'dies' ? nodeDiesWords(dies, { draft, nodes }) : emulateWords(name, args, { draft, nodes, byHand: what === 'run' });
  return [commandLine(words)];
}

interface AnswerProps {
  plan: Emulation;
  what: What;
  dies: string;
  event: string;
  args: string[];
  draft: boolean;
}

function Answer({ plan, what, dies, event, args, draft }: AnswerProps) {
  const by = draft ? 'by the draft' : 'by the active configuration';
  const title = what === 'dies' ? `What follows if node ${dies} dies now, ${by}` : `What would be run, ${by}`;
  return (
    <>
      {plan.destructiveReason ? (
        <Alert component="p" isInline variant="info" title={`Run for real: ${plan.destructiveReason}`} />
      ) : null}
      <Preview plan={plan} event={plan.event ?? event} title={title} />
      {what === 'dies' && !draft ? (
        <p>
          <Link to="/smit/cm_fencing">Fencing</Link>
        </p>
      ) : (
        <p>
          {draft ? (
            <Link to="/smit/cm_synchronise">Synchronise the draft</Link>
          ) : (
            <Link to={`/smit/cm_run_event?${eventSearch(event, args)}`}>Run this event</Link>
          )}
        </p>
      )}
    </>
  );
}
