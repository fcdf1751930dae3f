import { join } from 'node:path';
import type { MethodDefinition } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';

/** The messages of `etcd.proto`. 64-bit numbers are text: a lease's id has more digits than a number keeps. */
export interface Header {
  clusterId: string;
  revision: string;
}
export interface KeyValue {
  key: Buffer;
  createRevision: string;
  modRevision: string;
  value: Buffer;
}
export interface RangeRequest {
  key: Buffer;
  rangeEnd?: Buffer;
  limit?: number;
  revision?: number;
  sortOrder?: 'ASCEND' | 'DESCEND';
  countOnly?: boolean;
}
export interface RangeResponse {
  header: Header;
  kvs: KeyValue[];
  more: boolean;
  count: string;
}
export interface RequestOp {
  range?: RangeRequest;
  put?: { key: Buffer; value: Buffer; lease?: string };
  delete?: { key: Buffer };
  txn?: TxnRequest;
}
export interface Compare {
  result: 'EQUAL' | 'LESS';
  target: 'VERSION' | 'CREATE' | 'MOD' | 'VALUE';
  key: Buffer;
  version?: number;
  createRevision?: number;
  modRevision?: number;
  value?: Buffer;
}
export interface TxnRequest {
  compare: Compare[];
  success: RequestOp[];
  failure: RequestOp[];
}
export interface TxnResponse {
  header: Header;
  succeeded: boolean;
  responses: { range?: RangeResponse }[];
}
export interface WatchRequest {
  create?: { key: Buffer; rangeEnd: Buffer; startRevision: number; progressNotify: boolean; fragment: boolean };
  progress?: Record<string, never>;
}
export interface WatchResponse {
  header: Header;
  watchId: string;
  created: boolean;
  canceled: boolean;
  compactRevision: string;
  cancelReason: string;
  fragment: boolean;
  events: { type: 'PUT' | 'DELETE'; kv: KeyValue }[];
}
/** One that has been added and not started yet has no name and no addresses for clients. A learner has no vote. */
export interface MemberAnswer {
  name: string;
  peerUrls: string[];
  clientUrls: string[];
  isLearner: boolean;
}
interface LeaseAnswer {
  header: Header;
  id: string;
  ttl: string;
}

export type Method<Question, Answer> = Pick<
  MethodDefinition<Question, Answer>,
  'path' | 'requestSerialize' | 'responseDeserialize'
>;

const services = loadSync(join(import.meta.dirname, 'etcd.proto'), {
  keepCase: true,
  longs: String,
  enums: String,
  defaults: true,
  arrays: true,
});

function method<Question, Answer>(service: string, name: string): Method<Question, Answer> {
  const definition = (services[`etcdserverpb.${service}`] as Record<string, unknown>)[name];
  return definition as Method<Question, Answer>;
}

export const RANGE = method<RangeRequest, RangeResponse>('KV', 'Range');
export const TXN = method<TxnRequest, TxnResponse>('KV', 'Txn');
export const WATCH = method<WatchRequest, WatchResponse>('Watch', 'Watch');
export const LEASE_GRANT = method<{ ttl: number }, LeaseAnswer>('Lease', 'LeaseGrant');
export const LEASE_REVOKE = method<{ id: string }, { header: Header }>('Lease', 'LeaseRevoke');
export const LEASE_KEEP_ALIVE = method<{ id: string }, LeaseAnswer>('Lease', 'LeaseKeepAlive');
export const LEASE_TIME_TO_LIVE = method<{ id: string }, { header: Header; ttl: string; grantedTtl: string }>(
  'Lease',
  'LeaseTimeToLive',
);
export const AUTHENTICATE = method<{ name: string; password: string }, { header: Header; token: string }>('Auth', 'Authenticate');
export const MEMBER_LIST = method<Record<string, never>, { header: Header; members: MemberAnswer[] }>('Cluster', 'MemberList');
