import { describe, expect, it } from 'vitest';
import { type Findable, find } from './find.ts';

const panel = (title: string, ...words: string[]): Findable => ({
  id: title,
  group: 'Panels',
  title,
  hint: words[0] ?? '',
  words,
  path: '/',
});
const event = (title: string, hint: string): Findable => ({ id: title, group: 'Events', title, hint, path: '/' });
const ALL: Findable[] = [
  panel('Home', 'hacmp', 'sysmirror'),
  panel('Change/Show Pre-Defined Events', 'cm_events'),
  panel('View Event Summaries', 'cm_event_summaries'),
  event('node_down', 'A node has left the cluster.'),
  event('node_down_complete', 'The last part of node_down.'),
  event('network_down', 'A network has failed.'),
  { id: 'run', group: 'Runs', title: 'node_down nodea', hint: 'succeeded', words: ['019aaf00'], path: '/runs/019aaf00' },
];
const titles = (text: string): string[] => find(ALL, text).map(({ title }) => title);

describe('the fast path', () => {
  it('shows panels and the last runs before anything is typed', () => {
    expect(titles('')).toEqual(['Home', 'Change/Show Pre-Defined Events', 'View Event Summaries', 'node_down nodea']);
  });

  it('finds a panel by its fast path and by the name that HACMP has for it, with or without smit before it', () => {
    expect(titles('smitty hacmp')).toEqual(['Home']);
    expect(titles('smitty cm_events')[0]).toBe('Change/Show Pre-Defined Events');
  });

  it('has what was typed to the letter first, whatever group it is in', () => {
    expect(titles('node_down')).toEqual(['node_down', 'node_down_complete', 'node_down nodea']);
    expect(titles('019aaf00')).toEqual(['node_down nodea']);
  });

  it('finds by several words, also in what stands beside it, and nothing where one is missing', () => {
    expect(titles('network failed')).toEqual(['network_down']);
    expect(titles('network walrus')).toEqual([]);
  });
});
