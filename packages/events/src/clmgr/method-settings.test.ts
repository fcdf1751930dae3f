import { expect, it } from 'vitest';
import { settingsFromInput, typedSettings, withInput } from './method-settings.ts';

const LIST = ['host=mail.example.com', 'password=-', 'prefix=%2D', 'token=a-', 'pin@nodea=-'];
const CHANGES = [{ name: 'port', value: '25' }, { name: 'secret', node: 'nodeb', value: '-' }, { name: 'user' }];

it('a value - of a setting is asked for, in the order of the command line', () => {
  expect(settingsFromInput(LIST, CHANGES)).toEqual(['password', 'pin@nodea', 'secret@nodeb']);
  expect(settingsFromInput(['Password=-', '-'], [])).toEqual([]);
});

it('what was read stands in its place, written as settings are; %2D is the hyphen itself', () => {
  expect(withInput(LIST, CHANGES, ['100% secret', '1234', ''])).toEqual({
    list: ['host=mail.example.com', 'password=100%25%20secret', 'prefix=-', 'token=a-', 'pin@nodea=1234'],
    changes: [{ name: 'port', value: '25' }, { name: 'secret', node: 'nodeb', value: '' }, { name: 'user' }],
  });
});

it('a printed hyphen is typed back as what it was', () => {
  const settings = ['prefix=-', 'pin@nodea=-', 'token=a-', 'host=%2Dx'];
  const typed = typedSettings(settings);
  expect(typed).toEqual(['prefix=%2D', 'pin@nodea=%2D', 'token=a-', 'host=%2Dx']);
  expect(settingsFromInput(typed, [])).toEqual([]);
  expect(withInput(typed, [], []).list).toEqual(settings);
});
