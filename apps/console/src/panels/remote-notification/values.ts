import type { NotificationMethodView } from '@fallover/contract';

/** The values of a field, as the draft has it, else as it is active. */
export function valuesOf({ draft, active }: Pick<NotificationMethodView, 'draft' | 'active'>, field: string): string[] {
  const value = (draft?.fields ?? active)?.[field]?.cluster;
  return value === undefined ? [] : [value].flat().map(String);
}

/** The moments at which a method tells, unless it says. */
export const USUAL_MOMENTS: readonly string[] = ['success', 'failure', 'warning'];

export function momentsOf(method: Pick<NotificationMethodView, 'draft' | 'active'>): readonly string[] {
  const when = valuesOf(method, 'when');
  return when.length > 0 ? when : USUAL_MOMENTS;
}
