export { masking } from './conversation.ts';
export { deliveryFault } from './delivery-fault.ts';
export { keptConnections } from './network/kept-connections.ts';
export type * from './transport.ts';
export { TRANSPORTS } from './transports.ts';
