import type { AskedRequest, Evidence, JournalledRun, Violation } from './evidence.ts';
import { recordsOf } from './history.ts';

type Run = AskedRequest & { asked: { kind: 'run' } };
type Recover = AskedRequest & { asked: { kind: 'recover' } };

/** P1: each accepted event has one run, which has ended or was cancelled by a person's decision; nothing else has run. */
export function checkRequests(evidence: Evidence): Violation[] {
  const { requests, store } = evidence;
  return [
    ...requests.flatMap(answersOf),
    ...acceptedRuns(evidence),
    ...runsAskedFor(evidence),
    ...decisions(evidence),
    ...[...store.queue, ...(store.current === undefined ? [] : [store.current])].map(
      (run): Violation => ({ code: 'queue_not_empty', sentence: `Run ${run} is still in the store, and all should be over.` }),
    ),
  ];
}

const isRun = (request: AskedRequest): request is Run => request.asked.kind === 'run';
const isRecover = (request: AskedRequest): request is Recover => request.asked.kind === 'recover';
const acceptedAs = ({ answers }: AskedRequest): string | undefined => answers.find(({ status }) => status === 201)?.run;

function answersOf({ id, asked, answers }: AskedRequest): Violation[] {
  const [first, ...repeats] = answers.filter(({ status }) => status < 500);
  const failed = answers.find(({ status }) => status >= 500 || (asked.kind === 'run' && status !== 201));
  const other = repeats.find((answer) => JSON.stringify(answer) !== JSON.stringify(first));
  return [
    ...(failed
      ? [fault('request_failed', `Request ${id} (${asked.kind}) was answered ${failed.status} ${failed.code ?? ''}.`)]
      : []),
    ...(other
      ? [
          fault(
            'repeat_answered_otherwise',
            `Request ${id} was answered ${JSON.stringify(first)}, and its repeat ${JSON.stringify(other)}.`,
          ),
        ]
      : []),
  ];
}

function acceptedRuns({ requests, runs }: Evidence): Violation[] {
  const known = new Map(runs.map((run) => [run.row.id, run]));
  const cancelling = requests.filter(isRecover).filter(({ asked }) => asked.cancelQueue);
  return requests.filter(isRun).flatMap((request): Violation[] => {
    const run = acceptedAs(request);
    if (run === undefined) return [];
    const state = known.get(run)?.row.state;
    const what = `${request.asked.event} ${request.asked.args.join(' ')}, accepted as run ${run}`;
    if (state === undefined) return [fault('accepted_run_lost', `The event ${what}, is in no journal.`)];
    if (state === 'running' || state === 'awaiting_decision')
      return [fault('run_not_over', `The event ${what}, is still ${state}.`)];
    const mayHaveCancelled = ({ answers }: AskedRequest): boolean =>
      answers.length === 0 || answers.some(({ cancelled }) => cancelled?.includes(run));
    if (state === 'cancelled' && !cancelling.some(mayHaveCancelled))
      return [fault('cancelled_by_nobody', `The event ${what}, was cancelled, and nobody has decided so.`)];
    return [];
  });
}

/** Where a request had no answer, its run may be there or not; never two. */
function runsAskedFor({ requests, runs }: Evidence): Violation[] {
  const nameOf = (event: string, args: readonly string[]): string => [event, ...args].join(' ');
  const asked = new Map<string, number>();
  for (const { asked: run } of requests.filter(isRun)) {
    const name = nameOf(run.event, run.args);
    asked.set(name, (asked.get(name) ?? 0) + 1);
  }
  const there = new Map<string, string[]>();
  for (const { row } of runs)
    if (row.parent === undefined) {
      const name = nameOf(row.event, row.args);
      there.set(name, [...(there.get(name) ?? []), row.id]);
    }
  return [...there].flatMap(([name, ids]): Violation[] => {
    const times = asked.get(name) ?? 0;
    if (ids.length <= times) return [];
    if (times === 0)
      return [fault('run_nobody_asked_for', `The event ${name} ran as ${ids.join(', ')}, and nobody asked for it.`)];
    const sentence = `The event ${name} was asked for ${times === 1 ? 'once' : `${times} times`} and has ${ids.length} runs: ${ids.join(', ')}.`;
    return [fault('run_twice', sentence)];
  });
}

function decisions({ requests, runs }: Evidence): Violation[] {
  const recovers = requests.filter(isRecover);
  return runs.flatMap((run: JournalledRun): Violation[] => {
    const { id } = run.row;
    const decided = recordsOf(run, 'decided').length;
    const ofRun = recovers.filter(({ asked }) => asked.run === id);
    const accepted = ofRun.filter(({ answers }) => answers.some(({ status }) => status === 200)).length;
    const unknown = ofRun.filter(({ answers }) => answers.length === 0).length;
    const counts = `${accepted} decisions were accepted, and the journal has ${decided}`;
    if (decided < accepted) return [fault('decision_lost', `On run ${id} ${counts}.`)];
    if (decided > accepted + unknown) return [fault('decision_twice', `On run ${id} ${counts}.`)];
    return [];
  });
}

const fault = (code: Violation['code'], sentence: string): Violation => ({ code, sentence });
