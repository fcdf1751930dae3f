export type { Endpoint } from '../../../contract/src/endpoint.ts';
