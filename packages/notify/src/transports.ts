import { smtp } from './smtp/smtp.ts';
import type { Transport } from './transport.ts';

/** How a remote notification can be sent: one line a transport. */
export const TRANSPORTS: readonly Transport[] = [
  smtp, //
];
