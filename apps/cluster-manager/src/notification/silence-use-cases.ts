import type { SilenceView } from '@fallover/contract';
import { err, findEvent, ok, type Silence } from '@fallover/events';
import type { UseCases } from '../http/use-cases.ts';
import { CHANGED_MEANWHILE } from '../runs/refusals.ts';
import { refusal } from './faults.ts';
import type { NotificationUseCaseParts } from './parts.ts';

type SilenceUseCases = Pick<UseCases, 'listSilences' | 'addSilence' | 'endSilence'>;

/** Of the newest notifications so many are looked at to count what a silence has kept back. */
const COUNTED = 2_000;

/** What keeps notifications back for a while. */
export function silenceUseCases(parts: NotificationUseCaseParts): SilenceUseCases {
  const { store, outbox, wall, now, newId, changed } = parts;
  const viewOf = (silence: Silence, kept: number): SilenceView => ({
    ...silence,
    active: Date.parse(silence.until) > wall(),
    kept,
  });

  return {
    async listSilences() {
      const silences = await store.silences();
      const newest = silences.length === 0 ? [] : await store.notifications({ limit: COUNTED });
      const views = silences.map((silence) => viewOf(silence, newest.filter((one) => one.silence === silence.id).length));
      return ok({ silences: views.sort((a, b) => Number(b.active) - Number(a.active) || (a.at < b.at ? 1 : -1)) });
    },

    async addSilence({ body: { method, event, minutes, reason } }, { principal, request }) {
      if (event !== undefined && !findEvent(event))
        return err(refusal({ code: 'silence_of_nothing', what: 'event', name: event }));
      if (method !== undefined && !(await isMethod(method)))
        return err(refusal({ code: 'silence_of_nothing', what: 'remote notification method', name: method }));
      const silence: Silence = {
        id: newId(),
        ...(method === undefined ? {} : { method }),
        ...(event === undefined ? {} : { event }),
        reason,
        by: principal.name,
        at: now(),
        until: new Date(wall() + minutes * 60_000).toISOString(),
      };
      const reply = { silence: viewOf(silence, 0) };
      const written = await store.saveSilence(request, silence, { status: 201, body: JSON.stringify(reply) });
      if (written.outcome === 'repeated') return { repeated: written.answer };
      if (written.outcome === 'changed_meanwhile') return err(CHANGED_MEANWHILE);
      outbox.wake();
      changed();
      return ok(reply);
    },

    async endSilence({ parameters: { silence: id } }, { request }) {
      const found = (await store.silences()).find((one) => one.id === id);
      if (!found || Date.parse(found.until) <= wall()) return err(refusal({ code: 'silence_not_found', id }));
      const written = await store.saveSilence(request, { ...found, until: now() }, { status: 204, body: '' });
      if (written.outcome === 'repeated') return { repeated: written.answer };
      if (written.outcome === 'changed_meanwhile') return err(CHANGED_MEANWHILE);
      outbox.wake();
      changed();
      return ok(undefined);
    },
  };

  async function isMethod(name: string): Promise<boolean> {
    const documents = [await parts.draft(), await parts.active()];
    return documents.some(({ document }) =>
      document.entries.some((one) => one.class === 'notification_method' && one.name === name),
    );
  }
}
