/** How a remote notification method reaches its recipients. Each one is a folder of packages/notify. */
export const NOTIFICATION_TRANSPORTS = [
  'smtp',
  'phone_mail',
  'gsm_sms',
  'numeric_pager',
  'tap_pager',
  'webhook',
  'slack',
  'mattermost',
  'ntfy',
  'gotify',
  'pagerduty',
  'smpp',
  'syslog',
  'command',
] as const;
export type NotificationTransport = (typeof NOTIFICATION_TRANSPORTS)[number];

/** When a method is used, about one run. */
export const NOTIFICATION_MOMENTS = ['start', 'success', 'failure', 'warning'] as const;
export type NotificationMoment = (typeof NOTIFICATION_MOMENTS)[number];

export const NOTIFICATION_SEVERITIES = ['info', 'warning', 'error', 'critical'] as const;
export type NotificationSeverity = (typeof NOTIFICATION_SEVERITIES)[number];
