import type { Result as EventsResult } from '@fallover/events';

/** The same as in the events package, whose type it is; its code is not loaded, so that `call-event` starts fast. */
export type Result<Value, Fault> = EventsResult<Value, Fault>;
export const ok = <Value>(value: Value): { ok: true; value: Value } => ({ ok: true, value });
export const err = <Fault>(error: Fault): { ok: false; error: Fault } => ({ ok: false, error });
