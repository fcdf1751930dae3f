import { describe, expect, it } from 'vitest';
import { NAME } from '../names.ts';
import {
  defaultTimeUntilWarning,
  EVENT_ONLY_DURATION,
  findEvent,
  isSlow,
  PREDEFINED_EVENTS,
  RESOURCE_GROUP_PROCESSING_TIME,
} from './catalogue.ts';
import { EVENT_CLASSES, type PredefinedEvent } from './types.ts';
import { eventUsage } from './usage.ts';

const names = (wanted: (event: PredefinedEvent) => boolean): string =>
  PREDEFINED_EVENTS.filter(wanted)
    .map(({ name }) => name)
    .join(' ');

const usage = (name: string): string => eventUsage(findEvent(name) as PredefinedEvent);

describe('the predefined events', () => {
  it('are those of the manual and those about CTDB event scripts, by class', () => {
    const listed = (eventClass: string): string[] =>
      names((event) => event.eventClass === eventClass)
        .split(' ')
        .sort();
    expect(listed('site')).toEqual([
      'check_for_site_down',
      'check_for_site_up',
      'site_down',
      'site_down_complete',
      'site_down_remote',
      'site_down_remote_complete',
      'site_isolation',
      'site_merge',
      'site_up',
      'site_up_complete',
      'site_up_remote',
      'site_up_remote_complete',
    ]);
    expect(listed('node')).toEqual([
      'node_down',
      'node_down_complete',
      'node_healthy',
      'node_unhealthy',
      'node_up',
      'node_up_complete',
    ]);
    expect(listed('network')).toEqual(['network_down', 'network_down_complete', 'network_up', 'network_up_complete']);
    expect(listed('network_interface')).toEqual([
      'fail_interface',
      'fail_standby',
      'join_interface',
      'join_standby',
      'swap_adapter',
      'swap_adapter_complete',
    ]);
    expect(listed('cluster_wide')).toEqual([
      'cluster_notify',
      'config_too_long',
      'ctdb_event',
      'event_error',
      'reconfig_resource_acquire',
      'reconfig_resource_complete',
      'reconfig_resource_release',
      'reconfig_topology_complete',
      'reconfig_topology_start',
    ]);
    expect(listed('resource_group')).toEqual([
      'external_resource_state_change',
      'external_resource_state_change_complete',
      'resource_state_change',
      'resource_state_change_complete',
      'rg_move',
      'rg_move_complete',
    ]);
    expect(listed('sub_event')).toEqual([
      'acquire_service_addr',
      'acquire_svc_addr',
      'acquire_takeover_addr',
      'acquiring',
      'get_disk_vg_fs',
      'node_down_local',
      'node_down_local_complete',
      'node_down_remote',
      'node_down_remote_complete',
      'node_up_local',
      'node_up_local_complete',
      'node_up_remote',
      'node_up_remote_complete',
      'process_resources',
      'process_resources_complete',
      'release_service_addr',
      'release_svc_addr',
      'release_takeover_addr',
      'release_vg_fs',
      'releasing',
      'resume_appmon',
      'rg_acquiring_secondary',
      'rg_down',
      'rg_error',
      'rg_error_secondary',
      'rg_temp_error_secondary',
      'rg_temp_error_state',
      'rg_up',
      'rg_up_secondary',
      'server_down',
      'server_restart',
      'start_server',
      'stop_server',
      'suspend_appmon',
    ]);
    expect(PREDEFINED_EVENTS).toHaveLength(77);
  });

  it('are slow where they acquire or release resource groups, fast elsewhere', () => {
    expect(names(({ slow }) => slow)).toBe(
      'site_up site_down node_up node_down reconfig_resource_acquire reconfig_resource_release reconfig_resource_complete rg_move',
    );
  });

  it('are slow or fast by their names, a user-defined one fast', () => {
    expect(['node_down', 'node_down_complete', 'disk_is_full'].map(isSlow)).toEqual([true, false, false]);
  });

  it('take place per list of resource groups in parallel processing only as the manual lists', () => {
    expect(names((event) => event.underParallelProcessing === 'per_list')).toBe(
      'node_up node_down acquire_svc_addr acquire_takeover_addr release_svc_addr release_takeover_addr start_server stop_server',
    );
  });

  it('do not occur in parallel processing only as the manual lists', () => {
    expect(names((event) => event.underParallelProcessing === 'never')).toBe(
      'node_up_local node_up_local_complete node_up_remote node_up_remote_complete node_down_local node_down_local_complete node_down_remote node_down_remote_complete get_disk_vg_fs release_vg_fs',
    );
  });

  it('take the arguments that the manual gives', () => {
    const written = [
      'site_up SITE',
      'node_up NODE',
      'node_up_complete NODE',
      'node_down NODE [graceful|takeover|forced]',
      'node_down_complete NODE [graceful|takeover|forced]',
      'node_unhealthy NODE COMPONENT',
      'node_healthy NODE COMPONENT',
      'ctdb_event NODE COMPONENT EVENT [ARGUMENT…]',
      'network_down NODE|-1 NETWORK',
      'network_up_complete NODE|-1 NETWORK',
      'swap_adapter NODE NETWORK LABEL1 LABEL2',
      'fail_standby NODE LABEL',
      'join_standby NODE LABEL',
      'fail_interface NODE LABEL NETWORK',
      'join_interface NODE LABEL NETWORK',
      'config_too_long SECONDS EVENT',
      'event_error STATUS EVENT [ARGUMENT…]',
      'rg_move NODE GROUP ACQUIRE|RELEASE',
      'process_resources',
      'start_server [SERVER…]',
      'stop_server [SERVER…]',
      'rg_up GROUP',
    ];
    expect(written.map((line) => usage(line.split(' ')[0] as string))).toEqual(written);
  });

  it('each have a name of their own, a class, and sentences that say what and when', () => {
    expect(new Set(PREDEFINED_EVENTS.map(({ name }) => name)).size).toBe(PREDEFINED_EVENTS.length);
    for (const event of PREDEFINED_EVENTS) {
      expect(event.name).toMatch(NAME);
      expect(EVENT_CLASSES).toContain(event.eventClass);
      expect([event.meaning, event.occurs, ...event.arguments.map(({ help }) => help)].join(' ')).toMatch(/^([^.]+[.:,;] ?)+$/);
      expect(event.meaning.length).toBeGreaterThan(20);
      expect(event.occurs.length).toBeGreaterThan(10);
    }
  });

  it('take several values, and optional ones, only at the end', () => {
    for (const { arguments: list } of PREDEFINED_EVENTS) {
      expect(list.slice(0, -1).some(({ several }) => several)).toBe(false);
      expect(list.map(({ required }) => required)).toEqual([...list.map(({ required }) => required)].sort().reverse());
    }
  });

  it('say of a sub-event, and of nothing else, which events call it', () => {
    for (const event of PREDEFINED_EVENTS) {
      expect(event.calledBy !== undefined).toBe(event.eventClass === 'sub_event');
      for (const caller of event.calledBy ?? []) expect(findEvent(caller)?.name).toBe(caller);
    }
  });

  it('are found by name', () => {
    expect(findEvent('node_down')?.eventClass).toBe('node');
    expect(findEvent('no_such_event')).toBeUndefined();
    expect(findEvent('constructor')).toBeUndefined();
  });
});

describe('the default time until warning', () => {
  it('is 180 s for a fast event and 360 s for a slow one', () => {
    expect(defaultTimeUntilWarning(findEvent('network_down') as PredefinedEvent)).toBe(180);
    expect(defaultTimeUntilWarning(findEvent('node_down') as PredefinedEvent)).toBe(360);
    expect([EVENT_ONLY_DURATION, RESOURCE_GROUP_PROCESSING_TIME]).toEqual([180, 180]);
  });
});
