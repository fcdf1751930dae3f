import type { DeliveryFault } from '../transport.ts';

type Meaning = [words: string, next: DeliveryFault['next']];

/** `+CMS ERROR`: 3GPP TS 24.011 annex E-2 (up to 127), TS 23.040 9.2.3.22 (up to 255), TS 27.005 3.2.5 (from 300). */
const CMS: Record<number, Meaning> = {
  1: ['nobody has this number', 'give_up'],
  8: ['the operator bars SMS for this SIM card', 'next_node'],
  10: ['sending is barred for this SIM card', 'next_node'],
  21: ['the network rejected the SMS', 'retry'],
  22: ['the memory is full', 'retry'],
  27: ['the receiver is out of service', 'retry'],
  28: ['the network does not know the receiver', 'give_up'],
  29: ['the network does not offer it to this SIM card', 'next_node'],
  30: ['the network does not know the receiver', 'give_up'],
  38: ['the network is out of order', 'retry'],
  41: ['a temporary failure of the network', 'retry'],
  42: ['the network is congested', 'retry'],
  47: ['the network has no resources left', 'retry'],
  50: ['the SIM card has no subscription for SMS', 'next_node'],
  69: ['the network does not know how to do it', 'next_node'],
  81: ['the network does not know the transfer', 'retry'],
  95: ['the network does not understand the SMS', 'give_up'],
  96: ['the network misses something in the SMS', 'give_up'],
  97: ['the network does not know this type of SMS', 'give_up'],
  98: ['the SMS does not fit the state of the network', 'retry'],
  99: ['the network does not know something in the SMS', 'give_up'],
  111: ['an error of the protocol', 'retry'],
  127: ['another network does not take it', 'retry'],
  128: ['the service centre does not convert SMS', 'give_up'],
  143: ['the service centre does not take this type of SMS', 'give_up'],
  144: ['the service centre does not take this alphabet', 'give_up'],
  145: ['the service centre does not take this class of SMS', 'give_up'],
  159: ['the service centre does not take this alphabet', 'give_up'],
  175: ['the service centre does not take this command', 'give_up'],
  176: ['the service centre does not take this SMS', 'give_up'],
  192: ['the service centre is busy', 'retry'],
  193: ['the SIM card has no subscription at the service centre', 'next_node'],
  194: ['the service centre has a failure', 'retry'],
  195: ['the number is not valid', 'give_up'],
  196: ['the number is barred', 'give_up'],
  197: ['the service centre takes it for one that it already has', 'give_up'],
  198: ['the service centre does not take a validity period', 'give_up'],
  208: ['the SIM card is full', 'retry'],
  213: ['the SIM card is busy', 'retry'],
  255: ['the network gives no reason', 'retry'],
  300: ['the modem has a failure', 'next_node'],
  301: ['the modem does not let SMS be sent', 'next_node'],
  302: ['the modem does not allow it', 'retry'],
  303: ['the modem does not support it', 'next_node'],
  304: ['the modem does not understand the SMS', 'give_up'],
  305: ['the modem does not understand the SMS', 'give_up'],
  310: ['there is no SIM card in the modem', 'next_node'],
  311: ['the SIM card asks for its PIN', 'next_node'],
  312: ['the SIM card is locked to another device', 'next_node'],
  313: ['the SIM card has a failure', 'next_node'],
  314: ['the SIM card is busy', 'retry'],
  315: ['the SIM card is the wrong one', 'next_node'],
  316: ['the SIM card asks for its PUK', 'next_node'],
  317: ['the SIM card asks for its PIN2', 'next_node'],
  318: ['the SIM card asks for its PUK2', 'next_node'],
  320: ['the memory of the modem has a failure', 'next_node'],
  322: ['the memory of the modem is full', 'retry'],
  330: ['the number of the service centre is not known', 'next_node'],
  331: ['there is no network', 'next_node'],
  332: ['the network did not answer in time', 'retry'],
  340: ['the modem expected no confirmation', 'retry'],
  500: ['the modem gives no reason', 'retry'],
};

/** `+CME ERROR`: 3GPP TS 27.007 9.2. */
const CME: Record<number, Meaning> = {
  0: ['the telephone in the modem has a failure', 'next_node'],
  3: ['the modem does not allow it', 'retry'],
  4: ['the modem does not support it', 'next_node'],
  10: ['there is no SIM card in the modem', 'next_node'],
  11: ['the SIM card asks for its PIN', 'next_node'],
  12: ['the SIM card asks for its PUK', 'next_node'],
  13: ['the SIM card has a failure', 'next_node'],
  14: ['the SIM card is busy', 'retry'],
  15: ['the SIM card is the wrong one', 'next_node'],
  16: ['the PIN is wrong', 'next_node'],
  20: ['the memory is full', 'retry'],
  30: ['there is no network', 'next_node'],
  31: ['the network did not answer in time', 'retry'],
  32: ['the network allows emergency calls only', 'next_node'],
  100: ['the modem gives no reason', 'retry'],
};

/** What `ERROR`, `+CMS ERROR: 30` or `+CME ERROR: 10` means, and whether another try makes sense. */
export function modemError(answer: string): { words: string; next: DeliveryFault['next'] } {
  const [, kind, code] = /^\+CM([ES]) ERROR: ?(\d+)/.exec(answer) ?? [];
  const [words, next] = (kind === 'S' ? CMS : kind === 'E' ? CME : {})[Number(code)] ?? [
    'it gives no reason that is known',
    'retry',
  ];
  return { words, next };
}
