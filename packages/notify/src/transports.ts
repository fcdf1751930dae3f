import { gotify } from './gotify/gotify.ts';
import { mattermost } from './mattermost/mattermost.ts';
import { ntfy } from './ntfy/ntfy.ts';
import { pagerduty } from './pagerduty/pagerduty.ts';
import { slack } from './slack/slack.ts';
import { smtp } from './smtp/smtp.ts';
import type { Transport } from './transport.ts';
import { webhook } from './webhook/webhook.ts';

/** How a remote notification can be sent: one line a transport. */
export const TRANSPORTS: readonly Transport[] = [
  gotify, //
  mattermost,
  ntfy,
  pagerduty,
  slack,
  smtp,
  webhook,
];
