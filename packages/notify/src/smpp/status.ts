import type { DeliveryFault } from '../transport.ts';

/** Command statuses of SMPP 3.4, 5.1.3: their name, what they mean, and whether another try makes sense. */
const STATUSES: Record<number, [name: string, words: string, next: DeliveryFault['next']]> = {
  1: ['ESME_RINVMSGLEN', 'the message is too long', 'give_up'],
  2: ['ESME_RINVCMDLEN', 'it does not understand the length of the command', 'give_up'],
  3: ['ESME_RINVCMDID', 'it does not know the command', 'give_up'],
  4: ['ESME_RINVBNDSTS', 'it does not take messages on this connection', 'retry'],
  5: ['ESME_RALYBND', 'somebody is logged in with this system id already', 'retry'],
  8: ['ESME_RSYSERR', 'it has a failure', 'retry'],
  10: ['ESME_RINVSRCADR', 'the source address is not valid', 'give_up'],
  11: ['ESME_RINVDSTADR', 'the number is not valid', 'give_up'],
  13: ['ESME_RBINDFAIL', 'the logon failed', 'give_up'],
  14: ['ESME_RINVPASWD', 'the password is wrong', 'give_up'],
  15: ['ESME_RINVSYSID', 'the system id is not known', 'give_up'],
  20: ['ESME_RMSGQFUL', 'its queue is full', 'retry'],
  21: ['ESME_RINVSERTYP', 'the service type is not valid', 'give_up'],
  67: ['ESME_RINVESMCLASS', 'it does not take long messages in parts', 'give_up'],
  69: ['ESME_RSUBMITFAIL', 'it could not pass the message on', 'retry'],
  72: ['ESME_RINVSRCTON', 'the type of the source address is not valid', 'give_up'],
  73: ['ESME_RINVSRCNPI', 'the numbering plan of the source address is not valid', 'give_up'],
  80: ['ESME_RINVDSTTON', 'the type of the number is not valid', 'give_up'],
  81: ['ESME_RINVDSTNPI', 'the numbering plan of the number is not valid', 'give_up'],
  83: ['ESME_RINVSYSTYP', 'the system type is not valid', 'give_up'],
  88: ['ESME_RTHROTTLED', 'more messages came than it allows', 'retry'],
  98: ['ESME_RINVEXPIRY', 'the validity is not valid', 'give_up'],
  100: ['ESME_RX_T_APPN', 'the receiver cannot take it at the moment', 'retry'],
  101: ['ESME_RX_P_APPN', 'the receiver will never take it', 'give_up'],
  102: ['ESME_RX_R_APPN', 'the receiver rejected it', 'give_up'],
  254: ['ESME_RDELIVERYFAILURE', 'it could not deliver', 'retry'],
  255: ['ESME_RUNKNOWNERR', 'it gives no reason', 'retry'],
};

export function smppStatus(status: number): { name: string; words: string; next: DeliveryFault['next'] } {
  const [name, words, next] = STATUSES[status] ?? [
    `status 0x${status.toString(16).padStart(8, '0')}`,
    'it gives no reason that is known',
    'retry' as const,
  ];
  return { name, words, next };
}
