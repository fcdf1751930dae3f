import { quoted } from '@fallover/events';
import { quotedAnswer } from '../conversation.ts';
import { deliveryFault } from '../delivery-fault.ts';
import type { DeliveryFault } from '../transport.ts';

/** Why a command did not send a message. */
export type CommandFault =
  | { code: 'command_not_there'; path: string; reason: string }
  | { code: 'command_not_started'; path: string; reason: string }
  | { code: 'command_timed_out'; path: string }
  | { code: 'command_deferred'; path: string; output: string }
  | { code: 'command_failed'; path: string; status: number; output: string };

function commandFaultSentence(fault: CommandFault): string {
  const path = quoted(fault.path);
  switch (fault.code) {
    case 'command_not_there':
      return `There is no file ${path} on this node that can be executed (${fault.reason}). Put the command there, or correct the pathname.`;
    case 'command_not_started':
      return `The command ${path} was not started on this node: ${fault.reason}`;
    case 'command_timed_out':
      return `The command ${path} did not end in time and was ended. Look at what it waits for, or raise the timeout of the method.`;
    case 'command_deferred':
      return `The command ${path} asks to be run again later (status 75)${said(fault.output)}. Look at what it could not reach.`;
    case 'command_failed':
      return `The command ${path} failed with status ${fault.status}${said(fault.output)}. Mend it; with status 75 it would be run again later.`;
  }
}

const said = (output: string): string => (output.trim() === '' ? '' : `: ${quotedAnswer(output)}`);

export function commandDeliveryFault(fault: CommandFault): DeliveryFault {
  const sentence = commandFaultSentence(fault);
  switch (fault.code) {
    case 'command_not_there':
    case 'command_not_started':
      return deliveryFault(fault.code, sentence, 'next_node');
    case 'command_timed_out':
      // the code that every transport has for it
      return deliveryFault('timed_out', sentence, 'retry');
    case 'command_deferred':
      return deliveryFault(fault.code, sentence, 'retry');
    case 'command_failed':
      return deliveryFault(fault.code, sentence, 'give_up');
  }
}
