import { describe, expect, it } from 'vitest';
import { type InputFault, inputSentence } from './input.ts';

const SENTENCES: [fault: InputFault, sentence: string][] = [
  [
    { code: 'contact_not_understood', field: 'contact', text: 'anna' },
    'Number to Dial or Cell Phone Address: "anna" is not understood. Give user@host for an e-mail, NUMBER# for an SMS, NUMBER and commas for a numeric pager, PROVIDER;PAGER for an alphanumeric pager, a URL for a webhook; or choose a notification type.',
  ],
  [
    { code: 'not_a_setting', field: 'settings', text: 'port 25' },
    'Settings: "port 25" is not a setting. Write name=value, or name@node=value for one node; a blank in a value is %20 and a per cent sign %25.',
  ],
  [
    { code: 'not_a_duration', field: 'escalateAfter', text: '5m' },
    'Escalate after (in seconds): "5m" is not a number of seconds from 1 to 99999.',
  ],
  [
    { code: 'not_a_mail_relay', field: 'mailRelay', text: 'mail.example.com' },
    'Mail Relay: "mail.example.com" is not a mail relay. Write smtp://HOST:PORT, or smtps://HOST:PORT for TLS from the first byte.',
  ],
  [
    { code: 'not_a_url', field: 'consoleUrl', text: 'ha.example.com' },
    'Address of the Console: "ha.example.com" is not an address of the form https://HOST:PORT.',
  ],
  [
    { code: 'argument_with_blanks', field: 'fenceCommand', text: 'two words' },
    'Fence Command: "two words" is no argument: an argument is not empty and has no blanks, as no shell looks at them. Put what needs them into a script of your own.',
  ],
  [
    { code: 'not_a_target', field: 'allowedTargets', text: 'http://a/' },
    'Allowed Targets: "http://a/" is not a target. Give the name or address of a host, with :PORT where only one is meant, or a network such as 10.0.0.0/8.',
  ],
  [
    { code: 'escalates_to_itself', field: 'escalateTo', text: 'mail' },
    'Escalate to: "mail" is this method. Escalate to another one.',
  ],
  [{ code: 'listed_twice', field: 'when', text: 'failure' }, 'When: "failure" is listed twice. List it once.'],
  [
    { code: 'transport_refuses', field: 'settings.port', sentence: 'Port: Type a whole number from 1 to 65,535.' },
    'Port: Type a whole number from 1 to 65,535.',
  ],
];

describe('what is said of remote notification that cannot be accepted', () => {
  it.each(SENTENCES.map(([fault, sentence]) => [fault.code, fault, sentence] as const))('%s', (_, fault, sentence) => {
    expect(inputSentence(fault)).toBe(sentence);
  });

  it('shows what a terminal would obey, and cuts what is too long', () => {
    expect(inputSentence({ code: 'listed_twice', field: 'when', text: `\u001b[2J${'x'.repeat(100)}` })).toBe(
      `When: "\\u001b[2J${'x'.repeat(76)}…" is listed twice. List it once.`,
    );
  });
});
