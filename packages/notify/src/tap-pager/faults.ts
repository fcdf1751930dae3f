import { quoted } from '@fallover/events';
import { deliveryFault } from '../delivery-fault.ts';
import type { DeliveryFault } from '../transport.ts';
import type { TapReply } from './codes.ts';

/** Why a paging terminal did not take a page. */
export type TapFault =
  | { code: 'no_paging_terminal' | 'paging_terminal_silent' | 'call_ended' | 'page_damaged'; provider: string }
  | { code: 'logon_refused' | 'page_refused'; provider: string; reply: TapReply };

export function tapFault(fault: TapFault): DeliveryFault {
  return deliveryFault(fault.code, sentence(fault), next(fault));
}

function sentence(fault: TapFault): string {
  const terminal = `the paging terminal at ${quoted(fault.provider)}`;
  const said = 'reply' in fault ? `${fault.reply.words}${saidWords(fault.reply)}` : '';
  switch (fault.code) {
    case 'no_paging_terminal':
      return `What answers at ${quoted(fault.provider)} does not ask for an ID, so it is no paging terminal, or the line settings differ. Compare number, baud rate and 7E1 with what the provider says.`;
    case 'paging_terminal_silent':
      return `An answer of ${terminal} did not come in time. The page may arrive all the same; it is tried again.`;
    case 'call_ended':
      return `The call to ${terminal} ended before the page was confirmed. It is tried again.`;
    case 'page_damaged':
      return `The page arrived damaged at ${terminal} again and again. Look at the telephone line, or use a lower baud rate.`;
    case 'logon_refused':
      return `The logon is refused by ${terminal}: ${said}. Correct the password; the provider tells it.`;
    case 'page_refused':
      return `The page is refused by ${terminal}: ${said}. Compare the number of the pager with what the provider says.`;
  }
}

const saidWords = ({ lines }: TapReply): string => (lines.length === 0 ? '' : ` (${quoted(lines.join(', '))})`);

function next(fault: TapFault): DeliveryFault['next'] {
  switch (fault.code) {
    case 'no_paging_terminal':
    case 'paging_terminal_silent':
    case 'call_ended':
    case 'page_damaged':
      return 'retry';
    case 'logon_refused':
    case 'page_refused':
      return fault.reply.next;
  }
}
