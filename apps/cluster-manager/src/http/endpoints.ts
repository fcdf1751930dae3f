import type { Endpoint } from '@fallover/contract';
import * as contract from '@fallover/contract';

type Contract = typeof contract;
export type EndpointName = { [Name in keyof Contract]: Contract[Name] extends Endpoint ? Name : never }[keyof Contract];
export type EndpointNamed<Name extends EndpointName> = Extract<Contract[Name], Endpoint>;

const isEndpoint = (value: unknown): value is Endpoint =>
  typeof value === 'object' &&
  value !== null &&
  'method' in value &&
  'path' in value &&
  'permission' in value &&
  'audit' in value;

/** Every endpoint that the contract exports, by its name. */
export const ENDPOINTS = Object.fromEntries(Object.entries(contract).filter(([, value]) => isEndpoint(value))) as {
  [Name in EndpointName]: EndpointNamed<Name>;
};

/** A change or a run: the request must have an id, and its first answer is kept in the store for a repeat. */
export const isRecorded = ({ audit }: Endpoint): boolean => audit === 'change' || audit === 'run';

/**
 * call-event needs a request id too, but its answer is only kept in memory: when the cluster manager ends, the step that
 * called is interrupted, and there is nobody left to ask again. Sign in, sign out and set-up need none: done twice, they
 * leave what they leave when done once, or are refused. Emulation changes nothing.
 */
export const needsRequestId = (endpoint: Endpoint): boolean => isRecorded(endpoint) || endpoint.permission === 'step';

/** `/api/v1/runs/{run}` as Express writes it. */
export const expressPath = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ':$1');
