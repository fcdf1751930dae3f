import type { NotificationMethodView } from '@fallover/contract';
import { type EffectiveMethod, effectiveMethod, type RemoteNotificationMethod } from '@fallover/events';

/** A method as the draft has it, else as it is active. */
export const savedMethod = ({ name, draft, active }: NotificationMethodView): EffectiveMethod =>
  effectiveMethod(name, (draft?.fields ?? active ?? {}) as RemoteNotificationMethod);
