import {
  type DueNotification,
  type EffectiveMethod,
  EXPIRES_AFTER_MS,
  failureSentence,
  findEvent,
  type Notification,
  type NotificationMoment,
  type RunState,
  statusOf,
} from '@fallover/events';
import { type ComposeContext, words } from './compose.ts';
import { isVerbatim } from './method-settings.ts';

/** About what a test or a preview speaks. */
export interface About {
  event?: string | undefined;
  args?: readonly string[] | undefined;
  moment?: NotificationMoment | undefined;
}

/** What a method would tell: of a past run where there is one, else of an example that is made up. */
export function exampleOf(
  method: EffectiveMethod,
  { event, args, moment }: About,
  { node, run, exampleRun }: { node: string; run?: RunState | undefined; exampleRun: string },
): { due: DueNotification; sentences: string[] } {
  const name = event ?? run?.plan.event ?? method.events[0] ?? 'node_down';
  const [pipeline] = Object.values(run?.pipelines ?? {});
  const chosen = moment ?? momentOf(run) ?? method.when[0] ?? 'failure';
  const status = chosen === 'failure' ? (run && statusOf(run) !== 0 ? statusOf(run) : 1) : undefined;
  const failure = run && failureSentence(run);
  return {
    due: {
      method,
      moment: chosen,
      run: run?.plan.id ?? exampleRun,
      event: name,
      args: args ?? (run && run.plan.event === name ? run.plan.args : exampleArguments(name, node)),
      node: pipeline?.planned.node ?? node,
      ...(status === undefined ? {} : { status }),
    },
    sentences: chosen === 'failure' ? [failure ?? `The event command of ${name} ended with status 1 on ${node}.`] : [],
  };
}

const momentOf = (run: RunState | undefined): NotificationMoment | undefined =>
  run?.outcome === undefined ? undefined : run.outcome === 'succeeded' ? 'success' : 'failure';

/** Words in place of the arguments that an event must have. */
const exampleArguments = (event: string, node: string): string[] =>
  (findEvent(event)?.arguments ?? [])
    .filter(({ required }) => required)
    .map(({ name, kind, choices }) => (kind === 'node' || kind === 'node_or_all' ? node : (choices?.[0] ?? name.toLowerCase())));

/** A test says in its first words that it is one, whatever else it says. */
export function testNotificationOf(
  method: EffectiveMethod,
  about: About,
  context: Pick<ComposeContext, 'cluster' | 'node' | 'document' | 'link'> & {
    id: string;
    at: string;
    run?: RunState | undefined;
    recipients: readonly string[];
    by: string;
  },
): Notification {
  const { node, run, id, at, by } = context;
  const { due, sentences } = exampleOf(method, about, { node, run, exampleRun: id });
  const { subject, text } = words(due, { ...context, drill: false, sentences, always: [] });
  return {
    id,
    method: method.name,
    moment: 'test',
    event: due.event,
    args: [...due.args],
    node: due.node,
    drill: false,
    at,
    expiresAt: new Date(Date.parse(at) + EXPIRES_AFTER_MS).toISOString(),
    severity: method.severity,
    subject: `TEST: ${subject}`,
    text: isVerbatim(method.transport) ? text : `TEST, sent by ${by}; nothing has happened. ${text}`,
    thread: id,
    state: 'waiting',
    nodes: [...method.nodes],
    recipients: context.recipients.map((to) => ({ to, state: 'waiting', attempts: [] })),
  };
}
