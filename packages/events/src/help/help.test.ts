import { describe, expect, it } from 'vitest';
import { ARGUMENT_KINDS } from '../catalogue/types.ts';
import { ALL_FIELDS } from '../definition/fields.ts';
import { ARGUMENT_HELP, FIELD_HELP, HELP_FIELDS } from './fields.ts';
import { HELP_PANELS, helpPanelAt, PANEL_HELP } from './panels.ts';

describe('help', () => {
  it('has a text for every field that can be configured', () => {
    expect(ALL_FIELDS.filter((field) => !HELP_FIELDS.some((one) => one === field))).toEqual([]);
  });

  it('is written in whole sentences', () => {
    const texts = [...Object.values(FIELD_HELP).flat(), ...Object.values(PANEL_HELP).flat(), ...Object.values(ARGUMENT_HELP)];
    expect(texts.filter((text) => !/^[A-Z%].*[.]$/s.test(text))).toEqual([]);
    expect(Object.keys(ARGUMENT_HELP)).toEqual([...ARGUMENT_KINDS]);
    expect(Object.keys(PANEL_HELP)).toEqual([...HELP_PANELS]);
  });

  it('knows the panel from the address', () => {
    expect(
      ['/', '/runs', '/runs/0199', '/smit/cm_event/node_down', '/smit/cm_events', '/smit/no', '/x'].map(helpPanelAt),
    ).toEqual(['home', 'runs', 'run', 'cm_event', 'cm_events', undefined, undefined]);
  });
});
