/** What a function that can refuse its input returns: a value, or a fault that says what is wrong. */
export type Result<Value, Fault> = { ok: true; value: Value } | { ok: false; error: Fault };

export const ok = <Value>(value: Value): { ok: true; value: Value } => ({ ok: true, value });
export const err = <Fault>(error: Fault): { ok: false; error: Fault } => ({ ok: false, error });
