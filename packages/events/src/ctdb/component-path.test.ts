import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isComponentPath } from './component-path.ts';

describe('the path of a component', () => {
  it.each([
    ['/opt/events', true],
    ['/opt/my events/', true],
    ['/', true],
    ['//', false],
    ['/opt//', false],
    ['opt/events', false],
    ['/opt/../etc', false],
    ['/opt/./events', false],
    ['/opt//events', false],
    ['', false],
    ['/a\nb', false],
    [`/${'a'.repeat(1024)}`, false],
  ])('%j: %j', (text, expected) => expect(isComponentPath(text)).toBe(expected));

  it('is made of names alone, whatever is between its slashes; one may stand at its end', () => {
    const part = fc.constantFrom('', '.', '..', 'a', 'a b', '...');
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 5 }), (parts) => {
        const names = parts.at(-1) === '' && parts.length > 1 ? parts.slice(0, -1) : parts;
        const isExpected = parts.join('/') === '' || names.every((name) => !['', '.', '..'].includes(name));
        expect(isComponentPath(`/${parts.join('/')}`)).toBe(isExpected);
      }),
    );
  });
});
