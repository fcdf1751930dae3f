import { describe, expect, it } from 'vitest';
import { destructionOf } from './destruction.ts';

const reason = (line: string): string | undefined => {
  const [event = '', ...args] = line.split(' ');
  return destructionOf(event, args, ['nodea'])?.reason;
};
const toType = (line: string): string | undefined => {
  const [event = '', ...args] = line.split(' ');
  return destructionOf(event, args, ['nodea'])?.typeToConfirm;
};

describe('an event that takes something away', () => {
  it.each([
    [
      'node_down nodeb graceful',
      'Node nodeb leaves the cluster and its resource groups are brought offline: what they serve stops.',
    ],
    [
      'node_down nodeb takeover',
      'Node nodeb leaves the cluster and its resource groups move to other nodes: what they serve is interrupted.',
    ],
    [
      'node_down nodeb forced',
      'Node nodeb leaves the cluster and its resource groups stay as they are, UNMANAGED: nothing watches over them any more.',
    ],
    ['node_down nodeb', 'Node nodeb counts as failed: other nodes take over its resource groups.'],
    ['node_down_complete nodeb', 'Cluster services end on node nodeb.'],
    [
      'node_down_local graceful',
      'Node nodea leaves the cluster and its resource groups are brought offline: what they serve stops.',
    ],
    ['node_down_local_complete', 'Cluster services end on node nodea.'],
    ['site_down paris', 'Site paris is taken down: what its nodes serve stops there or moves to another site.'],
    [
      'network_down nodeb net1',
      'Node nodeb counts as cut off from network net1: the resource groups affected move to other nodes.',
    ],
    [
      'fail_interface nodeb ip1 net1',
      'Interface ip1 of node nodeb counts as failed: a resource group with a service IP label on it moves away.',
    ],
    ['rg_move nodeb payroll RELEASE', 'Node nodeb gives up resource group payroll: what it serves stops there.'],
    ['reconfig_resource_release', 'Resources that the reconfiguration concerns are released: what they serve stops.'],
    ['rg_down payroll', 'Resource group payroll counts as given up: what it serves stops.'],
    ['releasing payroll', 'Resource group payroll counts as given up: what it serves stops.'],
    ['stop_server web db', 'Application servers are stopped (web db).'],
    ['release_svc_addr ip1', 'Service IP labels are released (ip1): nobody is reached there any more.'],
    ['release_service_addr', 'Service IP labels are released: nobody is reached there any more.'],
    ['release_takeover_addr', 'Service IP labels are released: nobody is reached there any more.'],
    ['release_vg_fs', 'File systems are unmounted and volume groups are given up.'],
  ])('%s: says why', (line, sentence) => expect(reason(line)).toBe(sentence));

  it.each([
    ['node_down nodeb', 'nodeb'],
    ['network_down nodeb net1', 'nodeb'],
    ['site_down paris', 'paris'],
    ['stop_server web', 'nodea'],
    ['rg_move nodeb payroll RELEASE', 'nodeb'],
  ])('%s: wants a name typed', (line, name) => expect(toType(line)).toBe(name));

  it.each([
    'node_up nodea',
    'network_down -1 net1',
    'network_up nodea net1',
    'rg_move nodea payroll ACQUIRE',
    'site_up paris',
    'mine',
  ])('%s takes nothing away', (line) => expect(reason(line)).toBeUndefined());
});
