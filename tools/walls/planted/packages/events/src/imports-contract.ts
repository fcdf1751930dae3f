export type { Endpoint } from '@fallover/contract';
