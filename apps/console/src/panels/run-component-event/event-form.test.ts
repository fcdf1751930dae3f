import { SCRIPT_EVENTS } from '@fallover/events';
import { describe, expect, it } from 'vitest';
import { componentView } from '../../test/component-fixtures.ts';
import { argumentNames, type EventForm, formFaults, valuesUsed, whyNot } from './event-form.ts';

const form = (more: Partial<EventForm>): EventForm => ({
  ...{ component: 'legacy', event: 'monitor', args: [], timeout: '30' },
  ...more,
});

describe('an event that is to be run in a component', () => {
  it('has as many arguments as CTDB gives', () => {
    for (const [event, count] of Object.entries(SCRIPT_EVENTS)) expect(argumentNames(event), event).toHaveLength(count);
    expect(argumentNames('own')).toBeUndefined();
  });

  it.each<[Partial<EventForm>, Record<string, string>]>([
    [{}, {}],
    [{ component: '' }, { component: 'Choose the component.' }],
    [{ event: '' }, { event: 'Choose the event, or type it.' }],
    [{ event: 'takeip', args: ['eth0', '10.0.0.1', '24'] }, {}],
    [{ event: 'takeip', args: ['eth0', '', '24'] }, { 'args.1': 'IP is missing.' }],
    [{ event: 'takeip', args: ['eth0', '10.0.0.1', 'x'] }, { 'args.2': 'MASKBITS is a number from 0 to 128.' }],
    [
      { event: 'takeip', args: ['eth 0', '10.0.0.1', '24'] },
      { 'args.0': "IFACE has a blank in it, which CTDB's event scripts cannot be given." },
    ],
    [{ event: 'own', args: ['a', 'b'] }, {}],
    [
      { event: 'own', args: ['a b'] },
      {
        args: "Argument 1 of the event own is empty, or has a blank or a control character in it. CTDB's event scripts cannot be given one.",
      },
    ],
    [
      { event: '-x' },
      {
        event:
          '"-x" is no name of an event: it has 1 to 64 letters, digits, dots, underscores and hyphens, and begins with a letter or a digit.',
      },
    ],
    [{ timeout: '0' }, { timeout: 'The time is a whole number of seconds from 1 to 86400.' }],
    [{ timeout: '1.5' }, { timeout: 'The time is a whole number of seconds from 1 to 86400.' }],
  ])('%o', (more, faults) => {
    expect(formFaults(form(more))).toEqual(faults);
  });

  it('is refused where a ctdbd runs the events, and where no event can be run', () => {
    expect(whyNot(componentView({}))).toBeUndefined();
    expect(whyNot(componentView({ mode: 'observed' }))).toMatch(/^The component legacy is observed: /);
    expect(whyNot(componentView({ fault: 'Two have the number 10.' }))).toBe('Two have the number 10.');
  });

  it('offers what was given before, an interface wherever there is one', () => {
    const { events } = componentView({});
    const [one] = events;
    if (!one) throw new Error('no event');
    const components = [
      componentView({
        events: [
          { ...one, event: 'takeip', args: ['eth0', '10.0.0.1', '24'] },
          { ...one, event: 'updateip', args: ['eth0', 'eth1', '10.0.0.2', '24'] },
          { ...one, event: 'own', args: ['x'] },
        ],
      }),
    ];
    expect(valuesUsed(components, 'IFACE')).toEqual(['eth0', 'eth1']);
    expect(valuesUsed(components, 'IP')).toEqual(['10.0.0.1', '10.0.0.2']);
    expect(valuesUsed(components, 'MASKBITS')).toEqual(['24']);
  });
});
