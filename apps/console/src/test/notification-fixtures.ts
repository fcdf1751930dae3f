import {
  listNotificationMethods,
  listNotifications,
  listNotificationTransports,
  listSilences,
  type NotificationMethodView,
  type NotificationView,
  previewNotification,
  type SilenceView,
  type TransportView,
} from '@fallover/contract';
import type { Reply } from '../api.ts';
import { RUN } from './fixtures.ts';
import type { Server } from './server.ts';

export const smtp: TransportView = {
  kind: 'smtp',
  title: 'E-mail (SMTP)',
  description: 'Sends an e-mail through a mail server.',
  contact: { label: 'E-mail addresses', description: 'One or several.', placeholder: 'ops@example.com', required: true },
  settings: {
    properties: {
      host: { title: 'Server', description: 'Empty means the mail relay of the cluster.', type: 'string' },
      port: { title: 'Port', type: 'integer', default: 25 },
      security: { title: 'Security', type: 'string', enum: ['starttls', 'tls', 'none'], default: 'starttls' },
      password: { title: 'Password', type: 'string', secret: true },
      verify: { title: 'Check the certificate', type: 'boolean', default: true },
    },
    required: [],
  },
  measured: false,
};

const sms: TransportView = {
  kind: 'gsm_sms',
  title: 'SMS by a GSM modem',
  description: 'Sends an SMS by a modem on a tty.',
  contact: { label: 'Numbers', description: 'NUMBER#', placeholder: '+4917012345#', required: true },
  settings: {
    properties: {
      tty: { title: 'TTY device', type: 'string', placeholder: '/dev/ttyS0', perNode: true },
      pin: { title: 'PIN', type: 'string', secret: true },
    },
    required: ['tty'],
  },
  measured: true,
};

export const webhook: TransportView = {
  kind: 'webhook',
  title: 'Webhook',
  description: 'Posts JSON to a URL.',
  contact: { label: 'URL', description: 'Where it is posted.', placeholder: 'https://hooks.example.com/x', required: true },
  settings: { properties: { secret: { title: 'Secret', type: 'string', secret: true } }, required: [] },
  measured: false,
};

const FIELDS = { contact: { cluster: 'ops@example.com' }, methodEvents: { cluster: ['node_down'] } };

export const method = (more: Partial<NotificationMethodView> = {}): NotificationMethodView => ({
  class: 'notification_method',
  name: 'ops_mail',
  draft: { revision: 3, fields: FIELDS },
  active: FIELDS,
  synchronised: true,
  usedBy: [],
  transport: 'smtp',
  recipients: ['ops@example.com'],
  stale: false,
  lastProven: new Date(Date.now() - 3 * 3_600_000).toISOString(),
  waiting: 0,
  ...more,
});

export const NOTIFICATION = '019aaf10-0000-7000-8000-000000000001';

export const notification = (more: Partial<NotificationView> = {}): NotificationView => ({
  id: NOTIFICATION,
  method: 'ops_mail',
  moment: 'failure',
  run: RUN,
  event: 'node_down',
  args: ['nodea'],
  node: 'nodea',
  drill: false,
  at: '2026-11-23T14:22:12.000Z',
  expiresAt: '2026-11-24T14:22:12.000Z',
  severity: 'error',
  subject: 'payroll: node_down nodea failed',
  text: 'node_down nodea failed on nodea.',
  state: 'delivered',
  nodes: ['nodea'],
  recipients: [
    {
      to: 'ops@example.com',
      state: 'delivered',
      attempts: [
        {
          number: 1,
          node: 'nodea',
          at: '2026-11-23T14:22:13.000Z',
          durationMs: 120,
          outcome: 'delivered',
          answer: '250 OK: message queued',
        },
      ],
    },
  ],
  ...more,
});

export const silence = (more: Partial<SilenceView> = {}): SilenceView => ({
  id: 'silence-1',
  event: 'node_down',
  reason: 'disk change',
  by: 'anna',
  at: new Date(Date.now() - 60_000).toISOString(),
  until: new Date(Date.now() + 3_600_000).toISOString(),
  active: true,
  kept: 2,
  ...more,
});

export const preview = (more: Partial<Reply<typeof previewNotification>> = {}): Reply<typeof previewNotification> => ({
  transport: 'smtp',
  recipients: ['ops@example.com'],
  event: 'node_down',
  run: RUN,
  moment: 'failure',
  subject: 'payroll: node_down nodea failed',
  text: 'node_down nodea failed on nodea.',
  faults: [],
  warnings: [],
  ...more,
});

/** What the panels of remote notification ask for: three transports, one method, nothing sent. */
export function notifiesAsUsual(server: Server): void {
  server.answers(listNotificationTransports, () => ({ transports: [smtp, sms, webhook] }));
  server.answers(listNotificationMethods, () => ({ methods: [method()] }));
  server.answers(listNotifications, () => ({ notifications: [] }));
  server.answers(listSilences, () => ({ silences: [] }));
  server.answers(previewNotification, () => preview());
}
