import { labelOf } from '../definition/fields.ts';
import type { NameFault, PathnameFault } from '../names.ts';
import type { ContactFault } from '../notification/contact.ts';
import type { SettingFault } from '../notification/settings.ts';
import type { ProgramFault } from '../recovery-programs/types.ts';
import { quoted } from './quoted.ts';
import { programFaultSentence } from './recovery-program.ts';

/** Where: the field of the definition, the argument of the event or the attribute; and the node whose own value it is. */
interface Place {
  field: string;
  node?: string;
}

/** What somebody typed and what cannot be accepted. */
export type InputFault = Place &
  (
    | NameFault
    | PathnameFault
    | { code: 'not_an_ip_label'; text: string }
    | { code: 'unknown_event'; text: string; suggestion?: string }
    | { code: 'argument_missing'; usage: string }
    | { code: 'too_many_arguments'; text: string; usage: string }
    | { code: 'not_one_of'; text: string; choices: readonly string[] }
    | { code: 'not_a_whole_number'; text: string }
    | { code: 'out_of_range'; text: string; least: number; most: number }
    | { code: 'not_plain_text'; text: string }
    | { code: 'text_too_long'; length: number; most: number }
    | { code: 'not_a_substitution'; text: string; at: number }
    | { code: 'custom_event_not_defined'; text: string; suggestion?: string }
    | { code: 'custom_event_listed_twice'; text: string }
    | { code: 'unknown_node'; text: string; nodes: readonly string[] }
    | { code: 'script_missing' }
    | { code: 'name_of_a_predefined_event'; text: string }
    | { code: 'not_an_attribute'; text: string }
    | { code: 'unknown_attribute'; text: string; known: readonly string[]; suggestion?: string }
    | { code: 'attribute_given_twice' }
    | { code: 'not_true_or_false'; text: string }
    | { code: 'same_on_every_node'; text: string }
    | { code: 'value_missing' }
    | { code: 'not_a_netmask'; text: string }
    | { code: 'not_a_digest'; text: string }
    | ContactFault
    | SettingFault
    | { code: 'not_a_duration'; text: string }
    | { code: 'not_a_mail_relay'; text: string }
    | { code: 'not_a_url'; text: string }
    | { code: 'argument_with_blanks'; text: string }
    | { code: 'not_a_target'; text: string }
    | { code: 'escalates_to_itself'; text: string }
    | { code: 'listed_twice'; text: string }
    | { code: 'transport_refuses'; sentence: string }
    | { code: 'not_a_report_id'; text: string }
    | { code: 'program_fault'; fault: ProgramFault }
  );

/** What is accepted but worth knowing before it is saved or run. */
export type InputWarning = Place &
  (
    | { code: 'not_defined'; text: string; what: string }
    | { code: 'not_defined_yet'; text: string; what: string; suggestion?: string }
    | { code: 'event_command_replaced'; event: string }
    | { code: 'recovery_command_without_counter' }
    | { code: 'recovery_counter_without_command' }
    | { code: 'does_not_occur_in_parallel'; event: string; occurring: readonly string[] }
    | { code: 'only_warned_about_by_itself'; event: string }
    | { code: 'never_warned_about'; event: string }
    | { code: 'never_recovered'; event: string }
    | { code: 'program_replaced'; event: string; ways: readonly string[] }
    | { code: 'program_without_its_event'; event: string }
    | { code: 'program_of_a_child'; event: string }
  );

