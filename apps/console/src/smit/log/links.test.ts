import { expect, it } from 'vitest';
import { linksIn } from './links.ts';

it('makes links of http and https addresses only', () => {
  expect(linksIn('see https://example.com/a?b=1, or (http://[::1]:80/x).')).toEqual([
    { text: 'see ' },
    { text: 'https://example.com/a?b=1', href: 'https://example.com/a?b=1' },
    { text: ', or (' },
    { text: 'http://[::1]:80/x', href: 'http://[::1]/x' },
    { text: ').' },
  ]);
  expect(linksIn('javascript:alert(1) file:///etc/passwd ftp://a/b')).toEqual([
    { text: 'javascript:alert(1) file:///etc/passwd ftp://a/b' },
  ]);
  expect(linksIn('http://')).toEqual([{ text: 'http://' }]);
  expect(linksIn('')).toEqual([]);
});

it('ends an address where a control character or a quotation mark stands', () => {
  expect(linksIn('"https://example.com/a"␛x')).toEqual([
    { text: '"' },
    { text: 'https://example.com/a', href: 'https://example.com/a' },
    { text: '"␛x' },
  ]);
});
