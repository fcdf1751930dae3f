import { command } from './command/command.ts';
import { gotify } from './gotify/gotify.ts';
import { gsmSms } from './gsm-sms/gsm-sms.ts';
import { mattermost } from './mattermost/mattermost.ts';
import { ntfy } from './ntfy/ntfy.ts';
import { numericPager } from './numeric-pager/numeric-pager.ts';
import { pagerduty } from './pagerduty/pagerduty.ts';
import { phoneMail } from './phone_mail/phone-mail.ts';
import { slack } from './slack/slack.ts';
import { smpp } from './smpp/smpp.ts';
import { smtp } from './smtp/smtp.ts';
import { syslog } from './syslog/syslog.ts';
import { tapPager } from './tap-pager/tap-pager.ts';
import type { Transport } from './transport.ts';
import { webhook } from './webhook/webhook.ts';

/** How a remote notification can be sent: one line a transport. */
export const TRANSPORTS: readonly Transport[] = [
  command,
  gotify,
  gsmSms,
  mattermost,
  ntfy,
  numericPager,
  pagerduty,
  phoneMail,
  slack,
  smpp,
  smtp,
  syslog,
  tapPager,
  webhook,
];