/** `nameOf` says how a field is called where the sentence is read: in a panel by its label, in the shell by its attribute. */
export function inputSentence(fault: InputFault, nameOf: (field: string) => string = labelOf): string {
  const where = placeOf(fault, nameOf);
  switch (fault.code) {
    case 'not_a_name':
      return `${where}: ${quoted(fault.text)} is not a name. A name has 1 to 64 letters, digits, dots, underscores and hyphens, and begins with a letter or a digit.`;
    case 'not_a_full_pathname':
      return `${where}: ${quoted(fault.text)} is not a full pathname. Give the whole path of the file, from / on, without ., .. or // in it.`;
    case 'pathname_with_arguments':
      return `${where}: ${quoted(fault.text)} has a blank in it. A command is a full pathname without arguments; write a script that passes them.`;
    case 'pathname_too_long':
      return `${where}: the pathname has ${fault.text.length} characters. Give one of 1024 at most.`;
    case 'not_an_ip_label':
      return `${where}: ${quoted(fault.text)} is neither an IP label nor an IP address.`;
    case 'unknown_event':
      return `${quoted(fault.text)} is not a cluster event. ${fault.suggestion ? `Did you mean ${fault.suggestion}?` : 'fallover query event lists them all.'}`;
    case 'argument_missing':
      return `${where} is missing. Give the arguments as in: ${fault.usage}`;
    case 'too_many_arguments':
      return `${quoted(fault.text)} is one argument too many. Give the arguments as in: ${fault.usage}`;
    case 'not_one_of':
      return `${where}: ${quoted(fault.text)} is not one of ${fault.choices.join(', ')}.`;
    case 'not_a_whole_number':
      return `${where}: ${quoted(fault.text)} is not a whole number.`;
    case 'out_of_range':
      return `${where}: ${fault.text} is out of range. Give a whole number from ${fault.least} to ${fault.most}.`;
    case 'not_plain_text':
      return `${where}: ${quoted(fault.text)} has a control character in it, or half of a character. Leave it out.`;
    case 'text_too_long':
      return `${where}: the text has ${fault.length} characters. Give ${fault.most} at most.`;
    case 'not_a_substitution':
      return `${where}: ${quoted(fault.text)} at character ${fault.at} stands for nothing. Give %d (date and time), %n (node), %e (event), %o (object of the event) or %% (a per cent sign).`;
    case 'custom_event_not_defined':
      return `${where}: there is no custom event ${quoted(fault.text)}. ${fault.suggestion ? `Did you mean ${fault.suggestion}?` : 'Add it first.'}`;
    case 'custom_event_listed_twice':
      return `${where}: ${quoted(fault.text)} is listed twice. List it once, where it is to run.`;
    case 'unknown_node':
      return `${where}: ${quoted(fault.text)} is not a node of this cluster. Its nodes are: ${fault.nodes.join(', ')}.`;
    case 'script_missing':
      return `${where} is missing. A custom event needs the full pathname of its script${fault.node ? ` on node ${fault.node} too` : ''}.`;
    case 'name_of_a_predefined_event':
      return `${where}: ${quoted(fault.text)} is a predefined event. Give the custom event another name.`;
    case 'not_an_attribute':
      return `${quoted(fault.text)} does not have the form ATTRIBUTE=VALUE.`;
    case 'unknown_attribute':
      return `${quoted(fault.text)} is not an attribute here. ${fault.suggestion ? `Did you mean ${fault.suggestion}? ` : ''}The attributes are: ${fault.known.join(' ')}`;
    case 'attribute_given_twice':
      return `${where} is given twice. Give it once; several values go into one pair of quotes.`;
    case 'not_true_or_false':
      return `${where}: ${quoted(fault.text)} is neither true nor false.`;
    case 'same_on_every_node':
      return `${where}: it is the same on every node, so it has no value of its own for node ${quoted(fault.text)}. Give it for the cluster.`;
    case 'value_missing':
      return `${where} is missing. Fill it in.`;
    case 'not_a_netmask':
      return `${where}: ${quoted(fault.text)} is neither an IPv4 netmask, such as 255.255.255.0, nor the length of a prefix from 0 to 128.`;
    case 'not_a_digest':
      return `${where}: ${quoted(fault.text)} is not the SHA-256 of a script, which has 64 hexadecimal digits.`;
    case 'contact_not_understood':
      return `${where}: ${quoted(fault.text)} is not understood. Give user@host for an e-mail, NUMBER# for an SMS, NUMBER and commas for a numeric pager, PROVIDER;PAGER for an alphanumeric pager, a URL for a webhook; or choose a notification type.`;
    case 'not_a_setting':
      return `${where}: ${quoted(fault.text)} is not a setting. Write name=value, or name@node=value for one node; a blank in a value is %20 and a per cent sign %25.`;
    case 'not_a_duration':
      return `${where}: ${quoted(fault.text)} is not a number of seconds from 1 to 99999.`;
    case 'not_a_mail_relay':
      return `${where}: ${quoted(fault.text)} is not a mail relay. Write smtp://HOST:PORT, or smtps://HOST:PORT for TLS from the first byte.`;
    case 'not_a_url':
      return `${where}: ${quoted(fault.text)} is not an address of the form https://HOST:PORT.`;
    case 'argument_with_blanks':
      return `${where}: ${quoted(fault.text)} is no argument: an argument is not empty and has no blanks, as no shell looks at them. Put what needs them into a script of your own.`;
    case 'not_a_target':
      return `${where}: ${quoted(fault.text)} is not a target. Give the name or address of a host, with :PORT where only one is meant, or a network such as 10.0.0.0/8.`;
    case 'escalates_to_itself':
      return `${where}: ${quoted(fault.text)} is this method. Escalate to another one.`;
    case 'listed_twice':
      return `${where}: ${quoted(fault.text)} is listed twice. List it once.`;
    case 'transport_refuses':
      return fault.sentence;
    case 'program_fault':
      return `${where}, line ${fault.fault.line}: ${programFaultSentence(fault.fault)}`;
    case 'not_a_report_id':
      return `${where}: ${quoted(fault.text)} is not the id of a report. Give 1 to 200 printable ASCII characters, without a blank at either end, and the same ones when the report is repeated.`;
  }
}

