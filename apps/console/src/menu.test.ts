import { describe, expect, it } from 'vitest';
import { LATER } from './later.ts';
import { MENU, pathOfAlias } from './menu.ts';

const leaves = MENU.flatMap(({ items }) => items);

describe('the menu', () => {
  it('has no name twice', () => {
    const names = leaves.flatMap(({ fastPath, aliases = [] }) => [...(fastPath ? [fastPath] : []), ...aliases]);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
    expect(names.filter((name) => !/^[a-z_]+$/.test(name))).toEqual([]);
  });

  it('has HACMP’s entries of extended event configuration and problem determination', () => {
    const titles = leaves.map(({ title }) => title);
    for (const title of [
      'Configure Pre/Post-Event Commands',
      'Change/Show Pre-Defined Events',
      'User-Defined Events',
      'Remote Notification Methods',
      'Notifications',
      'Silences',
      'Change/Show Time Until Warning',
      'View Event Summaries',
      'Event Emulation',
      'Recover From Script Failure',
      'Log Viewing',
    ])
      expect(titles).toContain(title);
  });

  it('leads from another name of a panel to the panel', () => {
    expect(pathOfAlias('/smit/hacmp')).toBe('/');
    expect(pathOfAlias('/smit/SysMirror')).toBe('/');
    expect(pathOfAlias('/smit/cm_synchronize')).toBe('/smit/cm_synchronise');
    expect(pathOfAlias('/smit/cm_event/node_down')).toBeUndefined();
    expect(pathOfAlias('/hacmp')).toBeUndefined();
  });

  it('says of what comes later what serves meanwhile', () => {
    expect(leaves.filter(({ later }) => later).map(({ fastPath }) => fastPath)).toEqual(LATER.map(({ fastPath }) => fastPath));
    expect(LATER.filter(({ instead }) => instead.length === 0)).toEqual([]);
  });
});
