import type { NotificationMethodView, TransportView } from '@fallover/contract';
import {
  type DefinitionDocument,
  type EffectiveMethod,
  effectiveMethod,
  err,
  findEvent,
  type InputFault,
  isPending,
  ok,
  type RemoteNotificationMethod,
  type Result,
  unknownEvent,
} from '@fallover/events';
import { TRANSPORTS, type Transport } from '@fallover/notify';
import type { Refusal, UseCases } from '../http/use-cases.ts';
import { words } from './compose.ts';
import { refusal, worded } from './faults.ts';
import { exampleOf, testNotificationOf } from './make-test.ts';
import { isPaid, type ReadyMethod, readMethod } from './method-settings.ts';
import { clusterOf, linkTo, type NotificationUseCaseParts } from './parts.ts';
import { isStale } from './self-test.ts';
import { settingsOf } from './setting-schemas.ts';

type MethodUseCases = Pick<
  UseCases,
  | 'listNotificationTransports'
  | 'listNotificationMethods'
  | 'previewNotification'
  | 'testNotification'
  | 'testNotificationMethod'
  | 'watchNotificationTest'
>;

interface Typed {
  name: string;
  fields: RemoteNotificationMethod;
}

/** The methods, what they would send, and their tests. */
export function methodUseCases(parts: NotificationUseCaseParts): MethodUseCases {
  const { node, cluster, secrets, outbox, tests } = parts;
  const transports = TRANSPORTS.map(viewOfTransport);

  /** Every fault of a method as typed, by the rules of the definition and by those of its transport. */
  function read({ name, fields }: Typed, document: DefinitionDocument): Result<ReadyMethod, InputFault[]> {
    const method = effectiveMethod(name, fields);
    const ready = readMethod(method, node, secrets);
    const { faults } = parts.check({ class: 'notification_method', name, fields }, document.entries);
    const all = [...faults, ...(ready.ok ? [] : ready.error)];
    const once = all.filter(
      (one, index) => all.findIndex(({ code, field }) => code === one.code && field === one.field) === index,
    );
    return once.length === 0 && ready.ok ? ready : err(once);
  }

  async function test(
    typed: Typed,
    document: DefinitionDocument,
    about: {
      event?: string | undefined;
      args?: string[] | undefined;
      run?: string | undefined;
      moment?: EffectiveMethod['when'][number] | undefined;
    },
    by: string,
  ): Promise<Result<{ test: string }, Refusal>> {
    if (about.event !== undefined && !findEvent(about.event))
      return err(refusal({ code: 'method_not_usable', faults: [unknownEvent(about.event)] }));
    const ready = read(typed, document);
    if (!ready.ok) return err(refusal({ code: 'method_not_usable', faults: ready.error }));
    const method = effectiveMethod(typed.name, typed.fields);
    const run = parts.pastRun(about.event ?? method.events[0], about.run);
    if (about.run !== undefined && !run) return err(refusal({ code: 'run_unknown', run: about.run }));
    const notification = testNotificationOf(method, about, {
      id: `${parts.newId()}.test.${typed.name}`,
      at: parts.now(),
      by,
      node,
      cluster,
      document,
      run,
      recipients: ready.value.recipients,
      link: run && linkTo(document, run.plan.id),
    });
    const started = tests.start({ notification, method, of: clusterOf(document), paid: isPaid(method.transport) });
    if (!started.ok) return err(refusal({ code: 'too_many_tests', ...started.error }));
    return ok({ test: started.value.id });
  }

  return {
    listNotificationTransports: async () => ok({ transports }),

    async listNotificationMethods() {
      const now = parts.wall();
      const pending = outbox.pending().filter(isPending);
      const methods = (await parts.entries()).map((entry): NotificationMethodView => {
        const fields = (entry.draft?.fields ?? entry.active ?? {}) as RemoteNotificationMethod;
        const method = effectiveMethod(entry.name, fields);
        const ready = readMethod(method, node, secrets);
        const proof = outbox.proofs().get(entry.name);
        const failed =
          proof?.failed && !(proof.delivered !== undefined && proof.delivered > proof.failed.at) ? proof.failed : undefined;
        return {
          ...entry,
          ...(method.transport === undefined ? {} : { transport: method.transport }),
          recipients: ready.ok ? ready.value.recipients.filter((to) => to !== '') : [],
          ...(proof?.delivered === undefined ? {} : { lastProven: proof.delivered }),
          stale: isStale(method, proof, now),
          ...(failed ? { lastFailure: failed } : {}),
          waiting: pending.filter((one) => one.method === entry.name).length,
        };
      });
      return ok({ methods });
    },

    async previewNotification({ body: { method: typed, event, args, run: asked, moment } }) {
      const { document } = await parts.draft();
      const fields = typed.fields as RemoteNotificationMethod;
      const method = effectiveMethod(typed.name, fields);
      const ready = read({ name: typed.name, fields }, document);
      const run = parts.pastRun(event ?? method.events[0], asked);
      const example = exampleOf(method, { event, args, moment }, { node, run, exampleRun: EXAMPLE_RUN });
      const { subject, text } = words(example.due, {
        cluster,
        node,
        document,
        drill: false,
        at: run ? run.plan.acceptedAt : parts.now(),
        sentences: example.sentences,
        always: [],
        link: linkTo(document, run?.plan.id ?? EXAMPLE_RUN),
      });
      const lacking = ready.ok
        ? await ready.value.transport.checkNode?.(ready.value.settings, clusterOf(document).heartbeatDevices)
        : undefined;
      const measure = ready.ok ? ready.value.transport.measure?.(text, ready.value.settings) : undefined;
      return ok({
        ...(method.transport === undefined ? {} : { transport: method.transport }),
        recipients: ready.ok ? ready.value.recipients.filter((to) => to !== '') : [],
        event: example.due.event,
        ...(run ? { run: run.plan.id } : {}),
        moment: example.due.moment,
        subject,
        text,
        ...(measure ? { measure } : {}),
        faults: ready.ok ? [] : ready.error.map(worded),
        warnings: lacking ? [{ code: lacking.code, field: 'settings', sentence: `On node ${node}: ${lacking.sentence}` }] : [],
      });
    },

    async testNotification({ body: { method, ...about } }, { principal }) {
      const { document } = await parts.draft();
      return test({ name: method.name, fields: method.fields as RemoteNotificationMethod }, document, about, principal.name);
    },

    async testNotificationMethod({ parameters: { name }, body: about }, { principal }) {
      const [draft, active] = [await parts.draft(), await parts.active()];
      for (const { document } of [draft, active]) {
        const entry = document.entries.find((one) => one.class === 'notification_method' && one.name === name);
        if (entry) return test({ name, fields: entry.fields as RemoteNotificationMethod }, document, about, principal.name);
      }
      return err(refusal({ code: 'method_not_found', name }));
    },

    async watchNotificationTest({ parameters: { test: id } }, _context, stream) {
      const running = tests.get(id);
      if (!running) return err(refusal({ code: 'test_not_found', id }));
      let shown = Number(stream.lastEventId ?? 0) || 0;
      const show = (): void => {
        for (const line of running.lines.slice(shown)) {
          shown += 1;
          stream.send({ event: 'line', data: line, id: String(shown) });
        }
        if (!running.end) return;
        stream.send({ event: 'end', data: running.end });
        stream.end();
      };
      running.listeners.add(show);
      stream.signal.addEventListener('abort', () => running.listeners.delete(show), { once: true });
      show();
      return ok(undefined);
    },
  };
}

const EXAMPLE_RUN = '00000000-0000-7000-8000-000000000000';

/** The form of a transport, as data. */
const viewOfTransport = (transport: Transport): TransportView => ({
  kind: transport.kind,
  title: transport.title,
  description: transport.description,
  contact: transport.contact,
  settings: settingsOf(transport) as TransportView['settings'],
  measured: transport.measure !== undefined,
});