export function inputWarningSentence(warning: InputWarning, nameOf: (field: string) => string = labelOf): string {
  const where = placeOf(warning, nameOf);
  switch (warning.code) {
    case 'not_defined':
      return `${where}: no ${warning.what} ${quoted(warning.text)} is defined in this cluster. Only its form was checked.`;
    case 'not_defined_yet':
      return `${where}: there is no ${warning.what} ${quoted(warning.text)} in the configuration. ${warning.suggestion ? `Did you mean ${warning.suggestion}?` : 'Add it, or correct the name.'}`;
    case 'event_command_replaced':
      return `${where}: replacing the command of ${warning.event} is strongly discouraged. It makes the cluster harder to maintain; a pre- or post-event often does as well.`;
    case 'recovery_command_without_counter':
      return `${where}: it is never run, because ${nameOf('recoveryCounter')} is 0. Set that to 1 or more.`;
    case 'recovery_counter_without_command':
      return `${where}: nothing is retried, because there is no ${nameOf('recoveryCommand')}.`;
    case 'does_not_occur_in_parallel':
      return `${where}: ${warning.event} does not occur while resource groups are processed in parallel, which is the default. Events that do: ${warning.occurring.join(', ')}.`;
    case 'only_warned_about_by_itself':
      return `${where}: ${warning.event} is a sub-event. The time counts only when it is run by itself; else that of the event which called it does.`;
    case 'never_warned_about':
      return `${where}: ${warning.event} runs beside another event and has no time until warning of its own.`;
    case 'never_recovered':
      return `${where}: ${warning.event} runs beside another event and is never recovered or retried.`;
    case 'program_replaced':
      return `${where}: it replaces the predefined ${warning.ways.length > 1 ? `programs of ${warning.event}, of all its ways (${warning.ways.join(', ')})` : `program of ${warning.event}`}. What runs where when ${warning.event} happens is what these lines say and nothing else. Empty it to have the predefined one again.`;
    case 'program_without_its_event':
      return `${where}: no line runs "${warning.event}". Then nothing of what ${warning.event} does by itself is done, nor what is customised on it.`;
    case 'program_of_a_child':
      return `${where}: ${warning.event} runs beside another event, on its nodes at once and by no program. These lines are never run.`;
  }
}

const placeOf = ({ field, node }: Place, nameOf: (field: string) => string): string =>
  node === undefined ? nameOf(field) : `${nameOf(field)} on node ${node}`;
