import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSetting, type Setting, settingsOn, writeSetting } from './settings.ts';

const parsed = (text: string): Setting | string => {
  const read = parseSetting(text, 'settings');
  return read.ok ? read.value : read.error.code;
};

describe('a setting of a transport', () => {
  it.each<[string, Setting]>([
    ['port=25', { name: 'port', value: '25' }],
    ['device@nodea=/dev/ttyS0', { name: 'device', node: 'nodea', value: '/dev/ttyS0' }],
    ['device@node-a.example_1=/dev/ttyS0', { name: 'device', node: 'node-a.example_1', value: '/dev/ttyS0' }],
    ['user=', { name: 'user', value: '' }],
    ['init=AT&F=1', { name: 'init', value: 'AT&F=1' }],
    ['sender=a@b', { name: 'sender', value: 'a@b' }],
    ['password=two%20words%20100%25', { name: 'password', value: 'two words 100%' }],
    ['password=%C3%A9', { name: 'password', value: 'é' }],
  ])('is read from %j', (text, setting) => {
    expect(parsed(text)).toEqual(setting);
  });

  it.each([
    '',
    'port',
    '=25',
    'Port=25',
    '1port=25',
    'po-rt=25',
    '__proto__=1',
    'port =25',
    'port@=25',
    'port@node a=25',
    'port@-a=25',
    'password=two words',
    'password=100%',
    'password=%zz',
    'password=%ff',
    'password=a\nport=1',
    `${'p'.repeat(41)}=1`,
  ])('is not read from %j', (text) => {
    expect(parseSetting(text, 'settings')).toEqual({ ok: false, error: { code: 'not_a_setting', field: 'settings', text } });
  });

  const name = fc.stringMatching(/^[a-z][A-Za-z0-9]{0,39}$/);
  const node = fc.option(fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/), { nil: undefined });
  const anyText = fc.array(fc.nat(0xffff), { maxLength: 30 }).map((units) => String.fromCharCode(...units));
  const value = fc.oneof(
    anyText,
    fc
      .array(
        fc.constantFrom(
          ' ',
          '%',
          '%20',
          '%25',
          '\n',
          '\r',
          '\t',
          '\0',
          '\u00a0',
          '\ufeff',
          '\u2028',
          '\u202e',
          '\ud800',
          '=',
          '@',
        ),
        { maxLength: 8 },
      )
      .map((parts) => parts.join('')),
  );

  it('comes back as it was written, whatever its value, and is one word', () => {
    fc.assert(
      fc.property(name, node, value, (of, on, text) => {
        const setting: Setting = { name: of, ...(on === undefined ? {} : { node: on }), value: text.toWellFormed() };
        const written = writeSetting({ ...setting, value: text });
        expect(written).toMatch(/^[^\s\p{C}]+$/u);
        expect(parsed(written)).toEqual(setting);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the settings on a node', () => {
  it('are those of all nodes and its own, of which the last one holds; what is not understood is left out', () => {
    const list = ['device@nodeb=/dev/ttyS1', 'device=/dev/ttyS0', 'baud=9600', 'nonsense', 'baud=1200', 'pin@nodea=%zz'];
    expect(settingsOn(list, 'nodea')).toEqual({ device: '/dev/ttyS0', baud: '1200' });
    expect(settingsOn(list, 'nodeb')).toEqual({ device: '/dev/ttyS1', baud: '1200' });
  });

  it('can have the names that every object has', () => {
    expect(Object.keys(settingsOn(['constructor=1', 'toString=2'], 'nodea'))).toEqual(['constructor', 'toString']);
  });
});
