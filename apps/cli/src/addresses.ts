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
export const getRecoveryProgram = at<'getRecoveryProgram'>('GET', '/api/v1/events/{event}/program');
export const changeEventCustomization = at<'changeEventCustomization'>('PUT', '/api/v1/events/{event}/customization');
export const listCustomEvents = at<'listCustomEvents'>('GET', '/api/v1/custom-events');
export const changeCustomEvent = at<'changeCustomEvent'>('PUT', '/api/v1/custom-events/{name}');
export const deleteCustomEvent = at<'deleteCustomEvent'>('DELETE', '/api/v1/custom-events/{name}');
export const listEntries = at<'listEntries'>('GET', '/api/v1/entries/{class}');
export const changeEntry = at<'changeEntry'>('PUT', '/api/v1/entries/{class}/{name}');
export const deleteEntry = at<'deleteEntry'>('DELETE', '/api/v1/entries/{class}/{name}');
export const getConfiguration = at<'getConfiguration'>('GET', '/api/v1/configuration');
export const synchronise = at<'synchronise'>('POST', '/api/v1/configuration/synchronise');
export const getChanges = at<'getChanges'>('GET', '/api/v1/configuration/changes');
export const revertChanges = at<'revertChanges'>('POST', '/api/v1/configuration/revert');
export const verify = at<'verify'>('POST', '/api/v1/configuration/verify');
export const getVerification = at<'getVerification'>('GET', '/api/v1/configuration/verification');
export const listRevisions = at<'listRevisions'>('GET', '/api/v1/configuration/revisions');
export const getRevision = at<'getRevision'>('GET', '/api/v1/configuration/revisions/{number}');
export const compareRevisions = at<'compareRevisions'>('GET', '/api/v1/configuration/compare');
export const restoreRevision = at<'restoreRevision'>('POST', '/api/v1/configuration/revisions/{number}/restore');
export const addSnapshot = at<'addSnapshot'>('PUT', '/api/v1/configuration/snapshots/{name}');
export const deleteSnapshot = at<'deleteSnapshot'>('DELETE', '/api/v1/configuration/snapshots/{name}');
export const exportConfiguration = at<'exportConfiguration'>('GET', '/api/v1/configuration/export');
export const importConfiguration = at<'importConfiguration'>('POST', '/api/v1/configuration/import');
export const listScripts = at<'listScripts'>('GET', '/api/v1/scripts');
export const getScript = at<'getScript'>('GET', '/api/v1/scripts/{name}');
export const changeScript = at<'changeScript'>('PUT', '/api/v1/scripts/{name}');
export const loadExample = at<'loadExample'>('POST', '/api/v1/configuration/load-example');
export const listNodes = at<'listNodes'>('GET', '/api/v1/nodes');
export const startClusterServices = at<'startClusterServices'>('POST', '/api/v1/cluster-services/start');
export const stopClusterServices = at<'stopClusterServices'>('POST', '/api/v1/cluster-services/stop');
export const confirmNodeOff = at<'confirmNodeOff'>('POST', '/api/v1/nodes/{node}/confirm-off');
export const removeNode = at<'removeNode'>('POST', '/api/v1/nodes/{node}/remove');
export const getCluster = at<'getCluster'>('GET', '/api/v1/cluster');
export const runEvent = at<'runEvent'>('POST', '/api/v1/runs');
export const reportEvent = at<'reportEvent'>('POST', '/api/v1/reports');
export const listRuns = at<'listRuns'>('GET', '/api/v1/runs');
export const getRun = at<'getRun'>('GET', '/api/v1/runs/{run}');
export const watchRun = at<'watchRun'>('GET', '/api/v1/runs/{run}/stream');
export const abortRun = at<'abortRun'>('POST', '/api/v1/runs/{run}/abort');
export const recover = at<'recover'>('POST', '/api/v1/recover');
export const listProcesses = at<'listProcesses'>('GET', '/api/v1/runs/{run}/processes');
export const endProcesses = at<'endProcesses'>('POST', '/api/v1/runs/{run}/end-processes');
export const callEvent = at<'callEvent'>('POST', '/api/v1/call-event');
export const emulate = at<'emulate'>('POST', '/api/v1/emulate');
export const emulateNodeDeath = at<'emulateNodeDeath'>('POST', '/api/v1/nodes/{node}/emulate-death');
export const getAuditTrail = at<'getAuditTrail'>('GET', '/api/v1/audit');
export const listLogs = at<'listLogs'>('GET', '/api/v1/logs');
export const getLogLines = at<'getLogLines'>('GET', '/api/v1/logs/{log}/lines');

export const listNotificationTransports = at<'listNotificationTransports'>('GET', '/api/v1/notification-transports');
export const listNotificationMethods = at<'listNotificationMethods'>('GET', '/api/v1/notification-methods');
export const testNotificationMethod = at<'testNotificationMethod'>('POST', '/api/v1/notification-methods/{name}/test');
export const watchNotificationTest = at<'watchNotificationTest'>('GET', '/api/v1/notification-tests/{test}/stream');
export const listNotifications = at<'listNotifications'>('GET', '/api/v1/notifications');
export const listRunNotifications = at<'listRunNotifications'>('GET', '/api/v1/runs/{run}/notifications');
export const acknowledgeRun = at<'acknowledgeRun'>('POST', '/api/v1/runs/{run}/acknowledge');
export const redeliverNotification = at<'redeliverNotification'>('POST', '/api/v1/notifications/{notification}/redeliver');
export const listSilences = at<'listSilences'>('GET', '/api/v1/silences');
export const addSilence = at<'addSilence'>('POST', '/api/v1/silences');
export const endSilence = at<'endSilence'>('DELETE', '/api/v1/silences/{silence}');

export const listComponents = at<'listComponents'>('GET', '/api/v1/components');
export const getComponent = at<'getComponent'>('GET', '/api/v1/components/{component}');
export const addComponent = at<'addComponent'>('POST', '/api/v1/components/{component}');
export const changeComponent = at<'changeComponent'>('PUT', '/api/v1/components/{component}');
export const deleteComponent = at<'deleteComponent'>('DELETE', '/api/v1/components/{component}');
export const enableComponentScript = at<'enableComponentScript'>(
  'POST',
  '/api/v1/components/{component}/scripts/{script}/enable',
);
export const disableComponentScript = at<'disableComponentScript'>(
  'POST',
  '/api/v1/components/{component}/scripts/{script}/disable',
);
export const runComponentEvent = at<'runComponentEvent'>('POST', '/api/v1/components/{component}/runs');
export const cancelComponentRun = at<'cancelComponentRun'>('POST', '/api/v1/components/{component}/runs/{run}/cancel');
export const getComponentStatus = at<'getComponentStatus'>('GET', '/api/v1/components/{component}/status/{event}');
export const verifyComponent = at<'verifyComponent'>('GET', '/api/v1/components/{component}/verification');

export const addJoinToken = at<'addJoinToken'>('POST', '/api/v1/join-tokens/{node}');
export const joinCluster = at<'joinCluster'>('POST', '/api/v1/join');

export const REQUEST_ID_HEADER: typeof Contract.REQUEST_ID_HEADER = 'Idempotency-Key';
export const STORE_HEADER: typeof Contract.STORE_HEADER = 'Fallover-Store';
