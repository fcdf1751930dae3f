import type { NotificationView } from '@fallover/contract';
import type { Notification } from '@fallover/events';

/** A notification as screens and the shell show it. */
export const viewOfNotification = ({ thread: _, recipients, ...notification }: Notification): NotificationView => ({
  ...notification,
  recipients: recipients.map(({ to, state, notBefore, attempts }) => ({
    to,
    state,
    ...(notBefore === undefined ? {} : { notBefore }),
    attempts: attempts.map(({ unable: _unable, ...attempt }) => attempt),
  })),
});
