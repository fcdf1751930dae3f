export type * from './transport.ts';
export { TRANSPORTS } from './transports.ts';
