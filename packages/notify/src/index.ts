export { deliveryFault } from './delivery-fault.ts';
export type * from './transport.ts';
export { TRANSPORTS } from './transports.ts';
