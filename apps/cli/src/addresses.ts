import type * as Contract from '@fallover/contract';

type Endpoints = typeof Contract;
type EndpointName = {
  [Name in keyof Endpoints]: Endpoints[Name] extends Contract.Endpoint ? Name : never;
}[keyof Endpoints];
type Named<Name extends EndpointName> = Extract<Endpoints[Name], Contract.Endpoint>;

/** Where an endpoint of the contract is, with the types of what goes there and comes back. */
export interface Address<Body, Reply> {
  method: Contract.Endpoint['method'];
  path: string;
  readonly types?: { body: Body; reply: Reply };
}

/**
 * Method and path are the contract's own: anything else does not compile. Only its types are imported, since reading the
 * schemas takes longer than all of `fallover call-event`, which scripts run; the daemon has checked its replies against them.
 */
function at<Name extends EndpointName>(method: Named<Name>['method'], path: Named<Name>['path']) {
  return { method, path } as Address<Contract.BodyOf<Named<Name>>, Contract.ReplyOf<Named<Name>>>;
}

export const listEvents = at<'listEvents'>('GET', '/api/v1/events');
export const getEvent = at<'getEvent'>('GET', '/api/v1/events/{event}');
export const changeEventCustomization = at<'changeEventCustomization'>('PUT', '/api/v1/events/{event}/customization');
export const listCustomEvents = at<'listCustomEvents'>('GET', '/api/v1/custom-events');
export const changeCustomEvent = at<'changeCustomEvent'>('PUT', '/api/v1/custom-events/{name}');
export const deleteCustomEvent = at<'deleteCustomEvent'>('DELETE', '/api/v1/custom-events/{name}');
export const getConfiguration = at<'getConfiguration'>('GET', '/api/v1/configuration');
export const synchronise = at<'synchronise'>('POST', '/api/v1/configuration/synchronise');
export const loadExample = at<'loadExample'>('POST', '/api/v1/configuration/load-example');
export const getCluster = at<'getCluster'>('GET', '/api/v1/cluster');
export const runEvent = at<'runEvent'>('POST', '/api/v1/runs');
export const listRuns = at<'listRuns'>('GET', '/api/v1/runs');
export const getRun = at<'getRun'>('GET', '/api/v1/runs/{run}');
export const watchRun = at<'watchRun'>('GET', '/api/v1/runs/{run}/stream');
export const abortRun = at<'abortRun'>('POST', '/api/v1/runs/{run}/abort');
export const recover = at<'recover'>('POST', '/api/v1/recover');
export const endProcesses = at<'endProcesses'>('POST', '/api/v1/runs/{run}/end-processes');
export const callEvent = at<'callEvent'>('POST', '/api/v1/call-event');
export const emulate = at<'emulate'>('POST', '/api/v1/emulate');
export const getAuditTrail = at<'getAuditTrail'>('GET', '/api/v1/audit');

export const REQUEST_ID_HEADER: typeof Contract.REQUEST_ID_HEADER = 'Idempotency-Key';
