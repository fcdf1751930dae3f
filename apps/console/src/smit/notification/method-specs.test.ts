import { expect, it } from 'vitest';
import { settingAsShown, settingInCommand } from './method-specs.ts';

const SETTINGS = ['host=mail', 'password=sealed:v1:abc', 'password@nodeb=typed%20one', 'pin=', 'channel=-'];

it('shows no password, neither one that is kept nor one that is typed', () => {
  expect(SETTINGS.map(settingAsShown)).toEqual(['host=mail', 'password=•••• kept', 'password@nodeb=••••', 'pin=', 'channel=-']);
});

it('has a shell ask for what is typed, and give back what is kept', () => {
  expect(SETTINGS.map(settingInCommand)).toEqual([
    'host=mail',
    'password=sealed:v1:abc',
    'password@nodeb=-',
    'pin=',
    'channel=%2D',
  ]);
});
