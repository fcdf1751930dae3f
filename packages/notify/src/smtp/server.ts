import { err, ok, type Result } from '@fallover/events';
import { isHost } from '../schema.ts';
import type { SmtpFault } from './faults.ts';
import type { MailServerSettings } from './settings.ts';

/** The mail server to talk to. */
export interface MailServer {
  host: string;
  port: number;
  security: MailServerSettings['security'];
  login?: { user: string; password: string };
  caFile?: string;
}

/** The server of the method, else the cluster's mail relay. A relay has no password, so a user goes with a server only. */
export function mailServerOf(settings: MailServerSettings, mailRelay: string | undefined): Result<MailServer, SmtpFault> {
  if ((settings.user === undefined) !== (settings.password === undefined)) return err({ code: 'user_without_password' });
  const login =
    settings.user === undefined || settings.password === undefined
      ? {}
      : { login: { user: settings.user, password: settings.password } };
  const given = { ...login, ...(settings.caFile === undefined ? {} : { caFile: settings.caFile }) };
  const { server, security } = settings;
  if (server !== undefined) {
    return ok({ host: server, port: settings.port ?? usualPort(security, settings.user !== undefined), security, ...given });
  }
  if (mailRelay === undefined || mailRelay === '') return err({ code: 'no_mail_server' });
  const relay = relayOf(mailRelay);
  if (relay === undefined) return err({ code: 'mail_relay_not_understood', text: mailRelay });
  const { host, port, tls } = relay;
  return ok({ host, port, security: tls ? 'tls' : security === 'tls' ? 'starttls' : security, ...given });
}

const usualPort = (security: MailServer['security'], submits: boolean): number => (security === 'tls' ? 465 : submits ? 587 : 25);

function relayOf(text: string): { host: string; port: number; tls: boolean } | undefined {
  const [, scheme, written, port] = /^(smtps?):\/\/(\[[0-9A-Fa-f:.]+\]|[^:/@[\]\s]+)(?::([0-9]{1,5}))?\/?$/.exec(text) ?? [];
  const host = written?.replace(/^\[|\]$/g, '');
  if (scheme === undefined || host === undefined || !isHost(host)) return undefined;
  const tls = scheme === 'smtps';
  const number = port === undefined ? (tls ? 465 : 25) : Number(port);
  return number >= 1 && number <= 65_535 ? { host, port: number, tls } : undefined;
}
