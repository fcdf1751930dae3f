import type { Notification, NotificationRecipient } from './types.ts';

const BEGIN = Date.parse('2026-11-25T20:00:00.000Z');

/** So many seconds after the beginning. */
export const at = (seconds: number): string => new Date(BEGIN + seconds * 1_000).toISOString();

export const waiting = (more: Partial<NotificationRecipient> = {}): NotificationRecipient => ({
  to: 'anna@example.com',
  state: 'waiting',
  attempts: [],
  ...more,
});

/** A notification of which nothing has left yet. */
export const aNotification = (more: Partial<Notification> = {}): Notification => ({
  id: 'run1.failure.mail',
  method: 'mail',
  moment: 'failure',
  run: 'run1',
  event: 'node_down',
  args: ['nodec'],
  node: 'nodea',
  drill: false,
  at: at(0),
  expiresAt: at(3_600),
  severity: 'error',
  subject: 'payroll: node_down nodec FAILED on nodea',
  text: 'node_down has failed.',
  thread: 'run1',
  state: 'waiting',
  nodes: [],
  recipients: [waiting()],
  ...more,
});
