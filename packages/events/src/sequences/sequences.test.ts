import { describe, expect, it } from 'vitest';
import { findEvent } from '../catalogue/catalogue.ts';
import { EVENT_SEQUENCES, sequenceStepWords, sequencesOf } from './sequences.ts';

const eventsOf = (name: string): string[] =>
  (EVENT_SEQUENCES.find((one) => one.name === name)?.steps ?? []).flatMap(({ event }) => event ?? []);

describe('the sequences of events', () => {
  it('name only events that exist', () => {
    const named = EVENT_SEQUENCES.flatMap(({ steps }) =>
      steps.flatMap(({ event, calls = [] }) => [...(event ? [event] : []), ...calls]),
    );
    expect(named.filter((name) => !findEvent(name))).toEqual([]);
  });

  it('stand in the order of the manual', () => {
    expect(eventsOf('site_up')).toEqual([
      'check_for_site_up',
      'site_up',
      'site_up_remote',
      'node_up',
      'rg_move',
      'node_up_complete',
      'site_up_complete',
      'site_up_remote_complete',
    ]);
    expect(eventsOf('site_down')).toEqual([
      'check_for_site_down',
      'site_down',
      'site_down_remote',
      'node_down',
      'rg_move',
      'node_down_complete',
      'site_down_complete',
      'site_down_remote_complete',
    ]);
    expect(eventsOf('node_down_graceful')).toEqual([
      'node_down',
      'process_resources',
      'process_resources',
      'process_resources_complete',
      'node_down_complete',
    ]);
    expect(eventsOf('node_down_forced')).toEqual(['node_down', 'node_down_complete']);
    expect(eventsOf('network_down_global')).toEqual(['network_down', 'network_down_complete']);
  });

  it('are found by an event, its own ones first', () => {
    expect(sequencesOf('node_down').map(({ name }) => name)).toEqual([
      'node_down_graceful',
      'node_down_takeover',
      'node_down_forced',
      'node_down_failure',
      'site_down',
    ]);
    expect(sequencesOf('node_up_complete').map(({ name }) => name)).toEqual(['node_up', 'site_up']);
    expect(sequencesOf('acquire_svc_addr').map(({ name }) => name)).toEqual(['node_up']);
    expect(sequencesOf('join_standby').map(({ name }) => name)).toEqual(['fail_standby']);
    expect(sequencesOf('cluster_notify')).toEqual([]);
  });

  it('are told in words as they are drawn', () => {
    const words = EVENT_SEQUENCES.filter(({ name }) => name === 'node_down_forced' || name === 'swap_adapter').map((sequence) =>
      sequence.steps.map((step) => sequenceStepWords(sequence, step)),
    );
    expect(words).toEqual([
      [
        'the node that leaves: Cluster services stop at once; no resource group is released.',
        'all nodes: node_down NODE forced (no notify, pre-event, post-event or recovery command runs, and nothing is taken over)',
        'all nodes: node_down_complete NODE forced',
      ],
      [
        'the node of the interface: swap_adapter NODE NETWORK LABEL1 LABEL2 (the label and the routes move to the other interface)',
        'the node of the interface: swap_adapter_complete NODE NETWORK LABEL1 LABEL2 (the local ARP cache is brought up to date; only when swap_adapter has succeeded)',
      ],
    ]);
  });
});
